package dev.vectorhub.billing.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.billing.BillingDatabase;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageRecorderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final UUID TENANT = new UUID(1, 2);
    private static final UUID KEY = new UUID(3, 4);
    private static BillingDatabase database;

    @TempDir
    Path spool;

    @BeforeAll
    static void start() {
        database = BillingDatabase.create();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void clear() throws SQLException {
        database.clear();
    }

    @Test
    void manyThreadsAreCountedExactly() throws Exception {
        int threads = 8;
        int each = 5_000;
        try (UsageRecorder recorder = start(spool, 1_000)) {
            List<Thread> clients = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                clients.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < each; i++) {
                        recorder.record(RequestUsage.of(TENANT, KEY, OperationClass.SEARCH, 100, 7)
                                .withRead(50, 4));
                    }
                }));
            }
            for (Thread client : clients) {
                client.join();
            }
            assertTrue(recorder.flushToLedger(PATIENCE));
            long all = (long) threads * each;
            assertEquals(all, sum(BillableMeter.REQUESTS_SEARCH));
            assertEquals(50 * all, sum(BillableMeter.VECTORS_SCANNED));
            assertEquals(4 * all, sum(BillableMeter.BYTES_READ));
            assertEquals(100 * all, sum(BillableMeter.INGRESS_BYTES));
            assertEquals(7 * all, sum(BillableMeter.EGRESS_BYTES));
            assertEquals(0, sum(BillableMeter.BYTES_WRITTEN));
            assertEquals(all, recorder.stats().requests());
            assertEquals(0, recorder.stats().lostRequests());
        }
        assertEquals(List.of("lock"), names());
        assertEquals(1, database.number("select count(*) from hub.usage_source where closed_at is not null"));
    }

    @Test
    void restartsNeitherLoseNorDouble() throws Exception {
        long expected = 0;
        for (int run = 0; run < 5; run++) {
            try (UsageRecorder recorder = start(spool, 1_000)) {
                for (int i = 0; i < 100; i++) {
                    recorder.record(usage());
                    expected++;
                }
            }
            assertEquals(expected, sum(BillableMeter.REQUESTS_READ));
        }
        assertEquals(5, database.number("select count(distinct epoch) from hub.usage_event"));
        assertEquals(5, database.number("select count(*) from hub.usage_source where node = 'hub-test'"));
    }

    @Test
    void storingAFrameTwiceStoresItOnce() throws Exception {
        LedgerWriter ledger = new LedgerWriter(database.app());
        long epoch = ledger.takeEpoch("hub-twice");
        List<UsageEvent> events = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            events.add(new UsageEvent(
                    TENANT, KEY, BillableMeter.EGRESS_BYTES, "read", i, 1_790_000_000_123L, "hub-twice", epoch, i));
        }
        assertEquals(20, ledger.store(events));
        assertEquals(0, ledger.store(events));
        assertEquals(5, ledger.store(shifted(events)));
        assertEquals(25, database.number("select count(*) from hub.usage_event"));
        assertEquals(25, database.number("select stored_seq from hub.usage_source where node = 'hub-twice'"));
        // The id column is the id that the events have.
        assertEquals(
                1,
                database.number(
                        "select count(*) from hub.usage_event where id = ?",
                        events.getFirst().id()));
        assertEquals(
                1,
                database.number("select count(*) from hub.usage_event where seq = 1"
                        + " and occurred_at = timestamptz '2026-09-21 14:13:20.123Z'"));
    }

    /** The same events from the sixth on, and five more. */
    private static List<UsageEvent> shifted(List<UsageEvent> events) {
        List<UsageEvent> shifted = new ArrayList<>(events.subList(5, events.size()));
        UsageEvent last = events.getLast();
        for (int i = 1; i <= 5; i++) {
            shifted.add(new UsageEvent(
                    TENANT,
                    KEY,
                    last.meter(),
                    "read",
                    i,
                    last.epochMillis(),
                    last.node(),
                    last.epoch(),
                    last.seq() + i));
        }
        return shifted;
    }

    @Test
    void overflowSpoolsInsteadOfLosing() throws Exception {
        try (UsageRecorder recorder = start(spool, 16)) {
            for (int i = 0; i < 300; i++) {
                recorder.record(RequestUsage.of(TENANT, new UUID(9, i), OperationClass.WRITE, 1, 1));
            }
            assertTrue(
                    recorder.stats().overflows() > 100, () -> recorder.stats().toString());
            assertTrue(recorder.flushToLedger(PATIENCE));
            assertEquals(300, sum(BillableMeter.REQUESTS_WRITE));
            assertEquals(300, database.number("select count(distinct key_id) from hub.usage_event"));
        }
    }

    @Test
    void aFullSpoolGoesThroughMemoryToTheLedger() throws Exception {
        UsageSettings tiny = new UsageSettings("hub-test", spool, Duration.ofMillis(20), 1_000, 1);
        try (UsageRecorder recorder = UsageRecorder.start(database.app(), Clock.systemUTC(), tiny)) {
            recorder.record(usage());
            assertFalse(recorder.flush(), "not durable on disk, and it says so");
            assertTrue(recorder.flushToLedger(PATIENCE));
            assertEquals(1, sum(BillableMeter.REQUESTS_READ));
            assertEquals(0, recorder.stats().lostRequests());
        }
    }

    @Test
    void usageAfterTheEndIsCountedAsLostNotForgotten() {
        UsageRecorder recorder = start(spool, 1_000);
        recorder.close();
        recorder.record(usage());
        assertEquals(1, recorder.stats().lostRequests());
        recorder.close();
    }

    @Test
    void twoRecordersDoNotShareAFolder() {
        try (UsageRecorder recorder = start(spool, 1_000)) {
            assertThrows(UncheckedIOException.class, () -> start(spool, 1_000));
            assertTrue(recorder.flushToLedger(PATIENCE));
        }
    }

    private UsageRecorder start(Path directory, int windows) {
        UsageSettings settings = new UsageSettings("hub-test", directory, Duration.ofMillis(50), windows, 1L << 30);
        return UsageRecorder.start(database.app(), Clock.systemUTC(), settings);
    }

    private static RequestUsage usage() {
        return RequestUsage.of(TENANT, KEY, OperationClass.READ, 10, 20);
    }

    private static long sum(BillableMeter meter) throws SQLException {
        return database.number("select coalesce(sum(quantity), 0) from hub.usage_event where meter = ?", meter.code());
    }

    private List<String> names() throws java.io.IOException {
        try (var files = Files.list(spool)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
