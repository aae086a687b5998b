package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The oracle of the other kernels, and the fallback without the incubator module. */
public final class ScalarKernel implements Kernel {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MatrixKernel matrix = new ScalarMatrix();
    private final RowKernel halves = new ScalarHalves();
    private final ByteKernel bytes = new ScalarBytes();

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public float dot(float[] query, MemorySegment rows, long offset) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum = Math.fma(query[i], rows.get(FLOAT, offset + 4L * i), sum);
        }
        return sum;
    }

    @Override
    public float squaredL2(float[] query, MemorySegment rows, long offset) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            float difference = query[i] - rows.get(FLOAT, offset + 4L * i);
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
    }

    @Override
    public float l1(float[] query, MemorySegment rows, long offset) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += Math.abs(query[i] - rows.get(FLOAT, offset + 4L * i));
        }
        return sum;
    }

    @Override
    public RowKernel halves() {
        return halves;
    }

    @Override
    public ByteKernel bytes() {
        return bytes;
    }

    @Override
    public MatrixKernel matrix() {
        return matrix;
    }

    @Override
    public Int8Probe probe() {
        return new ScalarProbe();
    }
}
