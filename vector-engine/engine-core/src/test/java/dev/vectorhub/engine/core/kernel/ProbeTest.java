package dev.vectorhub.engine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel's probe does what the scalar one does. */
class ProbeTest {
    private static final int ROWS = 23;
    private static final int LINKS = 11;

    private final Arena arena = Arena.ofAuto();

    /** The others: the native one where this machine has it. */
    private static List<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>(List.of(Kernels.choose("vector", true)));
        if (Kernels.best() instanceof NativeKernel) {
            kernels.add(Kernels.best());
        }
        return kernels;
    }

    private CodeRows rows(int dimensions, Metric metric, Random random, boolean extreme) {
        long stride = CodeRows.stride(dimensions, LINKS);
        // rows full of noise: what lies behind the codes must not count
        MemorySegment memory = arena.allocate(ROWS * stride, 64).fill((byte) 0xA5);
        CodeRows rows = new CodeRows(memory, ROWS, dimensions, stride);
        for (int row = 0; row < ROWS; row++) {
            Int8.write(vector(dimensions, random, extreme), metric, rows, row);
            rows.setOrdinal(row, row);
            rows.setLinks(row, LINKS);
            for (int i = 0; i < LINKS; i++) {
                rows.setLink(row, i, (row * 7 + i * 3) % ROWS);
            }
        }
        return rows;
    }

    private static float[] vector(int dimensions, Random random, boolean extreme) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            // extreme: every code is ±127, or the same everywhere
            vector[i] = extreme ? (random.nextBoolean() ? 127 : -127) : (float) random.nextGaussian();
        }
        if (extreme && random.nextBoolean()) {
            Arrays.fill(vector, random.nextBoolean() ? 127 : -127);
        }
        return vector;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 63, 64, 65, 100, 128, 207, 384, 4098})
    void everyKernelAgreesWithTheScalarOne(int dimensions) {
        for (Metric metric : Metric.values()) {
            for (boolean extreme : new boolean[] {false, true}) {
                Random random = new Random(dimensions);
                CodeRows rows = rows(dimensions, metric, random, extreme);
                float[] query = vector(dimensions, random, extreme);
                for (Kernel kernel : kernels()) {
                    compare(new ScalarKernel().probe(), kernel.probe(), rows, metric, query);
                }
            }
        }
    }

    /** Sums of code products are integers, so that all kernels give the same bits; sums of floats are rounded. */
    private static void same(Metric metric, float expected, float actual) {
        assertEquals(expected, actual, metric == Metric.L1 ? 1e-4f * (1 + expected) : 0);
    }

    private static void compare(Int8Probe oracle, Int8Probe probe, CodeRows rows, Metric metric, float[] query) {
        for (Int8Probe each : List.of(oracle, probe)) {
            each.over(rows, metric, ROWS);
            each.aim(query);
            each.range(0, ROWS);
        }
        assertEquals(oracle.error(), probe.error());
        float[] distances = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            same(metric, oracle.distance(row), probe.distance(row));
            distances[row] = probe.distance(row);
        }
        for (int count = 0; count <= 9; count++) {
            for (int i = 0; i < count; i++) {
                probe.setId(i, ROWS - 1 - i);
            }
            probe.distances(count);
            for (int i = 0; i < count; i++) {
                same(metric, distances[ROWS - 1 - i], probe.distance(i));
            }
            float nearest = Float.POSITIVE_INFINITY;
            for (int i = 0; i < count; i++) {
                nearest = Math.min(nearest, probe.distance(i));
            }
            if (count > 0 && metric != Metric.L1) {
                assertTrue(probe.apart(count, nearest));
                assertTrue(!probe.apart(count, Math.nextUp(nearest)));
            }
        }
        oracle.aimAt(5);
        probe.aimAt(5);
        same(metric, oracle.distanceTo(9), probe.distanceTo(9));
        same(metric, oracle.distanceTo(5), probe.distanceTo(5));
        probe.aim(query);
        expand(oracle, probe, distances);
    }

    private static void expand(Int8Probe oracle, Int8Probe probe, float[] distances) {
        float[] sorted = distances.clone();
        Arrays.sort(sorted);
        float bound = sorted[ROWS / 2];
        for (int walk = 0; walk < 600; walk++) {
            // more walks than there are stamps
            oracle.beginWalk();
            probe.beginWalk();
        }
        oracle.aimAt(5);
        probe.aimAt(5);
        for (int vertex : new int[] {3, 4, 3, 20}) {
            int expected = oracle.expand(vertex, Float.POSITIVE_INFINITY);
            assertEquals(expected, probe.expand(vertex, Float.POSITIVE_INFINITY));
            for (int i = 0; i < expected; i++) {
                assertEquals(oracle.id(i), probe.id(i));
            }
        }
        assertEquals(0, probe.expand(3, Float.POSITIVE_INFINITY), "all seen");
        probe.beginWalk();
        int near = probe.expand(3, bound);
        for (int i = 0; i < near; i++) {
            assertTrue(probe.distance(i) <= bound);
        }
    }

    @Test
    void whatCannotBeEncodedIsZero() {
        CodeRows rows = rows(13, Metric.DOT, new Random(1), false);
        Int8.write(new float[13], Metric.DOT, rows, 0);
        float[] tiny = new float[13];
        Arrays.fill(tiny, Float.MIN_VALUE);
        Int8.write(tiny, Metric.DOT, rows, 1);
        for (Kernel kernel : kernels()) {
            Int8Probe probe = kernel.probe();
            probe.over(rows, Metric.DOT, 4);
            probe.aim(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
            assertEquals(0, Math.abs(probe.distanceTo(0)));
            assertEquals(0, Math.abs(probe.distanceTo(1)));
        }
    }

    @Test
    void queriesOfOtherSizesInTurnsTakeNoMoreMemory() {
        Set<Long> places = new HashSet<>();
        Int8Probe probe = new Int8Probe() {
            @Override
            void attached(CodeRows newRows) {}

            @Override
            void load(CodeRows from, int row) {
                places.add(from.memory.address());
            }

            @Override
            void computeRange(int from, int count) {}

            @Override
            void computeDistances(int count) {}

            @Override
            float one(int row) {
                return 0;
            }
        };
        int[] sizes = {384, 100, 1024};
        for (int i = 0; i < 100; i++) {
            int size = sizes[i % sizes.length];
            probe.over(rows(size, Metric.DOT, new Random(i), false), Metric.DOT, 4);
            probe.aim(new float[size]);
        }
        assertTrue(places.size() <= sizes.length, places.size() + " pieces of memory");
    }
}
