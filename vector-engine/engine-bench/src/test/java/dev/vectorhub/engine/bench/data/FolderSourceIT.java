package dev.vectorhub.engine.bench.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody's own vectors: both forms, and exact answers that a plain search confirms. */
class FolderSourceIT {
    private static final int DIMENSIONS = 7;
    private static final int BASE = 1500;

    @TempDir
    private Path folder = Path.of("");

    private final float[][] base = random(BASE, 1);
    private final float[][] queries = random(DataSet.QUERIES, 2);
    private final Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()));

    private static float[][] random(int rows, int seed) {
        Random random = new Random(seed);
        float[][] vectors = new float[rows][DIMENSIONS];
        for (float[] vector : vectors) {
            for (int d = 0; d < DIMENSIONS; d++) {
                vector[d] = random.nextFloat() - 0.5f;
            }
        }
        return vectors;
    }

    private static byte[] bytes(float[][] vectors, boolean lengths) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (float[] vector : vectors) {
            ByteBuffer row = ByteBuffer.allocate(4 + 4 * DIMENSIONS).order(ByteOrder.LITTLE_ENDIAN);
            row.putInt(DIMENSIONS);
            for (float component : vector) {
                row.putFloat(component);
            }
            out.write(lengths ? row.array() : Arrays.copyOfRange(row.array(), 4, row.capacity()));
        }
        return out.toByteArray();
    }

    private static byte[] npy(float[][] vectors) throws IOException {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (" + vectors.length + ", " + DIMENSIONS + "), }";
        header += " ".repeat(117 - header.length()) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(bytes(vectors, false));
        return out.toByteArray();
    }

    private DataSet open(String suffix) {
        return new DataSets(folder.resolve("cache"), silent).open(folder + suffix, Integer.MAX_VALUE);
    }

    @Test
    void bothFormsGiveTheSameVectors() throws IOException {
        Files.write(folder.resolve("my_base.fvecs"), bytes(base, true));
        Files.write(folder.resolve("my_query.fvecs"), bytes(queries, true));
        DataSet fvecs = open("");
        assertEquals(BASE, fvecs.base());
        assertArrayEquals(base[BASE - 1], fvecs.vectors().base(BASE - 1));
        assertArrayEquals(queries[3], fvecs.vectors().query(3));
        Files.delete(folder.resolve("my_base.fvecs"));
        Files.delete(folder.resolve("my_query.fvecs"));
        Files.write(folder.resolve("base.npy"), npy(base));
        Files.write(folder.resolve("queries.npy"), npy(queries));
        DataSet npy = open(":dot");
        assertEquals(Metric.DOT, npy.metric());
        assertArrayEquals(base[BASE - 1], npy.vectors().base(BASE - 1));
    }

    @Test
    void theExactAnswersAreThoseOfAPlainSearch() throws IOException {
        Files.write(folder.resolve("base.npy"), npy(base));
        Files.write(folder.resolve("queries.npy"), npy(queries));
        for (String metric : new String[] {":l2", ":dot"}) {
            DataSet set = open(metric);
            Truth truth = Truth.of(set, silent);
            Truth again = Truth.cached(set);
            Truth odd = Truth.compute(set, 300, row -> row % 2 == 1);
            for (int q = 0; q < 300; q += 37) {
                assertArrayEquals(plain(set, q, false), truth.nearest(q));
                assertArrayEquals(truth.nearest(q), again.nearest(q));
                assertArrayEquals(plain(set, q, true), odd.nearest(q));
            }
            assertEquals(1, truth.recall(5, truth.nearest(5)));
            assertEquals(0.1, truth.recall(5, new int[] {truth.nearest(5)[9], -1, -1, -1, -1, -1, -1, -1, -1, -1}));
        }
    }

    private int[] plain(DataSet set, int query, boolean odd) {
        return java.util.stream.IntStream.range(0, BASE)
                .filter(row -> !odd || row % 2 == 1)
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(row -> distance(set.metric(), queries[query], base[row])))
                .limit(Truth.K)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double distance(Metric metric, float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            double difference = (double) a[d] - b[d];
            sum += metric == Metric.L2 ? difference * difference : -(double) a[d] * b[d];
        }
        return sum;
    }

    @Test
    void filesThatAreNotWhatTheySayAreRefused() throws IOException {
        Files.write(folder.resolve("base.npy"), Arrays.copyOf(npy(base), 5000));
        Files.write(folder.resolve("queries.npy"), npy(queries));
        Failure shorter = assertThrows(Failure.class, () -> open(""));
        assertTrue(shorter.toString().contains("base.npy"), shorter.getMessage());
        Failure missing = assertThrows(Failure.class, () -> open("/nowhere"));
        assertTrue(missing.toString().contains("fashion"), missing.getMessage());
    }
}
