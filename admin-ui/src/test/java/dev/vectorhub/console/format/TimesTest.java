package dev.vectorhub.console.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:34:56Z");

    @ParameterizedTest
    @CsvSource({
        "0,just now",
        "44,just now",
        "45,1 minute ago",
        "180,3 minutes ago",
        "3599,1 hour ago",
        "7200,2 hours ago",
        "108000,30 hours ago",
        "172800,2 days ago",
        "7776000,3 months ago",
        "94608000,3 years ago",
        "-10,in a moment",
        "-345600,in 4 days",
    })
    void relative(long secondsAgo, String expected) {
        assertEquals(expected, Times.relative(NOW.minusSeconds(secondsAgo), NOW));
    }

    @Test
    void absoluteIsUtcAndSaysSo() {
        assertEquals("23 Nov 2026, 12:34 UTC", Times.absolute(NOW));
        assertEquals("23 Nov 2026", Times.date(NOW));
    }
}
