package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How long the turns are that a thread asks the processor for. Since Linux 6.12, who wakes up takes the processor at once from
 * one that asked for longer turns, and otherwise waits for the end of a turn, or of several. Nobody's share changes by it.
 * Elsewhere, and on virtual threads, nothing happens.
 */
public final class Turns {
    /** Longer than Linux's own, of 0.7 to 2.8 ms; and short, as two such threads wait that long for each other. */
    private static final long LONG_NANOS = 4_000_000;

    private static final long USUAL_NANOS = 0;

    private static final ThreadLocal<Turns> OF_THREAD = ThreadLocal.withInitial(Turns::new);

    private final MemorySegment attributes = SchedulingAttributes.allocate(Arena.ofAuto());
    private final boolean known = SchedulingAttributes.get(attributes);
    private boolean lengthened;

    private Turns() {}

    /** This thread takes long turns, until {@link #usual}: others than it are waited for. */
    public static void lengthen() {
        change(true);
    }

    /** Undoes {@link #lengthen}; costs next to nothing where there was none. */
    public static void usual() {
        change(false);
    }

    private static void change(boolean lengthen) {
        if (Thread.currentThread().isVirtual()) {
            return;
        }
        Turns turns = OF_THREAD.get();
        if (turns.known && turns.lengthened != lengthen) {
            turns.lengthened = lengthen;
            SchedulingAttributes.setTurn(turns.attributes, lengthen ? LONG_NANOS : USUAL_NANOS);
        }
    }
}
