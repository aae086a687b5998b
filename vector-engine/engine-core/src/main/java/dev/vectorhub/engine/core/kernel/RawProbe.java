package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A probe that walks on the links of a graph and compares the full vectors of the segment, found by ordinal. */
public final class RawProbe extends WalkingProbe {
    private RowKernel kernel;
    private @Nullable CodeRows links;
    private MemorySegment vectors = MemorySegment.NULL;
    private long stride;
    private Metric metric = Metric.DOT;
    private float[] query = new float[0];
    /** Where the vectors of a batch begin. */
    private long[] places = new long[0];

    @SuppressWarnings("UnusedVariable") // see WalkingProbe
    private int fetched;

    /** @param natively whether the native kernel may be used */
    public RawProbe(RowKernel kernel, boolean natively) {
        super(natively);
        this.kernel = kernel;
    }

    /**
     * Sets the rows; the query has to be aimed afterwards.
     *
     * @param newKernel for rows as these are
     * @param newVectors rows of components by ordinal
     * @param newStride bytes from row to row
     */
    public void over(
            CodeRows newLinks,
            RowKernel newKernel,
            MemorySegment newVectors,
            long newStride,
            Metric newMetric,
            int batch) {
        kernel = newKernel;
        links = newLinks;
        vectors = newVectors;
        stride = newStride;
        metric = newMetric;
        attach(newLinks, false, batch);
        places = places.length < batchMax() ? new long[batchMax()] : places;
    }

    @Override
    public CodeRows rows() {
        return Objects.requireNonNull(links);
    }

    @Override
    public void aim(float[] newQuery) {
        query = newQuery;
    }

    /** The vectors are behind a look at the rows: first those, then the lines of all vectors, then the sums. */
    @Override
    void computeDistances(int count) {
        CodeRows rows = rows();
        for (int i = 0; i < count; i++) {
            places[i] = rows.ordinal(id(i)) * stride;
        }
        int sum = 0;
        for (int i = 0; count > 1 && i < count; i++) {
            for (long line = 0; line < stride; line += CodeRows.LINE_BYTES) {
                sum += vectors.get(ValueLayout.JAVA_BYTE, places[i] + line);
            }
        }
        fetched += sum;
        for (int i = 0; i < count; i++) {
            setDistance(
                    i,
                    switch (metric) {
                        case DOT -> -kernel.dot(query, vectors, places[i]);
                        case SQUARED_L2 -> kernel.squaredL2(query, vectors, places[i]);
                        case L1 -> kernel.l1(query, vectors, places[i]);
                    });
        }
    }
}
