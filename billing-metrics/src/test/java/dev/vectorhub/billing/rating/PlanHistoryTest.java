package dev.vectorhub.billing.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanHistoryTest {
    private static final PlanHistory HISTORY = new PlanHistory(List.of(
            change("2026-11-03T10:20:00Z", "b"),
            change("2026-11-01T00:30:00Z", "a"),
            change("2026-11-03T12:00:00Z", "a")));

    @Test
    void aChangeCountsFromTheNextFullHour() {
        assertEquals("a", at("2026-10-31T00:00:00Z"));
        assertEquals("a", at("2026-11-03T10:00:00Z"));
        assertEquals("b", at("2026-11-03T11:00:00Z"));
        assertEquals("b", at("2026-11-03T11:59:59Z"));
        assertEquals("a", at("2026-11-03T12:00:00Z"));
    }

    @Test
    void stretchesMakeUpTheInterval() {
        Instant from = Instant.parse("2026-11-03T00:00:00Z");
        Instant to = Instant.parse("2026-11-04T00:00:00Z");
        Instant eleven = Instant.parse("2026-11-03T11:00:00Z");
        Instant noon = Instant.parse("2026-11-03T12:00:00Z");
        assertEquals(
                List.of(
                        new PlanHistory.Stretch(from, eleven, "a"),
                        new PlanHistory.Stretch(eleven, noon, "b"),
                        new PlanHistory.Stretch(noon, to, "a")),
                HISTORY.stretches(from, to));
        assertEquals(
                List.of(new PlanHistory.Stretch(to, to.plusSeconds(5), "a")), HISTORY.stretches(to, to.plusSeconds(5)));
    }

    @Test
    void aHistoryHasAPlan() {
        assertThrows(IllegalArgumentException.class, () -> new PlanHistory(List.of()));
    }

    private static String at(String hour) {
        return HISTORY.at(Instant.parse(hour));
    }

    private static PlanHistory.Change change(String from, String plan) {
        return new PlanHistory.Change(Instant.parse(from), plan);
    }
}
