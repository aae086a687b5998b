package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A probe that walks on the links of a graph and compares the full vectors of the segment, found by ordinal. */
public final class RawProbe extends Probe {
    private RowKernel kernel;
    private @Nullable CodeRows links;
    private MemorySegment vectors = MemorySegment.NULL;
    private long stride;
    private Metric metric = Metric.DOT;
    private float[] query = new float[0];

    public RawProbe(RowKernel kernel) {
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
        require(newLinks.size(), batch);
    }

    @Override
    public CodeRows rows() {
        return Objects.requireNonNull(links);
    }

    @Override
    public void aim(float[] newQuery) {
        query = newQuery;
    }

    @Override
    void computeDistances(int count) {
        for (int i = 0; i < count; i++) {
            long at = rows().ordinal(id(i)) * stride;
            setDistance(
                    i,
                    switch (metric) {
                        case DOT -> -kernel.dot(query, vectors, at);
                        case SQUARED_L2 -> kernel.squaredL2(query, vectors, at);
                        case L1 -> kernel.l1(query, vectors, at);
                    });
        }
    }
}
