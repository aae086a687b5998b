package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Compares a query with one row of components, little-endian, in native memory. The length is the query's.
 *
 * <p>All rows that reach a kernel are native: heap segments would spoil the type profile of the inner loops.
 */
public interface RowKernel {
    /** Sum of products. */
    float dot(float[] query, MemorySegment rows, long offset);

    /** Sum of squared differences. */
    float squaredL2(float[] query, MemorySegment rows, long offset);

    /** Sum of absolute differences. */
    float l1(float[] query, MemorySegment rows, long offset);
}
