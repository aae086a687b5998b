package dev.vectorhub.engine.core.vector;

import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.kernel.RowKernel;
import java.lang.foreign.MemorySegment;

/**
 * Compares one query with rows. Inside the engine smaller is nearer for every {@link Distance}: similarities are negated and
 * Euclidean distances stay squared until {@link #score}.
 */
public final class Scorer {
    private final RowKernel kernel;
    private final Distance distance;
    private final float[] query;

    /**
     * Over rows of one form.
     *
     * @param query as {@link RowForm#compared} gave it; may be overwritten between comparisons
     */
    public Scorer(Kernel kernel, RowForm form, Distance distance, float[] query) {
        this.kernel = form.kernel(kernel);
        this.distance = distance;
        this.query = query;
    }

    public float[] query() {
        return query;
    }

    public float distance(Rows rows, int row) {
        return distance(rows.chunk(row), rows.offset(row));
    }

    /** For few rows, wherever they are: a large file's are not mapped in for it. */
    public float distance(Rows rows, int row, MemorySegment buffer) {
        return rows.fetch(row, buffer) ? distance(buffer, 0) : distance(rows, row);
    }

    /** Of a row that begins there. */
    public float distance(MemorySegment chunk, long offset) {
        return switch (distance) {
            case COSINE, DOT -> -kernel.dot(query, chunk, offset);
            case EUCLID -> kernel.squaredL2(query, chunk, offset);
            case MANHATTAN -> kernel.l1(query, chunk, offset);
        };
    }

    /** Computes inner distances. */
    public static Metric metric(Distance distance) {
        return switch (distance) {
            case COSINE, DOT -> Metric.DOT;
            case EUCLID -> Metric.SQUARED_L2;
            case MANHATTAN -> Metric.L1;
        };
    }

    /** What the caller sees of an inner distance. */
    public static float score(Distance distance, float inner) {
        return switch (distance) {
            case COSINE, DOT -> inner == 0 ? 0f : -inner;
            case EUCLID -> (float) Math.sqrt(inner);
            case MANHATTAN -> inner;
        };
    }
}
