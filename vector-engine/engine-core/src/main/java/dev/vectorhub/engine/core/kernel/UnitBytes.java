package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;

/** Rows of bytes as if they had length one. Only cosine asks for them, hence they know sums of products only. */
record UnitBytes(ByteKernel bytes) implements RowKernel {
    @Override
    public float dot(float[] query, MemorySegment rows, long offset) {
        return bytes.cosine(query, rows, offset);
    }

    @Override
    public float squaredL2(float[] query, MemorySegment rows, long offset) {
        throw onlyProducts();
    }

    @Override
    public float l1(float[] query, MemorySegment rows, long offset) {
        throw onlyProducts();
    }

    private static IllegalStateException onlyProducts() {
        return new IllegalStateException("rows of length one are compared by cosine only");
    }
}
