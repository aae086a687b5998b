package dev.vectorhub.engine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixKernelTest {
    private final MatrixKernel scalar = new ScalarKernel().matrix();
    private final MatrixKernel vector = Kernels.choose("vector", true).matrix();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 13, 15, 16, 17, 31, 64, 100, 128, 207, 4098})
    void theVectorKernelAgreesWithTheScalarOne(int size) {
        Random random = new Random(size);
        for (int count = 1; count <= 9; count++) {
            float[][] queries = new float[count][size];
            float[] row = new float[size];
            for (int i = 0; i < size; i++) {
                row[i] = (float) random.nextGaussian();
                for (float[] query : queries) {
                    query[i] = (float) random.nextGaussian();
                }
            }
            for (Metric metric : Metric.values()) {
                float[] expected = new float[count];
                float[] found = new float[count];
                scalar.distances(metric, queries, row, expected);
                vector.distances(metric, queries, row, found);
                for (int q = 0; q < count; q++) {
                    assertEquals(expected[q], found[q], 4e-6 * size + 1e-6, metric + " of query " + q);
                    float[] alone = new float[1];
                    vector.distances(metric, new float[][] {queries[q]}, row, alone);
                    assertEquals(alone[0], found[q], "whatever its place");
                }
            }
        }
    }
}
