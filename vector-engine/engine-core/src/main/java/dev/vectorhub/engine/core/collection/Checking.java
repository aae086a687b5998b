package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.VectorValue;
import java.util.Arrays;

/** What a vector has to be to be stored or searched for. All errors are {@code INVALID_ARGUMENT}. */
final class Checking {
    /** Of all rows of a multi-vector, as in Qdrant. */
    private static final int MULTI_COMPONENTS_MAX = 1 << 20;

    /** Of a sparse vector. */
    private static final int SPARSE_COMPONENTS_MAX = 1 << 17;

    /** The bit that turns the order of unsigned integers into that of signed ones. */
    private static final int SIGN = Integer.MIN_VALUE;

    /** The bits of infinity; those of larger magnitude are no numbers. */
    private static final int INFINITE = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private Checking() {}

    /**
     * The vector as it is stored: dense rows in the form of the datatype and normalised for cosine, a sparse vector by ascending index. A dense vector stands for
     * a multi-vector of one row.
     */
    static VectorValue stored(VectorConfig config, VectorValue vector) {
        return switch (vector) {
            case VectorValue.Dense(float[] components)
            when config.kind() == VectorKind.DENSE -> new VectorValue.Dense(row(config, components));
            case VectorValue.Dense(float[] components)
            when config.kind() == VectorKind.MULTI -> new VectorValue.Multi(row(config, components), 1);
            case VectorValue.Multi multi when config.kind() == VectorKind.MULTI -> multi(config, multi);
            case VectorValue.Sparse sparse when config.kind() == VectorKind.SPARSE -> sparse(sparse);
            default ->
                throw StoreException.invalid("vector '" + config.name() + "' of the collection is " + config.kind()
                        + ", this one is " + vector.kind());
        };
    }

    private static float[] row(VectorConfig config, float[] components) {
        requireSize(config, components.length);
        requireFinite(components);
        return config.form().stored(components, config.distance());
    }

    private static void requireSize(VectorConfig config, int size) {
        if (size != config.size()) {
            throw StoreException.invalid("vector dimension error: expected dim: " + config.size() + ", got " + size);
        }
    }

    private static void requireFinite(float[] components) {
        int largest = 0;
        for (float component : components) {
            // without a branch, so that it is compiled to vectors
            largest = Math.max(largest, Float.floatToRawIntBits(component) & Integer.MAX_VALUE);
        }
        if (largest >= INFINITE) {
            throw StoreException.invalid("vector: components must be finite");
        }
    }

    private static VectorValue multi(VectorConfig config, VectorValue.Multi multi) {
        requireSize(config, multi.size());
        if (multi.components().length > MULTI_COMPONENTS_MAX) {
            throw StoreException.invalid("multivector: at most " + MULTI_COMPONENTS_MAX + " components, this one has "
                    + multi.components().length);
        }
        float[] rows = new float[multi.components().length];
        for (int r = 0; r < multi.rows(); r++) {
            System.arraycopy(row(config, multi.row(r)), 0, rows, r * config.size(), config.size());
        }
        return new VectorValue.Multi(rows, multi.rows());
    }

    private static VectorValue sparse(VectorValue.Sparse sparse) {
        int[] indices = sparse.indices();
        if (indices.length > SPARSE_COMPONENTS_MAX) {
            throw StoreException.invalid(
                    "sparse vector: at most " + SPARSE_COMPONENTS_MAX + " indices, this one has " + indices.length);
        }
        requireFinite(sparse.values());
        boolean ascending = true;
        for (int i = 1; ascending && i < indices.length; i++) {
            ascending = Integer.compareUnsigned(indices[i - 1], indices[i]) < 0;
        }
        return ascending ? sparse : sorted(sparse);
    }

    /** Index and place in one long each, in the order of indices. */
    private static VectorValue sorted(VectorValue.Sparse sparse) {
        int count = sparse.indices().length;
        long[] places = new long[count];
        for (int i = 0; i < count; i++) {
            places[i] = (long) (sparse.indices()[i] ^ SIGN) << 32 | i;
        }
        Arrays.sort(places);
        int[] indices = new int[count];
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            indices[i] = (int) (places[i] >> 32) ^ SIGN;
            values[i] = sparse.values()[(int) places[i]];
            if (i > 0 && indices[i] == indices[i - 1]) {
                throw StoreException.invalid(
                        "sparse vector: index " + Integer.toUnsignedString(indices[i]) + " is given twice");
            }
        }
        return new VectorValue.Sparse(indices, values);
    }
}
