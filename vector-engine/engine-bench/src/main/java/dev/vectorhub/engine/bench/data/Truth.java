package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The exact nearest base rows of each query: {@link #K} a query, nearest first, equal ones by row; −1 where there are fewer. */
public final class Truth {
    public static final int K = 10;

    /** Queries that are compared together: their sums stay in the first cache, and the compiler makes SIMD of the loop. */
    private static final int BLOCK = 250;

    private final int[][] nearest;

    private Truth(int[][] nearest) {
        this.nearest = nearest;
    }

    /** From the cache, where {@link #of} has put it. */
    public static Truth cached(DataSet set) {
        Path file = file(set);
        try {
            Truth cached = read(file);
            if (cached == null) {
                throw new Failure(file + " is missing or damaged");
            }
            return cached;
        } catch (IOException e) {
            throw new Failure(file + ": " + e.getMessage(), e);
        }
    }

    private static Path file(DataSet set) {
        return set.rows().resolveSibling("truth-" + set.base() + ".i32");
    }

    /** From the cache, or computed and put there. */
    public static Truth of(DataSet set, Progress progress) {
        Path file = file(set);
        try {
            Truth cached = read(file);
            if (cached != null) {
                return cached;
            }
            progress.say("computing the exact answers of %s, %d rows", set.name(), set.base());
            Truth truth = compute(set, DataSet.QUERIES, row -> true);
            write(file, truth);
            return truth;
        } catch (IOException e) {
            throw new Failure(file + ": " + e.getMessage(), e);
        }
    }

    /** Over the base rows that {@code accepted} lets pass, for the first {@code queries} queries. */
    public static Truth compute(DataSet set, int queries, IntPredicate accepted) {
        DataSet.Vectors vectors = set.vectors();
        int[] rows = IntStream.range(0, set.base()).filter(accepted).toArray();
        int[][] nearest = new int[queries][];
        IntStream.range(0, (queries + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
            int from = block * BLOCK;
            int count = Math.min(BLOCK, queries - from);
            block(set, vectors, rows, from, count, nearest);
        });
        return new Truth(nearest);
    }

    private static void block(DataSet set, DataSet.Vectors vectors, int[] rows, int from, int count, int[][] nearest) {
        float[][] columns = new float[set.dimensions()][count];
        Nearest[] best = new Nearest[count];
        for (int q = 0; q < count; q++) {
            float[] query = vectors.query(from + q);
            for (int d = 0; d < query.length; d++) {
                columns[d][q] = query[d];
            }
            best[q] = new Nearest();
        }
        float[] sums = new float[count];
        for (int row : rows) {
            Arrays.fill(sums, 0);
            float[] base = vectors.base(row);
            for (int d = 0; d < base.length; d++) {
                if (set.metric() == Metric.L2) {
                    addSquares(base[d], columns[d], sums);
                } else {
                    addProducts(base[d], columns[d], sums);
                }
            }
            for (int q = 0; q < count; q++) {
                best[q].offer(set.metric() == Metric.L2 ? sums[q] : -sums[q], row);
            }
        }
        for (int q = 0; q < count; q++) {
            nearest[from + q] = best[q].rows;
        }
    }

    private static void addSquares(float value, float[] column, float[] sums) {
        for (int q = 0; q < sums.length; q++) {
            float difference = value - column[q];
            sums[q] += difference * difference;
        }
    }

    private static void addProducts(float value, float[] column, float[] sums) {
        for (int q = 0; q < sums.length; q++) {
            sums[q] += value * column[q];
        }
    }

    /** Rows come in ascending order, so that of equal ones the first stays. */
    private static final class Nearest {
        private final float[] distances = new float[K];
        private final int[] rows = new int[K];

        private Nearest() {
            Arrays.fill(distances, Float.POSITIVE_INFINITY);
            Arrays.fill(rows, -1);
        }

        private void offer(float distance, int row) {
            if (distance >= distances[K - 1]) {
                return;
            }
            int at = K - 1;
            for (; at > 0 && distances[at - 1] > distance; at--) {
                distances[at] = distances[at - 1];
                rows[at] = rows[at - 1];
            }
            distances[at] = distance;
            rows[at] = row;
        }
    }

    public int queries() {
        return nearest.length;
    }

    public int[] nearest(int query) {
        return nearest[query];
    }

    /**
     * The share of the exact answers that were found.
     *
     * @param found {@link #K} rows for each of the queries from {@code first} on
     */
    public double recall(int first, int[] found) {
        long hits = 0;
        long wanted = 0;
        for (int q = 0; q < found.length / K; q++) {
            for (int row : nearest[first + q]) {
                if (row < 0) {
                    continue;
                }
                wanted++;
                for (int i = q * K; i < (q + 1) * K; i++) {
                    if (found[i] == row) {
                        hits++;
                        break;
                    }
                }
            }
        }
        return wanted == 0 ? 1 : (double) hits / wanted;
    }

    /** @return null if there is none, or a damaged one */
    private static @Nullable Truth read(Path file) throws IOException {
        int bytes = DataSet.QUERIES * K * Integer.BYTES;
        if (!Files.exists(file) || Files.size(file) != bytes + Long.BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getLong(bytes) != sum(in.array(), bytes)) {
            return null;
        }
        int[][] nearest = new int[DataSet.QUERIES][K];
        for (int[] rows : nearest) {
            for (int i = 0; i < K; i++) {
                rows[i] = in.getInt();
            }
        }
        return new Truth(nearest);
    }

    private static void write(Path file, Truth truth) throws IOException {
        int bytes = DataSet.QUERIES * K * Integer.BYTES;
        ByteBuffer out = ByteBuffer.allocate(bytes + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int[] rows : truth.nearest) {
            for (int row : rows) {
                out.putInt(row);
            }
        }
        out.putLong(sum(out.array(), bytes));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.write(next, out.array());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static long sum(byte[] content, int length) {
        CRC32C sum = new CRC32C();
        sum.update(content, 0, length);
        return sum.getValue();
    }
}
