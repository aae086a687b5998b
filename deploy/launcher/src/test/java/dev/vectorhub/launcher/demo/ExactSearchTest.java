package dev.vectorhub.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The yardstick of recall is checked against a plain sort in double precision. */
class ExactSearchTest {
    @Test
    void findsWhatASortFinds() {
        Random random = new Random(7);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(vector(random));
        }
        ExactSearch search = new ExactSearch(rows);
        for (int round = 0; round < 20; round++) {
            float[] query = vector(random);
            int[] expected = IntStream.range(0, rows.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> -cosine(query, rows.get(row))))
                    .limit(10)
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertArrayEquals(expected, search.nearest(query, 10));
        }
    }

    @Test
    void fewerRowsThanAskedForAreAllReturned() {
        ExactSearch search = new ExactSearch(List.of(new float[] {1, 0}, new float[] {0, 1}));
        assertArrayEquals(new int[] {1, 0}, search.nearest(new float[] {0.1f, 1}, 10));
    }

    private static float[] vector(Random random) {
        float[] vector = new float[24];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }
}
