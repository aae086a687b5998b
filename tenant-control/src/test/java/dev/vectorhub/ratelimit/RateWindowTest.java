package dev.vectorhub.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    private static final Instant T0 = Instant.ofEpochSecond(1_000_000);

    @Test
    void grantsUpToTheLimitAndSaysWhenMoreIsFree() {
        RateWindow window = new RateWindow(0, new long[RateWindow.SECONDS]);
        RateWindow.Outcome first = window.take(T0, 100, 60);
        assertEquals(60, first.granted());
        assertEquals(40, first.remaining());
        RateWindow.Outcome second = first.window().take(T0.plusMillis(2_500), 100, 60);
        assertEquals(40, second.granted());
        assertEquals(0, second.remaining());
        assertEquals(RateWindow.SECONDS * 1000 - 2_500, second.nextFreeMillis());
        RateWindow.Outcome third = second.window().take(T0.plusSeconds(RateWindow.SECONDS), 100, 100);
        assertEquals(60, third.granted());
    }

    @Test
    void whatIsGivenBackCountsForItsSecond() {
        RateWindow window = new RateWindow(0, new long[RateWindow.SECONDS])
                .take(T0, 100, 100)
                .window();
        RateWindow.Outcome later = window.take(T0.plusSeconds(10), 100, 1);
        assertEquals(0, later.granted());
        RateWindow returned = later.window().giveBack(T0.getEpochSecond(), 30);
        assertEquals(30, returned.take(T0.plusSeconds(10), 100, 50).granted());
        assertEquals(
                0,
                returned.giveBack(T0.getEpochSecond() - 1000, 30)
                        .take(T0.plusSeconds(10), 70, 50)
                        .granted());
    }

    @Test
    void aClockThatGoesBackFreesNothing() {
        RateWindow window =
                new RateWindow(0, new long[RateWindow.SECONDS]).take(T0, 10, 10).window();
        RateWindow.Outcome back = window.take(T0.minusSeconds(3_600), 10, 10);
        assertEquals(0, back.granted());
        assertEquals(T0.getEpochSecond(), back.window().newest());
    }

    @Test
    void aSmallerLimitGrantsNothingUntilTheMinuteFits() {
        RateWindow window = new RateWindow(0, new long[RateWindow.SECONDS])
                .take(T0, 100, 100)
                .window();
        assertEquals(0, window.take(T0.plusSeconds(1), 50, 10).granted());
        assertEquals(0, window.take(T0.plusSeconds(1), 50, 10).remaining());
    }
}
