package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@link ScalarKernel} over rows of unsigned bytes. Sums are of binary64: those of whole numbers are exact. */
final class ScalarBytes implements ByteKernel {
    static float component(MemorySegment rows, long offset, int i) {
        return rows.get(ValueLayout.JAVA_BYTE, offset + i) & 0xFF;
    }

    @Override
    public float dot(float[] query, MemorySegment rows, long offset) {
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += (double) query[i] * component(rows, offset, i);
        }
        return (float) sum;
    }

    @Override
    public float squaredL2(float[] query, MemorySegment rows, long offset) {
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
            double difference = (double) query[i] - component(rows, offset, i);
            sum += difference * difference;
        }
        return (float) sum;
    }

    @Override
    public float l1(float[] query, MemorySegment rows, long offset) {
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += Math.abs((double) query[i] - component(rows, offset, i));
        }
        return (float) sum;
    }

    @Override
    public float cosine(float[] query, MemorySegment rows, long offset) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < query.length; i++) {
            double component = component(rows, offset, i);
            sum += query[i] * component;
            squares += component * component;
        }
        return squares == 0 ? 0 : (float) (sum / Math.sqrt(squares));
    }
}
