package dev.vectorhub.launcher.supervise;

import dev.vectorhub.launcher.Ports;
import dev.vectorhub.launcher.Secrets;
import dev.vectorhub.launcher.StateFolder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the two applications find the servers of this hub: environment variables and JVM flags. Pure. */
public record AppSettings(StateFolder folder, String host, Ports ports, Secrets secrets) {
    /** Of the supervisor's environment: the cores of the API's process, as taskset spells them. For measurements. */
    static final String API_CORES = "HUB_API_CORES";

    /** Servers that are nobody's business but ours never listen anywhere else. */
    private static final String LOOPBACK = "127.0.0.1";

    /** Vector kernels need the incubator module; without it the engine runs slower and says so. */
    private static final List<String> JVM = List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+ExitOnOutOfMemoryError");

    /** The command that starts another one on these cores; empty where none are named. */
    static List<String> pinned(@Nullable String cores) {
        return cores == null ? List.of() : List.of("taskset", "--cpu-list", cores);
    }

    /** On a heap this small G1's concurrent work takes a tenth of a search's CPU time, and saves no pause worth it. */
    public List<String> apiJvmFlags() {
        return with("-XX:+UseParallelGC", "-Xms128m", "-Xmx640m");
    }

    public List<String> consoleJvmFlags() {
        return with("-XX:+UseG1GC", "-Xms64m", "-Xmx384m");
    }

    /** For hub-api: migrates as the owner, works as the application role, embeds the engine. */
    public Map<String, String> api() {
        Map<String, String> environment = common();
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.api()));
        environment.put("QUARKUS_GRPC_SERVER_PORT", Integer.toString(ports.grpc()));
        environment.put("HUB_DATASOURCE_OWNER_USERNAME", "hub_owner");
        environment.put("HUB_DATASOURCE_OWNER_PASSWORD", secrets.get(Secrets.Name.HUB_OWNER));
        environment.put("HUB_ENGINE_MODE", "embedded");
        environment.put("HUB_ENGINE_NODE_ID", "local");
        environment.put("STORAGE_DATA_DIR", folder.data().toString());
        return environment;
    }

    /** For the console: the same database, no engine. */
    public Map<String, String> console() {
        Map<String, String> environment = common();
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.console()));
        environment.put("HUB_CONSOLE_CLIENT_SECRET", secrets.get(Secrets.Name.HUB_CONSOLE_CLIENT));
        return environment;
    }

    String apiUrl() {
        return url(host, ports.api());
    }

    String consoleUrl() {
        return url(host, ports.console());
    }

    private Map<String, String> common() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("QUARKUS_HTTP_HOST", host);
        environment.put("HUB_DATASOURCE_URL", "jdbc:postgresql://" + LOOPBACK + ":" + ports.postgres() + "/hub");
        environment.put("HUB_DATASOURCE_USERNAME", "hub_app");
        environment.put("HUB_DATASOURCE_PASSWORD", secrets.get(Secrets.Name.HUB_APP));
        environment.put("HUB_IDENTITY_URL", url(LOOPBACK, ports.keycloak()));
        environment.put("HUB_IDENTITY_REALM", "vectorhub");
        environment.put("HUB_IDENTITY_CLIENT_SECRET", secrets.get(Secrets.Name.HUB_API_CLIENT));
        environment.put("HUB_KEY_PEPPER", secrets.get(Secrets.Name.KEY_PEPPER));
        environment.put("HUB_API_URL", apiUrl());
        environment.put("HUB_CONSOLE_URL", consoleUrl());
        if (Files.exists(folder.config())) {
            environment.put("QUARKUS_CONFIG_LOCATIONS", folder.config().toUri().toString());
        }
        return environment;
    }

    private static String url(String host, int port) {
        return "http://" + host + ":" + port;
    }

    private static List<String> with(String... flags) {
        List<String> all = new ArrayList<>(JVM);
        all.addAll(List.of(flags));
        return List.copyOf(all);
    }
}
