package dev.vectorhub.billing.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.billing.BillingDatabase;
import dev.vectorhub.billing.usage.BillableMeter;
import dev.vectorhub.billing.usage.LedgerTransactions;
import dev.vectorhub.billing.usage.StorageGaugeService;
import dev.vectorhub.billing.usage.StorageSample;
import dev.vectorhub.billing.usage.UsageEvent;
import dev.vectorhub.billing.usage.UsageEvents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollupIT {
    private static final UUID TENANT = new UUID(1, 2);
    private static final UUID OTHER = new UUID(1, 3);
    private static final UUID COLLECTION = new UUID(5, 6);
    private static final Instant HOUR = Instant.parse("2026-11-23T10:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");
    private static BillingDatabase database;
    private static UsageQueryService query;
    private static RollupService rollup;

    @BeforeAll
    static void start() {
        database = BillingDatabase.create();
        query = new UsageQueryService(database.app());
        rollup = new RollupService(database.app());
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
    void aTransactionThatEndsLateIsNotSkipped() throws Exception {
        try (Connection late = database.app().getConnection()) {
            late.setAutoCommit(false);
            try (Statement statement = late.createStatement()) {
                statement.execute("select set_config('hub.system', 'on', true)");
                statement.execute(
                        "insert into usage_event (tenant_id, meter, operation, quantity, occurred_at, node, epoch,"
                                + " seq) values ('" + TENANT + "', 'requests_read', 'read', 5, '" + HOUR
                                + "', 'late', 1, 1)");
            }
            store(event(TENANT, BillableMeter.REQUESTS_READ, 3, HOUR, 1));
            rollup.runOnce(); // must not move its mark past the open transaction
            assertEquals(3, total(TENANT, BillableMeter.REQUESTS_READ));
            late.commit();
            late.setAutoCommit(true);
        }
        assertEquals(8, total(TENANT, BillableMeter.REQUESTS_READ), "seen at once");
        rollup.runOnce();
        assertEquals(8, total(TENANT, BillableMeter.REQUESTS_READ));
        assertEquals(8, database.number("select sum(quantity) from hub.usage_record"));
        assertEquals(List.of(), new DriftService(database.app()).check(DAY));
    }

    @Test
    void manyRollupsAndWritersAtOnceFoldEachEventOnce() throws Exception {
        long writers = 4;
        long each = 40;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> tasks = new ArrayList<>();
            for (long w = 0; w < writers; w++) {
                long epoch = w + 1;
                tasks.add(() -> {
                    for (long i = 1; i <= each; i++) {
                        Instant at = HOUR.plusSeconds(i * 100);
                        UsageEvent event = new UsageEvent(
                                TENANT, null, BillableMeter.BYTES_READ, "read", 1, at.toEpochMilli(), "w", epoch, i);
                        UsageEvents.store(database.app(), List.of(event));
                    }
                    return 0L;
                });
            }
            for (int r = 0; r < 3; r++) {
                tasks.add(() -> {
                    long folded = 0;
                    for (int i = 0; i < 15; i++) {
                        folded += rollup.runOnce();
                        long seen = total(TENANT, BillableMeter.BYTES_READ);
                        assertTrue(seen >= folded, "a query never misses what was folded");
                    }
                    return folded;
                });
            }
            long folded = 0;
            for (var future : pool.invokeAll(tasks)) {
                folded += future.get();
            }
            folded += rollup.runOnce();
            assertEquals(writers * each, folded);
        }
        assertEquals(writers * each, total(TENANT, BillableMeter.BYTES_READ));
        assertEquals(writers * each, database.number("select sum(events) from hub.usage_record"));
    }

    @Test
    void driftAndGapsAreFound() throws Exception {
        DriftService drift = new DriftService(database.app());
        store(
                event(TENANT, BillableMeter.BYTES_READ, 10, HOUR, 1),
                event(TENANT, BillableMeter.BYTES_READ, 7, HOUR, 3));
        assertEquals(List.of(), drift.check(DAY), "not rolled up is no drift");
        rollup.runOnce();
        assertEquals(List.of(), drift.check(DAY));
        new LedgerTransactions(database.app()).asSystem("test", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("update usage_record set quantity = quantity + 1");
            }
        });
        assertEquals(List.of(new Drift(TENANT, BillableMeter.BYTES_READ, 17, 18)), drift.check(DAY));
        assertEquals(List.of(), drift.check(DAY.plusDays(1)));
        rollup.rebuild(HOUR, HOUR.plusSeconds(1));
        assertEquals(List.of(), drift.check(DAY));

        assertEquals(List.of(new SourceGap("hub", 1, 3, 2)), drift.gaps(DAY));
        store(event(TENANT, BillableMeter.BYTES_READ, 1, HOUR, 2));
        assertEquals(List.of(), drift.gaps(DAY));
    }

    @Test
    void aServerWithSmallerTransactionNumbersStartsOver() throws Exception {
        store(event(TENANT, BillableMeter.BYTES_READ, 10, HOUR, 1));
        rollup.runOnce();
        new LedgerTransactions(database.app()).asSystem("test", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("update usage_rollup_state set folded_before = 1::bigint << 60");
            }
        });
        assertEquals(1, rollup.runOnce());
        assertEquals(10, total(TENANT, BillableMeter.BYTES_READ));
        assertEquals(10, database.number("select sum(quantity) from hub.usage_record"));
    }

    @Test
    void queriesAnswerByHourDayAndTotal() {
        UUID key = new UUID(8, 9);
        Instant nextDay = HOUR.plus(Duration.ofHours(20));
        store(
                event(TENANT, BillableMeter.REQUESTS_READ, 1, HOUR, 1),
                event(TENANT, BillableMeter.REQUESTS_READ, 2, HOUR.plusSeconds(3599), 2),
                event(TENANT, BillableMeter.REQUESTS_READ, 4, HOUR.plusSeconds(3600), 3),
                event(TENANT, BillableMeter.REQUESTS_READ, 8, nextDay, 4),
                event(OTHER, BillableMeter.REQUESTS_READ, 99, HOUR, 5));
        UsageEvent keyed =
                new UsageEvent(TENANT, key, BillableMeter.REQUESTS_READ, "read", 16, HOUR.toEpochMilli(), "hub", 1, 6);
        store(keyed);
        Instant to = nextDay.plusSeconds(1);
        Instant secondHour = HOUR.plusSeconds(3600);
        assertEquals(
                List.of(
                        line(HOUR, secondHour, null, 3),
                        line(HOUR, secondHour, key, 16),
                        line(secondHour, secondHour.plusSeconds(3600), null, 4),
                        line(nextDay, nextDay.plusSeconds(3600), null, 8)),
                query.usage(TENANT, HOUR.plusSeconds(1800), to, Granularity.HOUR));
        Instant day = Instant.parse("2026-11-23T00:00:00Z");
        Duration one = Duration.ofDays(1);
        assertEquals(
                List.of(
                        line(day, day.plus(one), null, 7),
                        line(day, day.plus(one), key, 16),
                        line(day.plus(one), day.plus(one).plus(one), null, 8)),
                query.usage(TENANT, HOUR, to, Granularity.DAY));
        assertEquals(
                List.of(line(HOUR, to, null, 15), line(HOUR, to, key, 16)),
                query.usage(TENANT, HOUR, to, Granularity.TOTAL));
        assertEquals(List.of(), query.usage(new UUID(0, 0), HOUR, to, Granularity.TOTAL));
        assertThrows(IllegalArgumentException.class, () -> query.usage(TENANT, to, to, Granularity.TOTAL));
        assertThrows(
                IllegalArgumentException.class,
                () -> query.usage(TENANT, HOUR, HOUR.plus(Duration.ofDays(93)), Granularity.HOUR));
    }

    @Test
    void operatorsSeeRequestsOverTime() {
        store(
                event(TENANT, BillableMeter.REQUESTS_READ, 5, HOUR, 1),
                event(TENANT, BillableMeter.BYTES_READ, 1000, HOUR, 2),
                event(OTHER, BillableMeter.REQUESTS_SEARCH, 9, HOUR.plusSeconds(125), 3));
        Instant to = HOUR.plusSeconds(300);
        assertEquals(
                List.of(5L, 0L, 9L, 0L, 0L),
                query.requestSeries(null, HOUR, to, Duration.ofMinutes(1)).stream()
                        .map(RequestPoint::requests)
                        .toList());
        assertEquals(
                List.of(new RequestPoint(HOUR, 5), new RequestPoint(HOUR.plusSeconds(60), 0)),
                query.requestSeries(TENANT, HOUR.plusSeconds(20), HOUR.plusSeconds(61), Duration.ofMinutes(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> query.requestSeries(null, HOUR, HOUR.plus(Duration.ofDays(2)), Duration.ofMinutes(1)));
    }

    @Test
    void seriesByTheHourAreTheSameBeforeAndBehindTheRollup() throws Exception {
        RollupService rollup = new RollupService(database.app());
        store(
                event(TENANT, BillableMeter.REQUESTS_READ, 5, HOUR, 1),
                event(TENANT, BillableMeter.INFERENCE_TOKENS, 70, HOUR.plusSeconds(3), 2),
                event(OTHER, BillableMeter.REQUESTS_SEARCH, 9, HOUR.plusSeconds(4000), 3));
        for (int round = 0; round < 3; round++) {
            if (round == 1) {
                rollup.runOnce();
                store(event(OTHER, BillableMeter.REQUESTS_SEARCH, 1, HOUR.plusSeconds(4001), 4));
            }
            if (round == 2) {
                rollup.runOnce();
                rollup.rebuild(HOUR, HOUR.plusSeconds(7200));
            }
            long later = round == 0 ? 9 : 10;
            assertEquals(List.of(5L, later), hours(null), "round " + round);
            assertEquals(List.of(5L, 0L), hours(TENANT), "round " + round);
        }
        assertEquals(70, query.tokens(TENANT, HOUR, HOUR.plusSeconds(60)));
        assertEquals(0, query.tokens(OTHER, HOUR, HOUR.plusSeconds(60)));
    }

    private List<Long> hours(@Nullable UUID tenant) {
        return query.requestSeries(tenant, HOUR, HOUR.plusSeconds(7200), Duration.ofHours(1)).stream()
                .map(RequestPoint::requests)
                .toList();
    }

    @Test
    void storageBecomesHoursAndTheOpenHourIsSeen() throws Exception {
        StorageGaugeService gauges = new StorageGaugeService(database.app());
        gauges.record(TENANT, COLLECTION, 100, 3_600, HOUR.minusSeconds(1800));
        gauges.record(TENANT, COLLECTION, 200, 7_200, HOUR);
        gauges.record(TENANT, COLLECTION, 200, 7_200, HOUR); // repeated
        gauges.record(TENANT, COLLECTION, 999, 9_999, HOUR.minusSeconds(60)); // late
        assertEquals(1_800, total(TENANT, BillableMeter.STORAGE_BYTE_HOURS));
        gauges.recordAll(TENANT, List.of(new StorageSample(COLLECTION, 0, 0)), true, HOUR.plusSeconds(1800));
        assertEquals(1_800 + 3_600, total(TENANT, BillableMeter.STORAGE_BYTE_HOURS), "the open hour too");
        assertEquals(50 + 100, total(TENANT, BillableMeter.VECTOR_HOURS));
        gauges.recordAll(TENANT, List.of(), true, HOUR.plusSeconds(9_000));
        assertEquals(1_800 + 3_600, total(TENANT, BillableMeter.STORAGE_BYTE_HOURS));
        assertEquals(
                5_400, database.number("select sum(quantity) from hub.usage_event where meter = 'storage_byte_hours'"));
        assertEquals(0, total(OTHER, BillableMeter.STORAGE_BYTE_HOURS));
    }

    @Test
    void theTailIsFoundByItsIndexUnderRowLevelSecurity() throws Exception {
        List<UsageEvent> events = new ArrayList<>();
        for (long seq = 1; seq <= 20_000; seq++) {
            UUID tenant = seq % 100 == 0 ? TENANT : OTHER;
            events.add(event(tenant, BillableMeter.BYTES_READ, 1, HOUR.plusSeconds(seq % 3600), seq));
        }
        UsageEvents.store(database.app(), events);
        rollup.runOnce();
        store(event(TENANT, BillableMeter.BYTES_READ, 1, HOUR, 20_001));
        database.execute("analyze hub.usage_event");
        String plan = new LedgerTransactions(database.app()).asTenant(TENANT, "test", connection -> {
            StringBuilder lines = new StringBuilder();
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("explain select sum(quantity) from usage_hour where tenant_id = '"
                                    + TENANT + "' and hour >= '" + HOUR + "'")) {
                while (rows.next()) {
                    lines.append(rows.getString(1)).append('\n');
                }
            }
            return lines.toString();
        });
        assertTrue(plan.contains("usage_event_txid"), plan);
        assertFalse(plan.contains("Seq Scan on usage_event"), plan);
        assertEquals(201, total(TENANT, BillableMeter.BYTES_READ));
    }

    private static void store(UsageEvent... events) {
        UsageEvents.store(database.app(), List.of(events));
    }

    private static UsageEvent event(UUID tenant, BillableMeter meter, long quantity, Instant at, long seq) {
        return new UsageEvent(tenant, null, meter, "read", quantity, at.toEpochMilli(), "hub", 1, seq);
    }

    private static UsageLine line(Instant from, Instant to, @Nullable UUID key, long quantity) {
        return new UsageLine(TENANT, from, to, BillableMeter.REQUESTS_READ, "read", key, quantity);
    }

    private static long total(UUID tenant, BillableMeter meter) {
        long total = 0;
        for (UsageLine line :
                query.usage(tenant, HOUR.minus(Duration.ofDays(1)), HOUR.plus(Duration.ofDays(1)), Granularity.TOTAL)) {
            if (line.meter() == meter) {
                total += line.quantity();
            }
        }
        return total;
    }
}
