package dev.vectorhub.api.agree;

/**
 * A vector: rows of components, one of them unless it is a multi-vector.
 *
 * @param indices where the components of a sparse vector stand, ascending and unsigned; of others empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Value(double[][] rows, int[] indices) {

    static final int[] DENSE = {};

    static Value dense(double[] row) {
        return new Value(new double[][] {row}, DENSE);
    }
}
