package dev.vectorhub.engine.core.kernel;

/** Compares one row with many queries, all of them in arrays of its length. */
public interface MatrixKernel {
    /**
     * Distances, smaller ones nearer, as the metric has them.
     *
     * @param queries any number of them
     * @param out one for each query
     */
    void distances(Metric metric, float[][] queries, float[] row, float[] out);
}
