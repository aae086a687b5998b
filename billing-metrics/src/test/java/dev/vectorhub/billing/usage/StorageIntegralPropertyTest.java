package dev.vectorhub.billing.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StorageIntegralPropertyTest {
    private static final long START = 1_790_000_123L;

    record Step(long seconds, long points, long bytes) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 9_000),
                        Arbitraries.longs().between(0, 10_000_000),
                        Arbitraries.longs().between(0, 1L << 45))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void hoursAndRestAreTheWholeIntegral(@ForAll("steps") List<Step> steps) {
        StorageIntegral state = StorageIntegral.first(START, 7, 1_000_003);
        long expectedBytes = 0;
        long expectedVectors = 0;
        List<StorageIntegral.ClosedHour> closed = new ArrayList<>();
        for (Step step : steps) {
            expectedBytes += state.logicalBytes() * step.seconds();
            expectedVectors += state.points() * step.seconds();
            var advance = state.advance(state.sampledSecond() + step.seconds(), step.points(), step.bytes());
            closed.addAll(advance.closed());
            state = advance.next();
        }
        long bytes = state.byteSeconds();
        long vectors = state.vectorSeconds();
        long hour = START / 3600;
        for (StorageIntegral.ClosedHour one : closed) {
            assertEquals(hour++, one.number(), "every hour once, in order");
            bytes += one.byteHours() * 3600;
            vectors += one.vectorHours() * 3600;
        }
        assertEquals(state.sampledSecond() / 3600, hour, "the open hour is not closed yet");
        assertEquals(expectedBytes, bytes);
        assertEquals(expectedVectors, vectors);
    }

    @Property(tries = 200)
    void samplesInBetweenChangeNothing(@ForAll("steps") List<Step> steps) {
        StorageIntegral coarse = StorageIntegral.first(START, 7, 1_000_003);
        StorageIntegral fine = coarse;
        List<StorageIntegral.ClosedHour> coarseHours = new ArrayList<>();
        List<StorageIntegral.ClosedHour> fineHours = new ArrayList<>();
        for (Step step : steps) {
            long end = coarse.sampledSecond() + step.seconds();
            var half = fine.advance(end - step.seconds() / 2, fine.points(), fine.logicalBytes());
            var rest = half.next().advance(end, step.points(), step.bytes());
            fineHours.addAll(half.closed());
            fineHours.addAll(rest.closed());
            fine = step.seconds() == 1 ? fine : rest.next();
            var whole = coarse.advance(end, step.points(), step.bytes());
            coarseHours.addAll(whole.closed());
            coarse = whole.next();
            if (step.seconds() == 1) {
                fine = coarse; // both halves are the same instant
            }
        }
        assertEquals(coarse.byteSeconds(), fine.byteSeconds());
        assertEquals(coarseHours, fineHours);
    }

    @Example
    void repeatedAndLateSamplesChangeNothing() {
        StorageIntegral state =
                StorageIntegral.first(START, 7, 100).advance(START + 60, 9, 300).next();
        assertSame(state, state.advance(START + 60, 1, 1).next());
        assertSame(state, state.advance(START + 10, 1, 1).next());
        assertTrue(state.advance(START + 60, 1, 1).closed().isEmpty());
    }

    @Example
    void boundsHold() {
        assertThrows(IllegalArgumentException.class, () -> StorageIntegral.first(0, 0, (1L << 51) + 1));
        assertThrows(IllegalArgumentException.class, () -> StorageIntegral.first(0, -1, 0));
        StorageIntegral biggest = StorageIntegral.first(0, 1L << 51, 1L << 51);
        var advance = biggest.advance(StorageIntegral.GAP_SECONDS_MAX + 3600 * 50, 0, 0);
        assertEquals(90 * 24, advance.closed().size(), "a gap is billed for 90 days at most");
        for (StorageIntegral.ClosedHour hour : advance.closed()) {
            assertEquals(1L << 51, hour.byteHours());
        }
    }
}
