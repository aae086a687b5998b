package dev.vectorhub.api;

import dev.vectorhub.servers.TestKeycloak;
import dev.vectorhub.servers.TestServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** A hub with its identity provider, on a port that the realm knows, because links in mails end there. */
public class HubAndKeycloak implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        int port = freePort();
        System.setProperty("hub.test.api-url", "http://localhost:" + port);
        TestKeycloak keycloak = TestServers.keycloak();
        Map<String, String> settings = HubServers.settings(TestServers.postgres(), HubServers.folder());
        settings.put("hub.identity.url", keycloak.url());
        settings.put("hub.identity.client-secret", keycloak.apiClientSecret());
        settings.put("hub.api.url", keycloak.apiUrl());
        settings.put("quarkus.http.test-port", Integer.toString(port));
        settings.put("hub.engine.node-id", "test-2");
        return settings;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The servers belong to the JVM and end with it.
    }
}
