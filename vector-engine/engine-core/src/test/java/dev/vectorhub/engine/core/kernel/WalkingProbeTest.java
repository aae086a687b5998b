package dev.vectorhub.engine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks over bits, product codes and vectors find and compare the same in C and in Java. */
class WalkingProbeTest {
    private static final int ROWS = 60;
    private static final int LINKS = 16;

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void close() {
        arena.close();
    }

    private CodeRows rows(RowCode code, float[][] vectors) {
        long stride = CodeRows.stride(code.bytes(), LINKS);
        // rows full of noise: what lies behind the codes must not count
        CodeRows rows = new CodeRows(arena.allocate(ROWS * stride, 64).fill((byte) 0xA5), ROWS, code.bytes(), stride);
        for (int row = 0; row < ROWS; row++) {
            code.write(vectors[row], rows, row);
            rows.setOrdinal(row, ROWS - 1 - row);
            rows.setLinks(row, LINKS);
            for (int i = 0; i < LINKS; i++) {
                rows.setLink(row, i, (row * 7 + i * 3) % ROWS);
            }
        }
        return rows;
    }

    private static float[][] vectors(int dimensions) {
        Random random = new Random(dimensions);
        float[][] vectors = new float[ROWS + 1][dimensions];
        for (float[] vector : vectors) {
            for (int i = 0; i < dimensions; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
        return vectors;
    }

    private static void compare(Probe expected, Probe actual, float[] query, float tolerance) {
        for (Probe probe : new Probe[] {expected, actual}) {
            probe.aim(query);
            probe.beginWalk();
        }
        for (int row = 0; row < ROWS; row++) {
            same(expected.distanceTo(row), actual.distanceTo(row), tolerance);
        }
        for (int vertex : new int[] {3, 4, 3, 20}) {
            int count = expected.expand(vertex, Float.POSITIVE_INFINITY);
            assertEquals(count, actual.expand(vertex, Float.POSITIVE_INFINITY));
            for (int i = 0; i < count; i++) {
                assertEquals(expected.id(i), actual.id(i));
                same(expected.distance(i), actual.distance(i), tolerance);
            }
        }
        assertEquals(expected.takeComputed(), actual.takeComputed());
    }

    private static void same(float expected, float actual, float tolerance) {
        assertEquals(expected, actual, tolerance * (1 + Math.abs(expected)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 63, 64, 65, 100, 207, 384})
    void bothWaysAgree(int dimensions) {
        assumeTrue(Kernels.best().isNative(), "this machine has no native kernel");
        float[][] vectors = vectors(dimensions);
        float[] query = vectors[ROWS];
        BitCode bits = new BitCode(new float[dimensions], arena);
        CodeRows bitRows = rows(bits, vectors);
        ProductCode product = ProductCode.learn(vectors, 8, arena, () -> false);
        CodeRows productRows = rows(product, vectors);
        MemorySegment raw = arena.allocate(ROWS * 4L * dimensions, 64);
        for (int row = 0; row < ROWS; row++) {
            MemorySegment.copy(vectors[row], 0, raw, CodeRows.FLOAT, 4L * dimensions * row, dimensions);
        }
        for (Metric metric : Metric.values()) {
            ProductProbe[] products = {new ProductProbe(false), new ProductProbe(true)};
            RawProbe[] raws = {new RawProbe(new ScalarKernel(), false), new RawProbe(new ScalarKernel(), true)};
            for (int i = 0; i < 2; i++) {
                products[i].over(productRows, product.book(), metric, LINKS);
                raws[i].over(productRows, new ScalarKernel(), raw, 4L * dimensions, metric, LINKS);
            }
            compare(products[0], products[1], query, 1e-5f * dimensions);
            compare(raws[0], raws[1], query, 0);
            if (metric != Metric.L1) {
                BitProbe[] both = {new BitProbe(false), new BitProbe(true)};
                for (BitProbe probe : both) {
                    probe.over(bitRows, bits.book(), metric, LINKS);
                }
                compare(both[0], both[1], query, 0);
            }
        }
    }
}
