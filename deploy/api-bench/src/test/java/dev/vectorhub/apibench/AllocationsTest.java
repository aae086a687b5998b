package dev.vectorhub.apibench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllocationsTest {
    private static final Instant BEGIN = Instant.EPOCH;
    private static final Instant END = BEGIN.plusSeconds(2);

    @Test
    void whatWasAllocatedBeforeDoesNotCount() {
        Allocations allocations = new Allocations();
        allocations.add(BEGIN, 1, 100);
        allocations.add(BEGIN.plusMillis(3), 2, 1_000);
        allocations.add(END, 1, 150);
        allocations.add(END, 2, 1_000);
        allocations.add(END, 3, 7);
        assertEquals(57, allocations.bytes());
    }

    /** A recording is no list in the order of time. */
    @Test
    void theEndMayBeReadFirst() {
        Allocations allocations = new Allocations();
        allocations.add(END, 1, 150);
        allocations.add(BEGIN, 1, 100);
        assertEquals(50, allocations.bytes());
    }

    @Test
    void nothingSeenIsNothing() {
        assertEquals(0, new Allocations().bytes());
    }
}
