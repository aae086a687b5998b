package dev.vectorhub.engine.core.vector;

import java.lang.foreign.MemorySegment;

/**
 * Rows of {@code dimensions} components in chunks of native memory, each row padded to {@link RowForm#stride}.
 * Rows do not change once they can be seen.
 */
public final class Rows {
    /** One chunk holds every row. */
    public static final int SINGLE_CHUNK = 31;

    private final MemorySegment[] chunks;
    private final int shift;
    private final int mask;
    private final RowForm form;
    private final long stride;
    private final int dimensions;

    /** @param shift a chunk holds {@code 1 << shift} rows; {@link #SINGLE_CHUNK} if there is one only */
    public Rows(MemorySegment[] chunks, int shift, RowForm form, int dimensions) {
        this.chunks = chunks;
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
