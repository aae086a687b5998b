package dev.vectorhub.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutboxTest {

    @Test
    void pausesDoubleUpToFiveMinutes() {
        assertEquals(Duration.ofSeconds(1), Outbox.backoff(0));
        assertEquals(Duration.ofSeconds(1), Outbox.backoff(1));
        assertEquals(Duration.ofSeconds(2), Outbox.backoff(2));
        assertEquals(Duration.ofSeconds(256), Outbox.backoff(9));
        assertEquals(Duration.ofMinutes(5), Outbox.backoff(10));
        assertEquals(Duration.ofMinutes(5), Outbox.backoff(Integer.MAX_VALUE));
    }
}
