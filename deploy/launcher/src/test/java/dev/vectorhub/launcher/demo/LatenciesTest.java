package dev.vectorhub.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentilesAreByNearestRank() {
        Latencies latencies = new Latencies();
        for (int i = 2_000; i >= 1; i--) {
            latencies.add(i * 1_000_000L);
        }
        assertEquals(2_000, latencies.count());
        assertEquals(1_000, latencies.percentileMillis(0.5));
        assertEquals(1_980, latencies.percentileMillis(0.99));
        assertEquals(2_000, latencies.percentileMillis(1));
    }
}
