package dev.vectorhub.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Keycloak of our own on loopback, in a process of its own, with the realm {@code vectorhub}.
 *
 * <p>The realm is imported at the first start on a database; URLs, secrets and mail settings are set again at each start,
 * so that changed ports take effect. A process that a killed owner left is ended by the next start on the same home.
 */
public final class KeycloakServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final KeycloakSettings settings;
    private final int port;
    private final Process process;

    private KeycloakServer(KeycloakSettings settings, int port, Process process) {
        this.settings = settings;
        this.port = port;
        this.process = process;
    }

    /**
     * Returns when Keycloak is ready and the realm is as the settings say.
     *
     * @param progress told of each slow step, in words for a person
     * @throws PortInUseException if something else listens on the port
     * @throws ServerException with the end of the log, if it does not start
     */
    public static KeycloakServer start(KeycloakSettings settings, Consumer<String> progress) {
        Path javaHome = Path.of(System.getProperty("java.home"));
        Path home = settings.home().toAbsolutePath().normalize();
        KeycloakDistribution distribution = KeycloakDistribution.resolve(javaHome, progress);
        endLeftover(home);
        int port = Ports.require("Keycloak", settings.port());
        int managementPort = Ports.free();
        var realm = RealmFile.fill(settings.realm());
        Path realmFile = home.resolve("data/import/" + RealmFile.REALM + "-realm.json");
        try {
            Files.createDirectories(home.resolve("conf"));
            Files.createDirectories(realmFile.getParent());
            distribution.link(home);
            Files.deleteIfExists(realmFile);
            Files.createFile(
                    realmFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(realmFile, realm.toString());
            progress.accept("starting Keycloak on port " + port);
            Process process = launch(settings, javaHome, home, port, managementPort);
            KeycloakServer server = new KeycloakServer(settings, port, process);
            try {
                Files.writeString(pidFile(home), Long.toString(process.pid()));
                server.awaitReady(managementPort);
                try (KeycloakAdmin admin = server.admin()) {
                    admin.update(realm);
                }
            } catch (RuntimeException | IOException e) {
                server.close();
                throw e;
            }
            // It holds secrets and has done its work.
            Files.deleteIfExists(realmFile);
            return server;
        } catch (IOException e) {
            throw new ServerException("cannot use Keycloak's home " + home + ": " + e.getMessage(), e);
        }
    }

    /** For example {@code http://127.0.0.1:8180}. */
    public String url() {
        return url(port);
    }

    public int port() {
        return port;
    }

    /** Issuer of the realm's tokens. */
    public String issuer() {
        return url() + "/realms/" + RealmFile.REALM;
    }

    public long pid() {
        return process.pid();
    }

    /** Makes the user with the realm role {@code operator}, or gives the one there is that password. */
    public void ensureOperator(String user, String email, String password) {
        try (KeycloakAdmin admin = admin()) {
            admin.ensureUser(user, email, password, "operator");
        }
    }

    /** Ends the process and its descendants. Calling it again does nothing. */
    @Override
    public void close() {
        Commands.endTree(process.toHandle(), STOP_GRACE);
        try {
            Path file = pidFile(settings.home().toAbsolutePath().normalize());
            // A successor on the same home has written its own.
            if (Files.exists(file) && Files.readString(file).equals(Long.toString(process.pid()))) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ServerException("cannot remove Keycloak's pid file", e);
        }
    }

    private KeycloakAdmin admin() {
        return new KeycloakAdmin(url(), settings.adminUser(), settings.adminPassword());
    }

    private static Process launch(KeycloakSettings settings, Path javaHome, Path home, int port, int managementPort)
            throws IOException {
        List<String> command = new ArrayList<>(KeycloakDistribution.command(
                javaHome,
                home,
                List.of(
                        "-Xms64m",
                        "-Xmx" + settings.heapMb() + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:MaxMetaspaceSize=256m")));
        command.addAll(List.of(
                "start",
                "--optimized",
                "--import-realm",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + managementPort,
                "--hostname=" + url(port),
                "--cache=local",
                "--db-pool-initial-size=2",
                "--db-pool-min-size=2",
                "--db-pool-max-size=20",
                "--log-console-color=false"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(home).toFile());
        // The caller's own Keycloak settings must not leak in; secrets go where other users' process lists cannot see.
        builder.environment().keySet().removeIf(name -> name.startsWith("KC_"));
        builder.environment()
                .putAll(Map.of(
                        "KC_DB_URL", settings.jdbcUrl(),
                        "KC_DB_USERNAME", settings.databaseUser(),
                        "KC_DB_PASSWORD", settings.databasePassword(),
                        "KC_BOOTSTRAP_ADMIN_USERNAME", settings.adminUser(),
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", settings.adminPassword()));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** The log line of a start comes before Keycloak answers: its health is what counts. */
    private void awaitReady(int managementPort) {
        HttpRequest probe = HttpRequest.newBuilder(URI.create(url(managementPort) + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() - deadline < 0) {
                if (!process.isAlive()) {
                    throw new ServerException("Keycloak ended with " + process.exitValue() + ": " + tail());
                }
                if (ready(http, probe)) {
                    return;
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while Keycloak started", e);
        }
        throw new ServerException("Keycloak was not ready after " + START_LIMIT.toSeconds() + " s: " + tail());
    }

    private static boolean ready(HttpClient http, HttpRequest probe) throws InterruptedException {
        try {
            return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Not listening yet.
            return false;
        }
    }

    private String tail() {
        return Commands.tail(log(settings.home().toAbsolutePath().normalize()));
    }

    static void endLeftover(Path home) {
        Path file = pidFile(home);
        if (!Files.exists(file)) {
            return;
        }
        try {
            Optional<ProcessHandle> leftover =
                    ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
            leftover.filter(process -> process.info()
                            .commandLine()
                            .map(line -> line.contains("-Dkc.home.dir=" + home))
                            .orElse(false))
                    .ifPresent(process -> Commands.endTree(process, STOP_GRACE));
            Files.delete(file);
        } catch (IOException | NumberFormatException e) {
            throw new ServerException("cannot read " + file + "; remove it if no Keycloak runs", e);
        }
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static Path pidFile(Path home) {
        return home.resolve("keycloak.pid");
    }

    private static Path log(Path home) {
        return home.resolve("keycloak.log");
    }
}
