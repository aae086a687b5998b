package dev.vectorhub.billing.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.billing.BillingDatabase;
import dev.vectorhub.billing.usage.UsageArbitraries;
import dev.vectorhub.billing.usage.UsageEvent;
import dev.vectorhub.billing.usage.UsageEvents;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** Against PostgreSQL: whatever the order, the repeats and the moments of rollups, records are the fold of the ledger. */
class RollupPropertyTest {
    private static final BillingDatabase database = BillingDatabase.create();

    @AfterContainer
    static void stop() {
        database.close();
    }

    @Provide
    Arbitrary<List<UsageEvent>> ledgers() {
        return UsageArbitraries.events().list().ofMaxSize(60).map(UsageEvents::distinct);
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void recordsAreTheFoldOfTheEvents(@ForAll("ledgers") List<UsageEvent> events, @ForAll Random random)
            throws Exception {
        database.clear();
        RollupService rollup = new RollupService(database.app());
        List<UsageEvent> deliveries = new ArrayList<>(events);
        deliveries.addAll(events.subList(0, events.size() / 2)); // some come twice
        Collections.shuffle(deliveries, random);
        long folded = 0;
        for (int from = 0; from < deliveries.size(); from += 7) {
            List<UsageEvent> batch = deliveries.subList(from, Math.min(from + 7, deliveries.size()));
            UsageEvents.store(database.app(), UsageEvents.distinct(batch));
            if (random.nextBoolean()) {
                folded += rollup.runOnce();
            }
            assertEquals(expected(events, deliveries.subList(0, from + batch.size())), seen(), "records and tail");
        }
        folded += rollup.runOnce();
        assertEquals(events.size(), folded, "each event once");
        assertEquals(0, rollup.runOnce());

        Map<String, Long> all = expected(events, events);
        assertEquals(all, seen());
        DriftService drift = new DriftService(database.app());
        for (LocalDate day : days(events)) {
            assertEquals(List.of(), drift.check(day));
        }
        assertEquals(events.size(), rollup.rebuild(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")));
        assertEquals(all, seen(), "rebuilt");
    }

    private static List<LocalDate> days(List<UsageEvent> events) {
        return events.stream()
                .map(event -> Instant.ofEpochMilli(event.epochMillis())
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate())
                .distinct()
                .toList();
    }

    /** The fold in Java, of those events that were delivered. */
    private static Map<String, Long> expected(List<UsageEvent> events, List<UsageEvent> delivered) {
        Map<String, UsageEvent> distinct = new HashMap<>();
        for (UsageEvent event : delivered) {
            distinct.put(event.id(), event);
        }
        Map<String, Long> sums = new TreeMap<>();
        for (UsageEvent event : events) {
            if (distinct.containsKey(event.id())) {
                Instant hour = UsageRows.hourOf(Instant.ofEpochMilli(event.epochMillis()));
                sums.merge(
                        sum(event.tenantId(), hour, event.meter().code(), event.operation(), event.keyId()),
                        event.quantity(),
                        Long::sum);
            }
        }
        return sums;
    }

    private static Map<String, Long> seen() {
        Map<String, Long> sums = new TreeMap<>();
        UsageQueryService query = new UsageQueryService(database.app());
        for (long tenant = 1; tenant <= 3; tenant++) {
            List<UsageLine> lines = query.usage(
                    new UUID(0x0189_0000_0000_7000L, tenant),
                    Instant.ofEpochMilli(1_790_000_000_000L),
                    Instant.ofEpochMilli(1_790_000_000_000L + 4 * 3_600_000L),
                    Granularity.HOUR);
            for (UsageLine line : lines) {
                String key = sum(line.tenantId(), line.from(), line.meter().code(), line.operation(), line.keyId());
                if (sums.put(key, line.quantity()) != null) {
                    throw new AssertionError("two lines for " + key);
                }
            }
        }
        return sums;
    }

    private static String sum(UUID tenant, Instant hour, String meter, String operation, @Nullable UUID key) {
        return tenant + " " + hour + " " + meter + " " + operation + " " + key;
    }
}
