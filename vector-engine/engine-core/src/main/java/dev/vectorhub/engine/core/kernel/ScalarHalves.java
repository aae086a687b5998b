package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@link ScalarKernel} over rows of binary16 components. */
final class ScalarHalves implements RowKernel {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static float component(MemorySegment rows, long offset, int i) {
        return Float.float16ToFloat(rows.get(SHORT, offset + 2L * i));
    }

    @Override
    public float dot(float[] query, MemorySegment rows, long offset) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum = Math.fma(query[i], component(rows, offset, i), sum);
        }
        return sum;
    }

    @Override
    public float squaredL2(float[] query, MemorySegment rows, long offset) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            float difference = query[i] - component(rows, offset, i);
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
    }

    @Override
    public float l1(float[] query, MemorySegment rows, long offset) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += Math.abs(query[i] - component(rows, offset, i));
        }
        return sum;
    }
}
