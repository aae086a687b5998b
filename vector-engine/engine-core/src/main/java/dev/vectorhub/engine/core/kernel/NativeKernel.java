package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Probes in C, floats by another kernel: a native call pays off for batches of codes, not for one row of floats, which waits for
 * memory whoever computes.
 */
final class NativeKernel implements Kernel {
    private final Kernel floats;

    NativeKernel(Kernel floats) {
        this.floats = floats;
    }

    @Override
    public String name() {
        return floats.name() + "+vnni";
    }

    @Override
    public float dot(float[] query, MemorySegment rows, long offset) {
        return floats.dot(query, rows, offset);
    }

    @Override
    public float squaredL2(float[] query, MemorySegment rows, long offset) {
        return floats.squaredL2(query, rows, offset);
    }

    @Override
    public float l1(float[] query, MemorySegment rows, long offset) {
        return floats.l1(query, rows, offset);
    }

    @Override
    public RowKernel halves() {
        return floats.halves();
    }

    @Override
    public ByteKernel bytes() {
        return floats.bytes();
    }

    @Override
    public MatrixKernel matrix() {
        return floats.matrix();
    }

    @Override
    public boolean isNative() {
        return true;
    }

    @Override
    public Int8Probe probe() {
        return new NativeProbe();
    }
}
