package dev.vectorhub.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.vectorhub.ratelimit.RateLimitDecision.Allowed;
import dev.vectorhub.ratelimit.RateLimitDecision.Denied;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UserRatesTest {
    private long now = 1;
    private final UserRates rates = new UserRates(60, () -> now);

    @Test
    void eachUserHasTenSecondsWorthAtOnceAndThenTheRate() {
        for (int i = 0; i < 10; i++) {
            assertInstanceOf(Allowed.class, rates.tryConsume("olga"));
        }
        assertEquals(new Denied(RateLimitDecision.Layer.USER, 60, 1), rates.tryConsume("olga"));
        assertInstanceOf(Allowed.class, rates.tryConsume("otto"));
        now += TimeUnit.SECONDS.toNanos(1);
        assertInstanceOf(Allowed.class, rates.tryConsume("olga"));
        assertInstanceOf(Denied.class, rates.tryConsume("olga"));
    }
}
