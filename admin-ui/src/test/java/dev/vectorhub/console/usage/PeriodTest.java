package dev.vectorhub.console.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:34:56.789Z");

    @Test
    void bucketsEndAfterTheRunningOne() {
        assertEquals(Instant.parse("2026-11-23T13:00:00Z"), Period.DAY.to(NOW));
        assertEquals(Instant.parse("2026-11-22T13:00:00Z"), Period.DAY.from(NOW));
        assertEquals(Instant.parse("2026-11-23T18:00:00Z"), Period.WEEK.to(NOW));
        assertEquals(Instant.parse("2026-11-24T00:00:00Z"), Period.MONTH.to(NOW));
        for (Period period : Period.values()) {
            Duration length = Duration.between(period.from(NOW), period.to(NOW));
            assertEquals(0, length.toSeconds() % period.bucket().toSeconds(), period + " has whole buckets");
        }
    }

    @Test
    void theUrlNamesIt() {
        assertEquals(Period.MONTH, Period.of("month"));
        assertEquals(Period.DAY, Period.of("decade"));
    }
}
