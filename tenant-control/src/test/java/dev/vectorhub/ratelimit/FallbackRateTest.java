package dev.vectorhub.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FallbackRateTest {

    @Test
    void gatewaysShareTheRateAndFallToAFloor() {
        assertEquals(new FallbackRate(300, 5), FallbackRate.of(600, 2, 0));
        assertEquals(new FallbackRate(300, 5), FallbackRate.of(600, 2, FallbackRate.HOLD_NANOS));
        assertEquals(new FallbackRate(30, 1), FallbackRate.of(600, 2, FallbackRate.HOLD_NANOS + 1));
    }

    @Test
    void nobodyIsShutOutForGood() {
        assertEquals(new FallbackRate(1, 1), FallbackRate.of(1, 7, Long.MAX_VALUE));
    }
}
