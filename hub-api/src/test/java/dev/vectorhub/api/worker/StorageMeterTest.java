package dev.vectorhub.api.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.vectorhub.billing.usage.StorageSample;
import dev.vectorhub.engine.wire.v1.CollectionStats;
import dev.vectorhub.engine.wire.v1.TenantStats;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StorageMeterTest {
    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private record Entry(UUID tenant, long points, Instant at) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Set<UUID> unbilled = new HashSet<>();
    private final StorageMeter meter = new StorageMeter(
            (tenant, samples, at) -> entries.add(new Entry(
                    tenant, samples.stream().mapToLong(StorageSample::points).sum(), at)),
            () -> unbilled);

    private static ByteString bytes(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }

    private static TenantStats holds(UUID tenant, long points) {
        return TenantStats.newBuilder()
                .setTenant(bytes(tenant))
                .addCollections(CollectionStats.newBuilder()
                        .setCollection(bytes(tenant))
                        .setPoints(points)
                        .setLogicalBytes(100 * points))
                .build();
    }

    /** What a round at that time writes. */
    private List<Entry> round(String node, Duration after, TenantStats... stored) {
        entries.clear();
        meter.observed(node, List.of(stored), START.plus(after));
        return List.copyOf(entries);
    }

    private static Entry entry(UUID tenant, long points, Duration after) {
        return new Entry(tenant, points, START.plus(after));
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    @Test
    void whatHasNotChangedIsWrittenOnceInTenMinutes() {
        assertEquals(
                List.of(entry(TENANT, 5, minutes(0)), entry(OTHER, 7, minutes(0))),
                round("a", minutes(0), holds(TENANT, 5), holds(OTHER, 7)));
        for (int minute = 1; minute < 10; minute++) {
            assertEquals(List.of(), round("a", minutes(minute), holds(TENANT, 5), holds(OTHER, 7)), "" + minute);
        }
        assertEquals(
                2, round("a", minutes(10), holds(TENANT, 5), holds(OTHER, 7)).size());
        assertEquals(List.of(), round("a", minutes(11), holds(TENANT, 5), holds(OTHER, 7)));
    }

    @Test
    void whatHasChangedIsWrittenAtTheNextMinuteAlone() {
        round("a", minutes(0), holds(TENANT, 5), holds(OTHER, 7));
        assertEquals(List.of(), round("a", Duration.ofSeconds(59), holds(TENANT, 6), holds(OTHER, 7)));
        assertEquals(List.of(entry(TENANT, 6, minutes(1))), round("a", minutes(1), holds(TENANT, 6), holds(OTHER, 7)));
        // its ten minutes began anew
        assertEquals(List.of(entry(OTHER, 7, minutes(10))), round("a", minutes(10), holds(TENANT, 6), holds(OTHER, 7)));
        assertEquals(
                List.of(entry(TENANT, 6, minutes(11))), round("a", minutes(11), holds(TENANT, 6), holds(OTHER, 7)));
    }

    @Test
    void anHourThatBeginsIsWrittenWhateverWasBefore() {
        round("a", minutes(0), holds(TENANT, 5));
        assertEquals(1, round("a", minutes(57), holds(TENANT, 5)).size());
        assertEquals(List.of(), round("a", minutes(59), holds(TENANT, 5)));
        assertEquals(List.of(entry(TENANT, 5, minutes(60))), round("a", minutes(60), holds(TENANT, 5)));
    }

    @Test
    void aStateThatIsNotBilledEndsAndBeginsAtOnce() {
        round("a", minutes(0), holds(TENANT, 5));
        unbilled.add(TENANT);
        assertEquals(List.of(entry(TENANT, 0, minutes(1))), round("a", minutes(1), holds(TENANT, 5)));
        assertEquals(List.of(), round("a", minutes(2), holds(TENANT, 5)));
        unbilled.clear();
        assertEquals(List.of(entry(TENANT, 5, minutes(3))), round("a", minutes(3), holds(TENANT, 5)));
    }

    @Test
    void whoWasAwayIsWrittenAnewAndNodesAreApart() {
        round("a", minutes(0), holds(TENANT, 5), holds(OTHER, 7));
        assertEquals(List.of(), round("a", minutes(1), holds(OTHER, 7)));
        assertEquals(List.of(entry(TENANT, 5, minutes(1))), round("b", minutes(1), holds(TENANT, 5)));
        assertEquals(List.of(entry(TENANT, 5, minutes(2))), round("a", minutes(2), holds(TENANT, 5), holds(OTHER, 7)));
    }
}
