package dev.vectorhub.engine.core.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Rows of {@code dimensions} components in chunks of native memory, each row padded to {@link RowForm#stride}.
 * Rows do not change once they can be seen.
 */
public final class Rows {
    /** One chunk holds every row. */
    public static final int SINGLE_CHUNK = 31;

    /** Fetches rows that lie in a file, so that they need not be in this process's memory. */
    public interface Store {
        /** As {@link Rows#fetch}. */
        boolean fetch(long offset, MemorySegment into, long bytes);

        /** Told that nobody is about to read all rows. */
        void unload();
    }

    private static final Store MEMORY = new Store() {
        @Override
        public boolean fetch(long offset, MemorySegment into, long bytes) {
            return false;
        }

        @Override
        public void unload() {}
    };

    private final MemorySegment[] chunks;
    private final Store store;
    private final int shift;
    private final int mask;
    private final RowForm form;
    private final long stride;
    private final int dimensions;

    /** @param shift a chunk holds {@code 1 << shift} rows; {@link #SINGLE_CHUNK} if there is one only */
    public Rows(MemorySegment[] chunks, int shift, RowForm form, int dimensions) {
        this(chunks, shift, form, dimensions, MEMORY);
    }

    /** One mapped chunk, whose rows are read one by one from its store. */
    public Rows(MemorySegment mapped, RowForm form, int dimensions, Store store) {
        this(new MemorySegment[] {mapped}, SINGLE_CHUNK, form, dimensions, store);
    }

    private Rows(MemorySegment[] chunks, int shift, RowForm form, int dimensions, Store store) {
        this.chunks = chunks;
        this.store = store;
        this.shift = shift;
        this.mask = (int) ((1L << shift) - 1);
        this.form = form;
        this.dimensions = dimensions;
        this.stride = form.stride(dimensions);
    }

    public RowForm form() {
        return form;
    }

    public int dimensions() {
        return dimensions;
    }

    /** Bytes from row to row. */
    public long stride() {
        return stride;
    }

    public MemorySegment chunk(int row) {
        return chunks[row >>> shift];
    }

    public long offset(int row) {
        return (row & mask) * stride;
    }

    /**
     * Copies one row of a large file without mapping it in.
     *
     * @param into as long as a row
     * @return false where the row is to be read in its place
     */
    public boolean fetch(int row, MemorySegment into) {
        return store.fetch(offset(row), into, stride);
    }

    /** Has memory let go what a reader of many rows brought in, where that can be had again. */
    public void unload() {
        store.unload();
    }

    /** As {@link #copyTo}, for one row of few. */
    public void readTo(int row, float[] out) {
        if (store != MEMORY) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment bytes = arena.allocate(stride, Float.BYTES);
                if (fetch(row, bytes)) {
                    form.read(bytes, 0, out, dimensions);
                    return;
                }
            }
        }
        copyTo(row, out);
    }

    /** The vector as it was stored. */
    public void copyTo(int row, float[] out) {
        form.read(chunk(row), offset(row), out, dimensions);
    }

    /** The vector as it is compared. */
    public void copyCompared(int row, float[] out) {
        copyTo(row, out);
        form.toCompared(out);
    }

    /** Rows that follow each other, one after another as they were stored. */
    public float[] copy(int row, int count) {
        float[] out = new float[Math.multiplyExact(count, dimensions)];
        float[] one = new float[dimensions];
        for (int r = 0; r < count; r++) {
            copyTo(row + r, one);
            System.arraycopy(one, 0, out, r * dimensions, dimensions);
        }
        return out;
    }
}
