package dev.vectorhub.api.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Rounds rounds = new Rounds(metrics, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void aFailedRoundIsCountedAndGoesNoFurther() {
        Worker failing = new Worker("failing", Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("on purpose");
        });
        rounds.run(failing);
        rounds.run(failing);
        assertEquals(
                2,
                metrics.counter("hub.worker.rounds", "worker", "failing", "outcome", "failed")
                        .count());
    }

    @Test
    void aWorkerLogsOnceAMinute() {
        assertTrue(rounds.mayLog("one"));
        assertFalse(rounds.mayLog("one"));
        assertTrue(rounds.mayLog("two"));
    }

    @Test
    void afterStopNoRoundBegins() {
        AtomicInteger ran = new AtomicInteger();
        Worker worker = new Worker("w", Duration.ofSeconds(1), ran::incrementAndGet);
        rounds.run(worker);
        rounds.stop();
        rounds.run(worker);
        assertEquals(1, ran.get());
    }
}
