package dev.vectorhub.engine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {
    private final Kernel scalar = new ScalarKernel();
    private final Kernel vector = Kernels.choose("vector", true);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 13, 15, 16, 17, 31, 64, 100, 207, 384, 768, 4098})
    void vectorKernelAgreesWithTheScalarOne(int size) {
        Random random = new Random(size);
        for (float scale : new float[] {1, 1e-20f, 1e15f}) {
            for (long offset : new long[] {0, 4, 60}) {
                compare(random, size, scale, offset);
            }
        }
    }

    private void compare(Random random, int size, float scale, long offset) {
        float[] query = new float[size];
        float[] row = new float[size];
        double dot = 0;
        double dotMagnitude = 0;
        double l2 = 0;
        double l1 = 0;
        for (int i = 0; i < size; i++) {
            query[i] = (float) random.nextGaussian() * scale;
            row[i] = (float) random.nextGaussian() * scale;
            dot += (double) query[i] * row[i];
            dotMagnitude += Math.abs((double) query[i] * row[i]);
            double difference = (double) query[i] - row[i];
            l2 += difference * difference;
            l1 += Math.abs(difference);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(offset + 4L * size + 64, 64);
            MemorySegment.copy(row, 0, rows, ValueLayout.JAVA_FLOAT_UNALIGNED, offset, size);
            for (Kernel kernel : new Kernel[] {scalar, vector}) {
                double rounding = 2e-7 * Math.sqrt(size) + 1e-6;
                assertEquals(
                        dot,
                        kernel.dot(query, rows, offset),
                        dotMagnitude * rounding + Float.MIN_NORMAL,
                        kernel.name());
                assertEquals(
                        l2, kernel.squaredL2(query, rows, offset), l2 * rounding + Float.MIN_NORMAL, kernel.name());
                assertEquals(l1, kernel.l1(query, rows, offset), l1 * rounding, kernel.name());
            }
        }
    }

    @Test
    void bothOverflowToInfinityAlike() {
        float[] query = new float[13];
        Arrays.fill(query, Float.MAX_VALUE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(64, 64);
            for (int i = 0; i < 13; i++) {
                rows.setAtIndex(ValueLayout.JAVA_FLOAT, i, -Float.MAX_VALUE);
            }
            for (Kernel kernel : new Kernel[] {scalar, vector}) {
                assertEquals(Float.NEGATIVE_INFINITY, kernel.dot(query, rows, 0));
                assertEquals(Float.POSITIVE_INFINITY, kernel.squaredL2(query, rows, 0));
                assertEquals(Float.POSITIVE_INFINITY, kernel.l1(query, rows, 0));
            }
        }
    }

    /** Interpreted or compiled: a score must not depend on how often it was asked for. */
    @Test
    void aKernelGivesTheSameBitsHoweverOftenItRan() {
        Random random = new Random(8);
        float[] query = new float[207];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(832, 64);
            for (int i = 0; i < query.length; i++) {
                query[i] = (float) random.nextGaussian();
                rows.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
            }
            float dot = vector.dot(query, rows, 0);
            float l2 = vector.squaredL2(query, rows, 0);
            float l1 = vector.l1(query, rows, 0);
            for (int i = 0; i < 30_000; i++) {
                assertEquals(dot, vector.dot(query, rows, 0));
                assertEquals(l2, vector.squaredL2(query, rows, 0));
                assertEquals(l1, vector.l1(query, rows, 0));
            }
        }
    }

    @Test
    void withoutTheModuleTheScalarKernelIsChosen() {
        assertInstanceOf(ScalarKernel.class, Kernels.choose("vector", false));
        assertEquals("scalar", Kernels.choose("vector", false).name());
        assertTrue(Kernels.best().name().startsWith("vector-"), Kernels.best().name());
    }
}
