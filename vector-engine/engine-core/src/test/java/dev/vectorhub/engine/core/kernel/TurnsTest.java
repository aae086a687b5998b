package dev.vectorhub.engine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class TurnsTest {
    private static final long FOUR_MILLIS = 4_000_000;

    @BeforeAll
    static void linuxKnowsLengthsOfTurns() {
        String[] version = System.getProperty("os.version").split("[.-]");
        int major = Integer.parseInt(version[0]);
        assumeTrue(major > 6 || (major == 6 && Integer.parseInt(version[1]) >= 12));
    }

    @Test
    void aThreadTakesLongTurnsUntilItTakesTheUsualOnes() throws Exception {
        var turns = new CompletableFuture<long[]>();

        Thread.ofPlatform()
                .start(() -> {
                    long before = turnNanos();
                    Turns.lengthen();
                    Turns.lengthen();
                    long lengthened = turnNanos();
                    Turns.usual();
                    turns.complete(new long[] {before, lengthened, turnNanos()});
                })
                .join();

        long[] seen = turns.join();
        assertTrue(seen[0] < FOUR_MILLIS);
        assertEquals(FOUR_MILLIS, seen[1]);
        assertEquals(seen[0], seen[2]);
    }

    @Test
    void theCarrierOfAVirtualThreadStaysAsItIs() throws Exception {
        var lengthened = new CompletableFuture<Boolean>();

        Thread.ofVirtual()
                .start(() -> {
                    Turns.lengthen();
                    lengthened.complete(turnNanos() == FOUR_MILLIS);
                })
                .join();

        assertFalse(lengthened.join());
    }

    private static long turnNanos() {
        try (Arena arena = Arena.ofConfined()) {
            var attributes = SchedulingAttributes.allocate(arena);
            assertTrue(SchedulingAttributes.get(attributes));
            return SchedulingAttributes.turnNanos(attributes);
        }
    }
}
