package dev.vectorhub.engine.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeldBackTest {
    private static final UUID BUSY = new UUID(1, 1);
    private static final UUID SMALL = new UUID(1, 2);
    private static final UUID OTHER = new UUID(1, 3);

    @Test
    void nobodyWithinTheBound() {
        assertEquals(Map.of(), StoreStatistics.heldBack(Map.of(), 100));
        assertEquals(Map.of(), StoreStatistics.heldBack(Map.of(BUSY, 60L, SMALL, 40L), 100));
    }

    @Test
    void overItWhoeverHasMoreThanAnEqualShare() {
        assertEquals(Map.of(BUSY, 101L), StoreStatistics.heldBack(Map.of(BUSY, 101L), 100));
        assertEquals(Map.of(BUSY, 90L), StoreStatistics.heldBack(Map.of(BUSY, 90L, SMALL, 3L, OTHER, 33L), 100));
        assertEquals(
                Map.of(BUSY, 34L, SMALL, 34L, OTHER, 34L),
                StoreStatistics.heldBack(Map.of(BUSY, 34L, SMALL, 34L, OTHER, 34L), 100));
    }
}
