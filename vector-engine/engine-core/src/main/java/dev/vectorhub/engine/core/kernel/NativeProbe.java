package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The twin of {@link ScalarProbe} in C. Its state lies in native memory, as {@code kernel.c} declares it, so that a call hands
 * over one address. The rows have to stay mapped and their links to be sound while the probe is over them.
 */
final class NativeProbe extends Int8Probe {
    private static final int ROWS = 0;
    private static final int CODES = 8;
    private static final int FLOATS = 16;
    private static final int SEEN = 24;
    private static final int IDS = 32;
    private static final int DISTANCES = 40;
    private static final int STRIDE = 48;
    private static final int LENGTH = 56;
    private static final int PADDED = 60;
    private static final int TAIL = 64;
    private static final int METRIC = 68;
    private static final int STAMP = 80;
    private static final int COMPUTED = 84;
    private static final int BYTES = 88;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final MemorySegment state = allocate(BYTES);
    private final long address = state.address();
    private MemorySegment codes = MemorySegment.NULL;
    private MemorySegment floats = MemorySegment.NULL;

    @Override
    void moved() {
        state.set(LONG, SEEN, seen.address());
        state.set(LONG, IDS, ids.address());
        state.set(LONG, DISTANCES, distances.address());
    }

    @Override
    void stamped() {
        state.set(INT, STAMP, stamp);
    }

    @Override
    void attached(CodeRows newRows) {
        int padded = (newRows.length + CodeRows.LINE_BYTES - 1) & -CodeRows.LINE_BYTES;
        if (codes.byteSize() < padded) {
            codes = allocate(padded);
            floats = allocate(4L * padded);
            state.set(LONG, CODES, codes.address());
            state.set(LONG, FLOATS, floats.address());
        }
        state.set(LONG, ROWS, newRows.memory.address());
        state.set(LONG, STRIDE, newRows.stride);
        state.set(INT, LENGTH, newRows.length);
        state.set(INT, PADDED, padded);
        state.set(INT, TAIL, newRows.tail);
        state.set(INT, METRIC, code(metric));
    }

    /** As {@code kernel.c} declares it. */
    private static int code(Metric metric) {
        return switch (metric) {
            case DOT -> 0;
            case SQUARED_L2 -> 1;
            case L1 -> 2;
        };
    }

    @Override
    void load(CodeRows from, int row) {
        if (from == rows()) {
            NativeCode.aim(address, row);
            return;
        }
        long own = state.get(LONG, ROWS);
        state.set(LONG, ROWS, from.memory.address());
        NativeCode.aim(address, 0);
        state.set(LONG, ROWS, own);
    }

    @Override
    void computeDistances(int count) {
        NativeCode.distances(address, count);
    }

    @Override
    void computeRange(int from, int count) {
        NativeCode.range(address, from, count);
    }

    @Override
    public boolean apart(int count, float bound) {
        return NativeCode.apart(address, count, bound);
    }

    @Override
    float one(int row) {
        setId(0, row);
        NativeCode.distances(address, 1);
        return distance(0);
    }

    @Override
    public int expand(int vertex, float bound) {
        int kept = NativeCode.expand(address, vertex, bound);
        count(state.get(INT, COMPUTED));
        return kept;
    }
}
