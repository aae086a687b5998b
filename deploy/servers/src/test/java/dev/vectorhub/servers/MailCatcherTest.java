package dev.vectorhub.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailCatcherTest {

    @Test
    void forgetsTheOldestBeyondItsBound() {
        Deque<CaughtMail> kept = new ArrayDeque<>();
        for (int i = 0; i <= MailCatcher.KEPT; i++) {
            MailCatcher.keep(kept, new CaughtMail("a@a.test", "", "n" + i, Instant.EPOCH, "", List.of()));
        }
        assertEquals(MailCatcher.KEPT, kept.size());
        assertEquals("n1", kept.getLast().subject());
        assertEquals("n" + MailCatcher.KEPT, kept.getFirst().subject());
    }
}
