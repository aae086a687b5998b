package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.MatrixKernel;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import dev.vectorhub.engine.core.vector.SparseProbe;
import dev.vectorhub.engine.core.vector.SparseRows;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Compares one vector with those of points, one after another, whatever their kind. Inside the engine smaller is nearer, see
 * {@link Scorer}. For one thread; has to be placed over points first.
 */
abstract sealed class PointScorer {
    private final Pace pace = Pace.current();
    private long bytesRead;

    private PointScorer() {}

    /** @param query as stored vectors are */
    static PointScorer of(Kernel kernel, VectorConfig config, VectorValue query) {
        return switch (query) {
            case VectorValue.Dense(float[] components) -> new Dense(scorer(kernel, config, components));
            case VectorValue.Multi multi -> new Multi(kernel, config, multi);
            case VectorValue.Sparse sparse -> new Sparse(sparse);
        };
    }

    private static Scorer scorer(Kernel kernel, VectorConfig config, float[] row) {
        return new Scorer(
                kernel, config.form(), config.distance(), config.form().compared(row));
    }

    abstract void over(Part part, int vector);

    abstract void over(MemoryColumn.Shown column);

    /** Of a point that has the vector. */
    abstract float distance(int ordinal);

    /** Bytes of the vectors that were looked at. */
    final long bytesRead() {
        return bytesRead;
    }

    final void read(long bytes, int steps) {
        bytesRead += bytes;
        pace.step(steps);
    }

    private static final class Dense extends PointScorer {
        private final Scorer scorer;
        private @Nullable Rows rows;

        Dense(Scorer scorer) {
            this.scorer = scorer;
        }

        @Override
        void over(Part part, int vector) {
            rows = part.rows(vector);
        }

        @Override
        void over(MemoryColumn.Shown column) {
            rows = column.rows();
        }

        @Override
        float distance(int ordinal) {
            Rows all = Objects.requireNonNull(rows);
            read(all.form().bytes(all.dimensions()), 1);
            return scorer.distance(all, ordinal);
        }
    }

    /** The nearest row for each row of the query, and the sum of those: max_sim. */
    private static final class Multi extends PointScorer {
        /**
         * Products of components in one scan: some seconds. Graphs have only dense vectors, so what compares more is to be
         * narrowed by those first.
         */
        private static final long PRODUCTS_MAX = 1L << 37;

        private final MatrixKernel kernel;
        private final Metric metric;
        private final float[][] queries;
        private final float[] row;
        private final float[] distances;
        private final float[] nearest;
        private @Nullable Rows rows;
        private IntUnaryOperator firstRow = ordinal -> ordinal;
        private long products;

        Multi(Kernel kernel, VectorConfig config, VectorValue.Multi query) {
            this.kernel = kernel.matrix();
            metric = Scorer.metric(config.distance());
            queries = new float[query.rows()][];
            for (int r = 0; r < queries.length; r++) {
                queries[r] = config.form().compared(query.row(r));
            }
            row = new float[config.size()];
            distances = new float[queries.length];
            nearest = new float[queries.length];
        }

        @Override
        void over(Part part, int vector) {
            rows = part.rows(vector);
            firstRow = ordinal -> part.firstRow(vector, ordinal);
        }

        @Override
        void over(MemoryColumn.Shown column) {
            int[] first = Objects.requireNonNull(column.firstRows());
            rows = column.rows();
            firstRow = ordinal -> first[ordinal];
        }

        @Override
        float distance(int ordinal) {
            Rows all = Objects.requireNonNull(rows);
            int first = firstRow.applyAsInt(ordinal);
            int end = firstRow.applyAsInt(ordinal + 1);
            count(end - first);
            Arrays.fill(nearest, Float.POSITIVE_INFINITY);
            for (int r = first; r < end; r++) {
                all.copyCompared(r, row);
                kernel.distances(metric, queries, row, distances);
                for (int q = 0; q < nearest.length; q++) {
                    nearest[q] = Math.min(nearest[q], distances[q]);
                }
            }
            float sum = 0;
            for (float one : nearest) {
                sum += one;
            }
            return sum;
        }

        private void count(int compared) {
            // a comparison of rows in a matrix is a small part of a step
            read(Objects.requireNonNull(rows).form().bytes(row.length) * compared, 1 + compared * queries.length / 16);
            products += (long) compared * queries.length * row.length;
            if (products > PRODUCTS_MAX) {
                throw StoreException.invalid("query: compares more than " + PRODUCTS_MAX
                        + " components of multivectors; narrow it by a prefetch, a filter or fewer rows");
            }
        }
    }

    private static final class Sparse extends PointScorer {
        private final SparseProbe probe;
        private @Nullable SparseRows rows;

        Sparse(VectorValue.Sparse query) {
            this.probe = new SparseProbe(query);
        }

        @Override
        void over(Part part, int vector) {
            rows = part.sparse(vector);
        }

        @Override
        void over(MemoryColumn.Shown column) {
            rows = column.sparse();
        }

        @Override
        float distance(int ordinal) {
            SparseRows all = Objects.requireNonNull(rows);
            read(8L * all.length(ordinal), 1);
            return -probe.dot(all, ordinal);
        }
    }
}
