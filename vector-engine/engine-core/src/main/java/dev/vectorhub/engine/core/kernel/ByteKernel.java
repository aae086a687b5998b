package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Over rows of unsigned bytes. Sums are exact where the query's components are whole numbers 0 to 255, up to some thousand
 * components.
 */
public interface ByteKernel extends RowKernel {
    /** Sum of products, divided by the length of the row; 0 for a row of zeros. */
    float cosine(float[] query, MemorySegment rows, long offset);

    /** Compares rows as if they had length one. */
    default RowKernel unit() {
        return new UnitBytes(this);
    }
}
