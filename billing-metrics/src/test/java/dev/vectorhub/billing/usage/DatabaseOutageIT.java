package dev.vectorhub.billing.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.billing.BillingDatabase;
import dev.vectorhub.servers.PostgresPasswords;
import dev.vectorhub.servers.PostgresServer;
import io.agroal.api.AgroalDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops the database under a running recorder, and starts it again. */
class DatabaseOutageIT {
    private static final PostgresPasswords PASSWORDS =
            new PostgresPasswords("super-test", "owner-test", "app-test", "keycloak-test");
    private static final UUID TENANT = new UUID(1, 2);

    @TempDir
    Path directory;

    @Test
    void usageWaitsInTheSpoolUntilTheDatabaseIsBack() throws Exception {
        Path data = directory.resolve("postgres/data");
        Path spool = directory.resolve("spool");
        PostgresServer server = PostgresServer.start(data, 0, PASSWORDS);
        int port = server.port();
        String url = server.jdbcUrl("hub");
        BillingDatabase.migrate(url, "hub_owner", PASSWORDS.owner());
        try (AgroalDataSource app = BillingDatabase.pool(url, "hub_app", PASSWORDS.app())) {
            UsageRecorder recorder = start(app, spool);
            record(recorder, 10);
            assertTrue(recorder.flushToLedger(Duration.ofSeconds(20)));

            server.close();
            record(recorder, 20);
            assertTrue(recorder.flush(), "durable without the database");
            assertFalse(recorder.flushToLedger(Duration.ofMillis(300)));
            assertTrue(recorder.stats().storeFailures() > 0);

            server = PostgresServer.start(data, port, PASSWORDS);
            record(recorder, 30);
            assertTrue(recorder.flushToLedger(Duration.ofSeconds(20)));
            assertEquals(60, requests(url));

            server.close();
            record(recorder, 40);
            recorder.close(); // with the database away: stays in the spool
            assertTrue(recorder.stats().pendingBytes() > 0);
            assertThrows(LedgerException.class, () -> start(app, spool), "no epoch without the database");

            server = PostgresServer.start(data, port, PASSWORDS);
            try (UsageRecorder next = start(app, spool)) {
                assertTrue(next.flushToLedger(Duration.ofSeconds(20)), "replayed at the start");
                assertEquals(100, requests(url));
                record(next, 1);
            }
            assertEquals(101, requests(url));
        } finally {
            server.close();
        }
    }

    private static UsageRecorder start(AgroalDataSource app, Path spool) {
        UsageSettings settings = new UsageSettings("hub-test", spool, Duration.ofMillis(50), 1_000, 1L << 30);
        return UsageRecorder.start(app, Clock.systemUTC(), settings);
    }

    private static void record(UsageRecorder recorder, int requests) {
        for (int i = 0; i < requests; i++) {
            recorder.record(RequestUsage.of(TENANT, null, OperationClass.READ, 10, 20));
        }
    }

    private static long requests(String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, "postgres", PASSWORDS.superuser());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select sum(quantity) from hub.usage_event where meter = 'requests_read'")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
