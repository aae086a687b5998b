package dev.vectorhub.engine.core.vector;

import dev.vectorhub.engine.core.VectorValue;

/**
 * Compares one sparse vector with others by their dot product. Products are added by ascending index, so that the sum has the same
 * bits however it is come by. For one thread.
 */
public final class SparseProbe {
    private final VectorValue.Sparse query;
    private int[] other = new int[64];

    /** @param query with ascending indices */
    public SparseProbe(VectorValue.Sparse query) {
        this.query = query;
    }

    public float dot(SparseRows rows, int ordinal) {
        int length = rows.length(ordinal);
        if (length > other.length) {
            other = new int[2 * length];
        }
        rows.indices(ordinal, other);
        int[] indices = query.indices();
        float sum = 0;
        int i = 0;
        int j = 0;
        while (i < indices.length && j < length) {
            int order = Integer.compareUnsigned(indices[i], other[j]);
            if (order == 0) {
                sum += query.values()[i++] * rows.value(ordinal, j++);
            } else if (order < 0) {
                i++;
            } else {
                j++;
            }
        }
        return sum;
    }
}
