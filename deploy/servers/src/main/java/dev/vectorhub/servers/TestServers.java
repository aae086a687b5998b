package dev.vectorhub.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Servers for tests, started at the first use, one of each kind in a JVM, stopped when it ends.
 *
 * <p>PostgreSQL runs in a container where a Docker engine answers and has the image, else embedded;
 * {@code HUB_TEST_POSTGRES=embedded|docker} decides. What it stores is thrown away, therefore it does not wait for the
 * disk; a test of durability starts a {@link PostgresServer} of its own.
 */
public final class TestServers {
    private static final Logger LOG = LoggerFactory.getLogger(TestServers.class);
    private static final PostgresPasswords PASSWORDS =
            new PostgresPasswords("postgres-test", "owner-test", "app-test", "keycloak-test");
    /** Where the servers of this JVM are: test frameworks load this class more than once. */
    private static final String URL_PROPERTY = "hub.test.postgres-url";

    private static final String KEYCLOAK_PROPERTY = "hub.test.keycloak-url";
    private static final String SMTP_PROPERTY = "hub.test.smtp-port";
    private static final String MAIL_PROPERTY = "hub.test.mail-port";
    private static final String API_SECRET = "api-secret-test";
    private static final String CONSOLE_SECRET = "console-secret-test";
    private static final String ADMIN = "admin";
    private static final String ADMIN_PASSWORD = "admin-test";

    private static @Nullable HubDatabases databases;
    private static @Nullable String serverUrl;
    private static @Nullable TestKeycloak keycloak;

    private TestServers() {}

    /** A fresh database, not shared with any other call. */
    public static synchronized TestDatabase postgres() {
        String name = "hub_" + UUID.randomUUID().toString().replace("-", "");
        String url = start();
        databases().ensureHub(name);
        return new TestDatabase(
                url + name,
                "hub_owner",
                PASSWORDS.owner(),
                "hub_app",
                PASSWORDS.app(),
                "postgres",
                PASSWORDS.superuser());
    }

    /** Keycloak with the realm {@code vectorhub}, on the same PostgreSQL, and the inbox of the mail that it sends. */
    public static synchronized TestKeycloak keycloak() {
        if (keycloak == null) {
            String apiUrl = System.getProperty("hub.test.api-url", "http://localhost:8081");
            String consoleUrl = System.getProperty("hub.test.console-url", "http://localhost:8081");
            if (System.getProperty(KEYCLOAK_PROPERTY) == null) {
                startKeycloak(apiUrl, consoleUrl);
            }
            keycloak = new TestKeycloak(
                    System.getProperty(KEYCLOAK_PROPERTY),
                    RealmFile.REALM,
                    API_SECRET,
                    CONSOLE_SECRET,
                    ADMIN,
                    ADMIN_PASSWORD,
                    apiUrl,
                    consoleUrl,
                    new MailInbox(Integer.getInteger(SMTP_PROPERTY, 0), Integer.getInteger(MAIL_PROPERTY, 0)));
        }
        return keycloak;
    }

    private static void startKeycloak(String apiUrl, String consoleUrl) {
        String url = start();
        databases().ensureKeycloak("keycloak");
        MailCatcher mail = MailCatcher.start(0, 0);
        RealmSettings realm = new RealmSettings(
                API_SECRET, CONSOLE_SECRET, apiUrl, consoleUrl, "127.0.0.1", mail.smtpPort(), "hub@vectorhub.test");
        Path home = own().resolve("keycloak");
        KeycloakSettings settings = new KeycloakSettings(
                home,
                0,
                url + "keycloak",
                "keycloak",
                PASSWORDS.keycloak(),
                ADMIN,
                ADMIN_PASSWORD,
                realm,
                KeycloakSettings.DEFAULT_HEAP_MB);
        KeycloakServer server = KeycloakServer.start(settings, LOG::info);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            mail.close();
            delete(home);
            deleteIfEmpty(own());
        }));
        System.setProperty(KEYCLOAK_PROPERTY, server.url());
        System.setProperty(SMTP_PROPERTY, Integer.toString(mail.smtpPort()));
        System.setProperty(MAIL_PROPERTY, Integer.toString(mail.apiPort()));
    }

    private static HubDatabases databases() {
        if (databases == null) {
            throw new IllegalStateException("PostgreSQL was not started");
        }
        return databases;
    }

    /** Starts the server if none runs; answers its URL up to the database's name. */
    private static String start() {
        if (serverUrl != null) {
            return serverUrl;
        }
        String started = System.getProperty(URL_PROPERTY);
        if (started != null) {
            return use(started);
        }
        String choice = System.getenv().getOrDefault("HUB_TEST_POSTGRES", "").toLowerCase(Locale.ROOT);
        String url = choice.equals("embedded") ? null : container(choice.equals("docker"));
        if (url == null) {
            url = embedded();
        }
        System.setProperty(URL_PROPERTY, url);
        return use(url);
    }

    private static String use(String url) {
        databases = new HubDatabases(url + "postgres", "postgres", PASSWORDS);
        serverUrl = url;
        return url;
    }

    private static @Nullable String container(boolean demanded) {
        // Looked at first: without a socket the client would try every strategy, for seconds.
        boolean likely = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        if (!demanded && !likely) {
            return null;
        }
        try {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return null;
            }
            // Stopped by the container reaper of Testcontainers when this JVM ends.
            PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine")
                    .withUsername("postgres")
                    .withPassword(PASSWORDS.superuser())
                    .withDatabaseName("postgres");
            container.start();
            return "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432) + "/";
        } catch (RuntimeException e) {
            if (demanded) {
                throw e;
            }
            LOG.warn("Docker answers but gives no PostgreSQL ({}); using the embedded one", e.getMessage());
            return null;
        }
    }

    private static String embedded() {
        Path root = root();
        try {
            Files.createDirectories(root);
            sweep(root);
            Path own = own();
            PostgresServer server = PostgresServer.start(own.resolve("data"), 0, PASSWORDS, false);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                // Keycloak's folder beside it is removed by its own hook; hooks run at once, the last one tidies up.
                delete(own.resolve("data"));
                delete(own.resolve("data.lock"));
                delete(own.resolve("data.log"));
                deleteIfEmpty(own);
            }));
            return server.jdbcUrl("");
        } catch (IOException e) {
            throw new ServerException("cannot use " + root, e);
        }
    }

    private static Path root() {
        return CacheFolder.root().resolve("test-servers");
    }

    private static Path own() {
        return root().resolve("jvm-" + ProcessHandle.current().pid());
    }

    /** Ends and removes what test JVMs that were killed left behind. */
    private static void sweep(Path root) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "jvm-*")) {
            for (Path entry : entries) {
                Path data = entry.resolve("data");
                if (!Files.exists(data.resolveSibling("data.lock"))) {
                    // Being made, or removed but for this.
                    deleteIfEmpty(entry);
                    continue;
                }
                if (heldByLiving(data)) {
                    continue;
                }
                KeycloakServer.endLeftover(entry.resolve("keycloak"));
                PostgresServer.stopRunning(PostgresBinaries.resolve(), data);
                delete(entry);
            }
        }
    }

    private static boolean heldByLiving(Path data) throws IOException {
        try (FileChannel channel = FileChannel.open(data.resolveSibling("data.lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    private static void delete(Path folder) {
        try {
            CacheFolder.deleteTree(folder);
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", folder, e.getMessage());
        }
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("{} is still in use", folder);
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", folder, e.getMessage());
        }
    }
}
