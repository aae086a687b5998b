package dev.vectorhub.billing.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.billing.BillingDatabase;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A child process records usage and is killed (SIGKILL) again and again; what it was told is durable must be billed once. */
class UsageRecorderCrashTest {
    private static final int KILLS = 20;
    private static final int REQUESTS_PER_FLUSH = 25;
    private static final UUID TENANT = new UUID(1, 2);

    @TempDir
    Path spool;

    @Test
    void everyAcknowledgedFlushIsInTheLedgerExactlyOnce() throws Exception {
        Random random = new Random(20_261_123);
        try (BillingDatabase database = BillingDatabase.create()) {
            List<UUID> acknowledged = new ArrayList<>();
            for (int round = 0; round < KILLS; round++) {
                acknowledged.addAll(runAndKill(database, round, 1 + random.nextInt(40)));
            }
            try (UsageRecorder last = start(database.app(), spool)) {
                assertTrue(last.flushToLedger(Duration.ofSeconds(20)));
            }
            assertTrue(acknowledged.size() >= KILLS, () -> "flushes: " + acknowledged.size());
            for (UUID flush : acknowledged) {
                assertEquals(REQUESTS_PER_FLUSH, requests(database, flush), () -> "flush " + flush);
            }
            long tooMuch = database.number(
                    "select count(*) from (select 1 from hub.usage_event where meter = 'requests_write'"
                            + " group by key_id having sum(quantity) > ?) as doubled",
                    REQUESTS_PER_FLUSH);
            assertEquals(0, tooMuch);
            assertEquals(
                    KILLS + 1,
                    database.number("select count(*) from hub.usage_source"),
                    "every start has its own epoch");
        }
    }

    private static long requests(BillingDatabase database, UUID flush) throws SQLException {
        return database.number(
                "select coalesce(sum(quantity), 0) from hub.usage_event where meter = 'requests_write' and key_id = ?",
                flush);
    }

    /** Runs a child until it has acknowledged some flushes, kills it. Returns the acknowledged flushes. */
    private List<UUID> runAndKill(BillingDatabase database, int round, int flushes) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Child.class.getName(),
                        database.url(),
                        database.raw().appUser(),
                        database.raw().appPassword(),
                        spool.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<UUID> acknowledged = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                acknowledged.add(UUID.fromString(line));
                if (acknowledged.size() == flushes) {
                    child.toHandle().destroyForcibly(); // what it still wrote before it died is read too
                }
            }
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
        assertEquals(137, child.exitValue(), "killed, not failed");
        return acknowledged;
    }

    private static UsageRecorder start(javax.sql.DataSource dataSource, Path spool) {
        UsageSettings settings = new UsageSettings("hub-crash", spool, Duration.ofMillis(20), 1_000, 1L << 30);
        return UsageRecorder.start(dataSource, Clock.systemUTC(), settings);
    }

    /** Records flush after flush, each under a key of its own, and prints the key when the flush was acknowledged. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(args[0]);
            dataSource.setUser(args[1]);
            dataSource.setPassword(args[2]);
            UsageRecorder recorder = start(dataSource, Path.of(args[3]));
            long round = Long.parseLong(args[4]);
            for (long number = 0; ; number++) {
                UUID flush = new UUID(round, number);
                for (int i = 0; i < REQUESTS_PER_FLUSH; i++) {
                    recorder.record(RequestUsage.of(TENANT, flush, OperationClass.WRITE, 10, 20));
                }
                if (recorder.flush()) {
                    System.out.println(flush);
                    System.out.flush();
                }
            }
        }
    }
}
