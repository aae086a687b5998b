package dev.vectorhub.engine.core;

import java.util.Arrays;

/** A vector of a point or of a query. Arrays are not copied, so they are not to be changed once handed over; equality is by content. */
@SuppressWarnings("ArrayRecordComponent") // the hot path hands rows over without boxing or copying
public sealed interface VectorValue {

    VectorKind kind();

    /** What the vector counts for where a tenant's bytes are counted: its components as they are stored; 8 for one of a sparse vector. */
    long logicalBytes(Datatype datatype);

    /**
     * A row of numbers.
     *
     * @param components finite
     */
    record Dense(float[] components) implements VectorValue {
        @Override
        public VectorKind kind() {
            return VectorKind.DENSE;
        }

        @Override
        public long logicalBytes(Datatype datatype) {
            return (long) datatype.bytes() * components.length;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Dense(float[] c) && Arrays.equals(components, c);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(components);
        }

        @Override
        public String toString() {
            return "Dense[" + components.length + " components]";
        }
    }

    /**
     * A matrix.
     *
     * @param components row after row, finite
     * @param rows 1 or more; each has the same number of components
     */
    record Multi(float[] components, int rows) implements VectorValue {
        public Multi {
            if (rows < 1 || components.length % rows != 0) {
                throw StoreException.invalid("multivector: " + components.length + " components in " + rows + " rows");
            }
        }

        /** Components of a row. */
        public int size() {
            return components.length / rows;
        }

        /** A copy of one. */
        public float[] row(int row) {
            return Arrays.copyOfRange(components, row * size(), (row + 1) * size());
        }

        @Override
        public VectorKind kind() {
            return VectorKind.MULTI;
        }

        @Override
        public long logicalBytes(Datatype datatype) {
            return (long) datatype.bytes() * components.length;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Multi(float[] c, int r) && rows == r && Arrays.equals(components, c);
        }

        @Override
        public int hashCode() {
            return 31 * rows + Arrays.hashCode(components);
        }

        @Override
        public String toString() {
            return "Multi[" + rows + " rows, " + components.length + " components]";
        }
    }

    /**
     * The components that are given; they may be 0, and there may be none.
     *
     * @param indices unsigned, each once
     * @param values one for each index, finite
     */
    record Sparse(int[] indices, float[] values) implements VectorValue {
        public Sparse {
            if (indices.length != values.length) {
                throw StoreException.invalid(
                        "sparse vector: " + indices.length + " indices for " + values.length + " values");
            }
        }

        @Override
        public VectorKind kind() {
            return VectorKind.SPARSE;
        }

        @Override
        public long logicalBytes(Datatype datatype) {
            return 8L * indices.length;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Sparse(int[] i, float[] v) && Arrays.equals(indices, i) && Arrays.equals(values, v);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(indices) + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Sparse[" + indices.length + " components]";
        }
    }
}
