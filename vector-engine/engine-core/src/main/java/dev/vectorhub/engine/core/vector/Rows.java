package dev.vectorhub.engine.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Rows of {@code dimensions} binary32 components in chunks of native memory, each row padded to {@link #stride(int)}.
 * Rows do not change once they can be seen.
 */
public final class Rows {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    /** One chunk holds every row. */
    public static final int SINGLE_CHUNK = 31;

    private final MemorySegment[] chunks;
    private final int shift;
    private final int mask;
    private final long stride;
    private final int dimensions;

    /** @param shift a chunk holds {@code 1 << shift} rows; {@link #SINGLE_CHUNK} if there is one only */
    public Rows(MemorySegment[] chunks, int shift, int dimensions) {
        this.chunks = chunks;
        this.shift = shift;
        this.mask = (int) ((1L << shift) - 1);
        this.dimensions = dimensions;
        this.stride = stride(dimensions);
    }

    /** Bytes from row to row: a multiple of the cache line, but of 16 for rows shorter than four lines. */
    public static long stride(int dimensions) {
        int unit = dimensions >= 64 ? 64 : 16;
        return (4L * dimensions + unit - 1) / unit * unit;
    }

    public int dimensions() {
        return dimensions;
    }

    public MemorySegment chunk(int row) {
        return chunks[row >>> shift];
    }

    public long offset(int row) {
        return (row & mask) * stride;
    }

    public void copyTo(int row, float[] out) {
        MemorySegment.copy(chunk(row), FLOAT, offset(row), out, 0, dimensions);
    }

    public static void write(float[] components, MemorySegment chunk, long offset) {
        MemorySegment.copy(components, 0, chunk, FLOAT, offset, components.length);
    }
}
