package dev.vectorhub.api.control.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UsageIntervalTest {

    private static final Instant NOW = Instant.parse("2026-03-31T12:34:56Z");

    @Test
    void withoutAnIntervalTheRunningHourIsIncluded() {
        UsageInterval interval = UsageInterval.of(null, null, NOW);
        assertEquals(Instant.parse("2026-03-31T13:00:00Z"), interval.to());
        assertEquals(Instant.parse("2026-03-01T13:00:00Z"), interval.from());
        Instant sharp = Instant.parse("2026-03-31T12:00:00Z");
        assertEquals(
                Instant.parse("2026-03-31T13:00:00Z"),
                UsageInterval.of(null, null, sharp).to());
    }

    @Test
    void endsAreWidenedToWholeHours() {
        UsageInterval interval = UsageInterval.of("2026-03-01", "2026-03-02T10:00:01Z", NOW);
        assertEquals(Instant.parse("2026-03-01T00:00:00Z"), interval.from());
        assertEquals(Instant.parse("2026-03-02T11:00:00Z"), interval.to());
    }

    @Test
    void itMustRunForwardsAndBeBounded() {
        assertThrows(ProblemException.class, () -> UsageInterval.of("2026-03-02", "2026-03-02", NOW));
        assertThrows(ProblemException.class, () -> UsageInterval.of("2024-01-01", "2026-03-02", NOW));
    }
}
