package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How long the turns are that a thread asks the processor for. Since Linux 6.12, who wakes up takes the processor at once from
 * one that asked for longer turns, and otherwise waits for the end of a turn, or of several. Nobody's share changes by it.
 * Elsewhere, and on virtual threads, nothing happens.
 */
public final class Turns {
    /** The shortest that there are: shorter than Linux's usual ones of 0.7 to 2.8 ms, which compilers and collectors have. */
    private static final long SHORT_NANOS = 100_000;

    /** Longer than the usual ones; and short, as two such threads wait that long for each other. */
    private static final long LONG_NANOS = 4_000_000;

    private static final ThreadLocal<Turns> OF_THREAD = ThreadLocal.withInitial(Turns::new);

    private final MemorySegment attributes = SchedulingAttributes.allocate(Arena.ofAuto());
    private final boolean known = SchedulingAttributes.get(attributes);
    private long nanos;

    private Turns() {}

    /**
     * From now on this thread takes short turns, and passes before others when it wakes up: for those that somebody waits for.
     * Costs next to nothing where it takes them already.
     */
    public static void shorten() {
        change(SHORT_NANOS);
    }

    /** From now on this thread takes long turns: others than it are waited for. */
    public static void lengthen() {
        change(LONG_NANOS);
    }

    private static void change(long nanos) {
        if (Thread.currentThread().isVirtual()) {
            return;
        }
        Turns turns = OF_THREAD.get();
        if (turns.known && turns.nanos != nanos) {
            turns.nanos = nanos;
            SchedulingAttributes.setTurn(turns.attributes, nanos);
        }
    }
}
