package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A probe for a score that is made of the distances to several queries: each batch of rows is compared with one after another. */
public final class CombinedProbe extends WalkingProbe {
    /** Makes one distance of those to the queries, in their order. */
    public interface Combination {
        float distance(float[] distances);
    }

    private @Nullable Probe each;
    /** Of the encoded queries. */
    private MemorySegment room = MemorySegment.NULL;

    private CodeRows[] codes = new CodeRows[0];
    private float[][] queries = new float[0][];
    private Combination combination = distances -> distances[0];
    private float[] matrix = new float[0];
    private float[] one = new float[0];

    /** @param natively whether the native kernel may be used */
    public CombinedProbe(boolean natively) {
        super(natively);
    }

    /**
     * Sets rows and queries.
     *
     * @param newEach over rows of bytes, or of none; its own query changes from here on
     * @param newQueries as {@link Probe#aim} wants them
     */
    public void over(Probe newEach, Metric metric, float[][] newQueries, Combination newCombination, int batch) {
        each = newEach;
        queries = newQueries;
        combination = newCombination;
        one = one.length == newQueries.length ? one : new float[newQueries.length];
        attach(newEach.rows(), newEach instanceof Int8Probe, batch);
        if (matrix.length < newQueries.length * batchMax()) {
            matrix = new float[newQueries.length * batchMax()];
        }
        codes = new CodeRows[newEach instanceof Int8Probe ? newQueries.length : 0];
        int length = newEach.rows().length;
        long stride = CodeRows.stride(length, 0);
        if (room.byteSize() < codes.length * stride) {
            room = allocate(2 * codes.length * stride);
        }
        for (int q = 0; q < codes.length; q++) {
            codes[q] = new CodeRows(room.asSlice(q * stride, stride), 1, length, stride);
            Int8.write(newQueries[q], metric, codes[q], 0);
        }
    }

    /** The probe of single queries, aimed at one of them. */
    public Probe aimed(int query) {
        Probe probe = Objects.requireNonNull(each);
        if (probe instanceof Int8Probe bytes) {
            bytes.aim(codes[query]);
        } else {
            probe.aim(queries[query]);
        }
        return probe;
    }

    /** Whether distances are those of the vectors themselves. */
    public boolean comparesVectors() {
        return !(each instanceof Int8Probe);
    }

    @Override
    public CodeRows rows() {
        return Objects.requireNonNull(each).rows();
    }

    @Override
    public void aim(float[] query) {
        throw new UnsupportedOperationException("has several queries");
    }

    @Override
    void computeDistances(int count) {
        Probe probe = Objects.requireNonNull(each);
        for (int i = 0; i < count; i++) {
            probe.setId(i, id(i));
        }
        int width = queries.length;
        for (int q = 0; q < width; q++) {
            aimed(q).distances(count);
            for (int i = 0; i < count; i++) {
                matrix[i * width + q] = probe.distance(i);
            }
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(matrix, i * width, one, 0, width);
            setDistance(i, combination.distance(one));
        }
    }
}
