package dev.vectorhub.api;

import dev.vectorhub.servers.TestDatabase;
import dev.vectorhub.servers.TestServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A fresh database and an empty data folder for the hub under test; the identity provider is not there. */
public class HubServers implements QuarkusTestResourceLifecycleManager {

    /** 32 bytes that differ; the same for each start of one test run. */
    static final String PEPPER = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Override
    public Map<String, String> start() {
        return settings(TestServers.postgres(), folder());
    }

    /** Points that may wait for a graph: few enough for a test to write more, more than the others write. */
    public static final int BACKLOG_POINTS = 20_000;

    /** What a hub on this database needs to know. */
    public static Map<String, String> settings(TestDatabase database, Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("hub.datasource.url", database.url());
        settings.put("hub.datasource.username", database.appUser());
        settings.put("hub.datasource.password", database.appPassword());
        settings.put("hub.datasource.owner-username", database.ownerUser());
        settings.put("hub.datasource.owner-password", database.ownerPassword());
        settings.put("hub.identity.url", "http://127.0.0.1:1");
        settings.put("hub.identity.client-secret", "none");
        settings.put("hub.key.pepper", PEPPER);
        settings.put("hub.key.env", "test");
        settings.put("hub.engine.node-id", "test-1");
        settings.put("hub.engine.backlog-points", Integer.toString(BACKLOG_POINTS));
        settings.put("hub.api.bench-enabled", "true");
        settings.put("hub.api.grpc-port", "0");
        settings.put("quarkus.log.category.\"dev.vectorhub.api\".level", "DEBUG");
        settings.put("storage.data_dir", data.toString());
        return settings;
    }

    static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "hub-data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The servers belong to the JVM and end with it; the folder lies under target/.
    }
}
