package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The twin of {@link ScalarProbe} in C. */
final class NativeProbe extends Int8Probe {
    private static final int ROWS = 0;
    private static final int CODES = 8;
    private static final int FLOATS = 16;
    private static final int PADDED = 60;
    private static final int METRIC = 68;
    private static final int COMPUTED = 84;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final NativeWalk walk = new NativeWalk(allocate(NativeWalk.BYTES));
    private final MemorySegment state = walk.state;
    private final long address = walk.address;
    private MemorySegment codes = MemorySegment.NULL;
    private MemorySegment floats = MemorySegment.NULL;

    @Override
    void moved() {
        walk.moved(this);
    }

    @Override
    void stamped() {
        walk.stamped(stamp);
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
        walk.over(newRows, true);
        state.set(INT, PADDED, padded);
        state.set(INT, METRIC, NativeWalk.code(metric));
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
