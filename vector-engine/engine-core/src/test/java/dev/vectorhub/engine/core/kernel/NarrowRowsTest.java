package dev.vectorhub.engine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of binary16 and of bytes: what a kernel computes is what the numbers that the row stands for give. */
class NarrowRowsTest {
    private static final int OFFSET = 20;

    private final Kernel scalar = new ScalarKernel();
    private final Kernel vector = Kernels.choose("vector", true);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 64, 100, 207, 384, 768, 4098})
    void kernelsOverHalvesAgreeWithTheNumbers(int size) {
        Random random = new Random(size);
        for (float scale : new float[] {1, 1e-6f, 300}) {
            float[] query = new float[size];
            short[] halves = new short[size];
            float[] row = new float[size];
            for (int i = 0; i < size; i++) {
                query[i] = (float) random.nextGaussian() * scale;
                halves[i] = Float.floatToFloat16(i % 11 == 0 ? -0f : (float) random.nextGaussian() * scale);
                row[i] = Float.float16ToFloat(halves[i]);
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(OFFSET + 2L * size);
                MemorySegment.copy(halves, 0, memory, ValueLayout.JAVA_SHORT_UNALIGNED, OFFSET, size);
                compare(query, row, memory, Kernel::halves);
            }
        }
    }

    /** Every number that binary16 has, subnormal ones among them, but not infinities and NaN. */
    @Test
    void eachHalfIsReadAsItIs() {
        int lanes = 64;
        float[] query = new float[lanes];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(2L * lanes);
            for (int bits = 0; bits < 1 << 16; bits++) {
                float number = Float.float16ToFloat((short) bits);
                if (Float.isFinite(number)) {
                    int lane = bits % lanes;
                    query[lane] = 1;
                    memory.fill((byte) 0);
                    memory.set(ValueLayout.JAVA_SHORT, 2L * lane, (short) bits);
                    // a sum has no negative zero
                    assertEquals(number + 0f, vector.halves().dot(query, memory, 0));
                    query[lane] = 0;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 64, 100, 207, 384, 768, 4098})
    void kernelsOverBytesAgreeWithTheNumbers(int size) {
        Random random = new Random(size);
        for (boolean whole : new boolean[] {true, false}) {
            float[] query = new float[size];
            byte[] bytes = new byte[size];
            float[] row = new float[size];
            for (int i = 0; i < size; i++) {
                query[i] = whole ? random.nextInt(256) : (float) random.nextGaussian();
                row[i] = i % 5 == 0 ? 255 : random.nextInt(256);
                bytes[i] = (byte) row[i];
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(OFFSET + size);
                MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, OFFSET, size);
                compare(query, row, memory, Kernel::bytes);
                double squares = squares(row);
                for (Kernel kernel : new Kernel[] {scalar, vector}) {
                    assertEquals(
                            dot(query, row) / Math.sqrt(squares),
                            kernel.bytes().unit().dot(query, memory, OFFSET),
                            1e-5 * Math.sqrt(squares(query)),
                            kernel.name());
                }
                if (whole) {
                    assertEquals((float) dot(query, row), vector.bytes().dot(query, memory, OFFSET));
                    assertEquals(
                            scalar.bytes().dot(query, memory, OFFSET),
                            vector.bytes().dot(query, memory, OFFSET));
                }
            }
        }
    }

    @Test
    void aRowOfZerosIsLikeNothing() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(40);
            for (Kernel kernel : new Kernel[] {scalar, vector}) {
                assertEquals(0, kernel.bytes().cosine(new float[] {1, 2, 3}, memory, 0));
                assertEquals(0, kernel.bytes().cosine(new float[40], memory, 0));
            }
        }
    }

    private static double dot(float[] query, float[] row) {
        double dot = 0;
        for (int i = 0; i < row.length; i++) {
            dot += (double) query[i] * row[i];
        }
        return dot;
    }

    private static double squares(float[] vector) {
        return dot(vector, vector);
    }

    private void compare(float[] query, float[] row, MemorySegment memory, Function<Kernel, RowKernel> rows) {
        double magnitude = 0;
        double l2 = 0;
        double l1 = 0;
        for (int i = 0; i < row.length; i++) {
            double difference = (double) query[i] - row[i];
            magnitude += Math.abs((double) query[i] * row[i]);
            l2 += difference * difference;
            l1 += Math.abs(difference);
        }
        double rounding = 2e-7 * Math.sqrt(row.length) + 1e-6;
        for (Kernel kernel : new Kernel[] {scalar, vector}) {
            RowKernel over = rows.apply(kernel);
            assertEquals(dot(query, row), over.dot(query, memory, OFFSET), magnitude * rounding, kernel.name());
            assertEquals(l2, over.squaredL2(query, memory, OFFSET), l2 * rounding, kernel.name());
            assertEquals(l1, over.l1(query, memory, OFFSET), l1 * rounding, kernel.name());
        }
    }
}
