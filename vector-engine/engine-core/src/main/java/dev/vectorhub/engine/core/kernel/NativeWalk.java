package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A probe's state as {@code kernel.c} declares it: one address hands all of it over. The rows have to stay mapped and their links
 * to be sound while the probe is over them.
 */
final class NativeWalk {
    private static final int ROWS = 0;
    private static final int SEEN = 24;
    private static final int IDS = 32;
    private static final int DISTANCES = 40;
    private static final int STRIDE = 48;
    private static final int LENGTH = 56;
    private static final int TAIL = 64;
    private static final int STAMP = 80;
    static final int BYTES = 88;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    final MemorySegment state;
    final long address;
    private int first;
    private int lines;

    /** @param state of {@link #BYTES}, zeroed */
    NativeWalk(MemorySegment state) {
        this.state = state;
        this.address = state.address();
    }

    void moved(Probe probe) {
        state.set(LONG, SEEN, probe.seen.address());
        state.set(LONG, IDS, probe.ids.address());
        state.set(LONG, DISTANCES, probe.distances.address());
    }

    void stamped(int stamp) {
        state.set(INT, STAMP, stamp);
    }

    /** @param codes whether these are compared: else only the numbers behind them are fetched */
    void over(CodeRows rows, boolean codes) {
        state.set(LONG, ROWS, rows.memory.address());
        state.set(LONG, STRIDE, rows.stride);
        state.set(INT, LENGTH, rows.length);
        state.set(INT, TAIL, rows.tail);
        first = codes ? 0 : rows.tail;
        lines = codes ? rows.tail / CodeRows.LINE_BYTES + 1 : 1;
    }

    /** See {@link Probe#meet}. */
    int meet(int vertex) {
        return NativeCode.meet(address, vertex, first, lines);
    }

    /** As {@code kernel.c} declares it. */
    static int code(Metric metric) {
        return switch (metric) {
            case DOT -> 0;
            case SQUARED_L2 -> 1;
            case L1 -> 2;
        };
    }
}
