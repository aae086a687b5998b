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
    private static final long TENTH_OF_A_MILLI = 100_000;
    private static final long FOUR_MILLIS = 4_000_000;

    @BeforeAll
    static void linuxKnowsLengthsOfTurns() {
        String[] version = System.getProperty("os.version").split("[.-]");
        int major = Integer.parseInt(version[0]);
        assumeTrue(major > 6 || (major == 6 && Integer.parseInt(version[1]) >= 12));
    }

    @Test
    void aThreadTakesTheTurnsThatItAskedForLast() throws Exception {
        var turns = new CompletableFuture<long[]>();

        Thread.ofPlatform()
                .start(() -> {
                    long before = turnNanos();
                    Turns.shorten();
                    long shortened = turnNanos();
                    Turns.lengthen();
                    Turns.lengthen();
                    long lengthened = turnNanos();
                    Turns.shorten();
                    turns.complete(new long[] {before, shortened, lengthened, turnNanos()});
                })
                .join();

        long[] seen = turns.join();
        assertTrue(seen[0] > TENTH_OF_A_MILLI && seen[0] < FOUR_MILLIS);
        assertEquals(TENTH_OF_A_MILLI, seen[1]);
        assertEquals(FOUR_MILLIS, seen[2]);
        assertEquals(TENTH_OF_A_MILLI, seen[3]);
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
