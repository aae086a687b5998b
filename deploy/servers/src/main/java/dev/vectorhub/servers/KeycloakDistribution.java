package dev.vectorhub.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keycloak's distribution, unpacked and augmented once for a set of build options; instances share it read-only. */
final class KeycloakDistribution {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
    private static final List<String> BUILD_OPTIONS = List.of(
            "--db=postgres",
            "--health-enabled=true",
            "--transaction-xa-enabled=false",
            // Not offered by the hub; each saves start time and memory.
            "--features-disabled=kerberos,fips,docker,ciba,twitter-broker,instagram-broker");

    /** The theme named in the realm file. */
    private static final List<String> THEME_FILES = List.of("login/theme.properties", "login/resources/css/hub.css");

    private final Path folder;

    private KeycloakDistribution(Path folder) {
        this.folder = folder;
    }

    static KeycloakDistribution resolve(Path javaHome, Consumer<String> progress) {
        String options =
                HexFormat.of().toHexDigits(String.join(" ", BUILD_OPTIONS).hashCode());
        String name = "keycloak-" + Distributions.keycloakVersion() + "-" + options;
        Path folder = CacheFolder.once(name, target -> {
            Path archive = Distributions.keycloakArchive();
            if (!Files.isReadable(archive)) {
                throw new IOException("Keycloak's distribution is not at " + archive + "; build the project again");
            }
            progress.accept("unpacking Keycloak " + Distributions.keycloakVersion());
            try (InputStream stream = Files.newInputStream(archive)) {
                Archives.unpack(stream, "gz", target, 1);
            }
            progress.accept("building Keycloak for PostgreSQL (once, about 20 s)");
            List<String> command = new ArrayList<>(command(javaHome, target, List.of("-Xmx512m")));
            command.add("build");
            command.addAll(BUILD_OPTIONS);
            Commands.run("Keycloak's build", command, Map.of(), target.resolve("build.log"), BUILD_LIMIT);
        });
        return new KeycloakDistribution(folder);
    }

    /** Lays out a home of one instance: own configuration and data, the program by links. */
    void link(Path home) throws IOException {
        for (String part : List.of("lib", "providers")) {
            Path link = home.resolve(part);
            Path target = folder.resolve(part);
            if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(target)) {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, target);
            }
        }
        theme(home.resolve("themes"));
    }

    /** Lays out our theme; Keycloak's own ones are in its program. */
    private static void theme(Path themes) throws IOException {
        if (Files.isSymbolicLink(themes)) {
            Files.delete(themes);
        }
        for (String file : THEME_FILES) {
            Path target = themes.resolve(RealmFile.REALM).resolve(file);
            Files.createDirectories(target.getParent());
            try (InputStream stream = KeycloakDistribution.class.getResourceAsStream("/keycloak/theme/" + file)) {
                if (stream == null) {
                    throw new IOException("/keycloak/theme/" + file + " is not on the class path");
                }
                Files.copy(stream, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** What {@code kc.sh} runs, without its shell: one process to watch and to end. */
    static List<String> command(Path javaHome, Path home, List<String> jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.country=US",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-cp",
                home.resolve("lib").resolve("quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        return command;
    }
}
