package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Product quantisation (Jégou, Douze, Schmid 2011): components are cut into as many stretches as a code has bytes, and each
 * stretch is the nearest of 256 centroids, found by k-means over a sample. The book holds, for each component, its values in the
 * 256 centroids of its stretch, binary32: what a distance table needs lies side by side. A row's numbers are zero.
 */
public final class ProductCode implements RowCode {
    static final int CENTROIDS = 256;
    private static final int ROUNDS = 6;

    private final int bytes;
    private final float[][] book;
    private final MemorySegment memory;
    private final float[] scores = new float[CENTROIDS];

    private ProductCode(int bytes, float[][] book, Arena arena) {
        this.bytes = bytes;
        this.book = book;
        this.memory = arena.allocate(4L * CENTROIDS * book.length);
        for (int i = 0; i < book.length; i++) {
            MemorySegment.copy(book[i], 0, memory, CodeRows.FLOAT, 4L * CENTROIDS * i, CENTROIDS);
        }
    }

    /** Bytes of a code; a stretch has one component at least. */
    public static int bytes(int dimensions, int compression) {
        return Math.max(1, Math.min(dimensions, 4 * dimensions / compression));
    }

    /** The first component of a stretch. */
    static int begin(int stretch, int bytes, int dimensions) {
        return (int) ((long) stretch * dimensions / bytes);
    }

    /** Whether code and book of a file fit the dimensions. */
    public static boolean fits(int codeBytes, long bookBytes, int dimensions) {
        return codeBytes >= 1 && codeBytes <= dimensions && bookBytes == 4L * CENTROIDS * dimensions;
    }

    /**
     * Learns the centroids.
     *
     * @param sample vectors, at least one
     * @param cancelled true ends the learning early, with a worse book
     */
    public static ProductCode learn(float[][] sample, int compression, Arena arena, BooleanSupplier cancelled) {
        int dimensions = sample[0].length;
        int bytes = bytes(dimensions, compression);
        float[][] book = new float[dimensions][CENTROIDS];
        Random random = new Random(dimensions);
        for (int c = 0; c < CENTROIDS; c++) {
            float[] start = sample[c < sample.length ? c : random.nextInt(sample.length)];
            for (int i = 0; i < dimensions; i++) {
                book[i][c] = start[i];
            }
        }
        ProductCode code = new ProductCode(bytes, book, arena);
        for (int stretch = 0; stretch < bytes; stretch++) {
            for (int round = 0; round < ROUNDS && !cancelled.getAsBoolean(); round++) {
                code.improve(sample, stretch, random);
            }
        }
        return new ProductCode(bytes, book, arena);
    }

    private void improve(float[][] sample, int stretch, Random random) {
        int begin = begin(stretch, bytes, book.length);
        int end = begin(stretch + 1, bytes, book.length);
        double[][] sums = new double[end - begin][CENTROIDS];
        int[] counts = new int[CENTROIDS];
        for (float[] vector : sample) {
            int nearest = nearest(vector, begin, end);
            counts[nearest]++;
            for (int i = begin; i < end; i++) {
                sums[i - begin][nearest] += vector[i];
            }
        }
        for (int c = 0; c < CENTROIDS; c++) {
            float[] other = sample[random.nextInt(sample.length)];
            for (int i = begin; i < end; i++) {
                // a centroid that nothing is near to begins anew
                book[i][c] = counts[c] == 0 ? other[i] : (float) (sums[i - begin][c] / counts[c]);
            }
        }
    }

    private int nearest(float[] vector, int begin, int end) {
        Arrays.fill(scores, 0);
        for (int i = begin; i < end; i++) {
            float[] values = book[i];
            float component = vector[i];
            for (int c = 0; c < CENTROIDS; c++) {
                float difference = component - values[c];
                scores[c] += difference * difference;
            }
        }
        int nearest = 0;
        for (int c = 1; c < CENTROIDS; c++) {
            nearest = scores[c] < scores[nearest] ? c : nearest;
        }
        return nearest;
    }

    @Override
    public int kind() {
        return PRODUCT;
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public MemorySegment book() {
        return memory;
    }

    @Override
    public void write(float[] vector, CodeRows rows, int row) {
        for (int stretch = 0; stretch < bytes; stretch++) {
            int begin = begin(stretch, bytes, book.length);
            int end = begin(stretch + 1, bytes, book.length);
            rows.memory.set(ValueLayout.JAVA_BYTE, rows.at(row) + stretch, (byte) nearest(vector, begin, end));
        }
    }
}
