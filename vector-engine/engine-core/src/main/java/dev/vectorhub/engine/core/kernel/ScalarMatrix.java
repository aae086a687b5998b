package dev.vectorhub.engine.core.kernel;

/** The oracle, and the fallback. */
final class ScalarMatrix implements MatrixKernel {
    @Override
    public void distances(Metric metric, float[][] queries, float[] row, float[] out) {
        for (int q = 0; q < queries.length; q++) {
            float[] query = queries[q];
            float sum = 0;
            switch (metric) {
                case DOT -> {
                    for (int i = 0; i < row.length; i++) {
                        sum = Math.fma(query[i], row[i], sum);
                    }
                    sum = -sum;
                }
                case SQUARED_L2 -> {
                    for (int i = 0; i < row.length; i++) {
                        float difference = query[i] - row[i];
                        sum = Math.fma(difference, difference, sum);
                    }
                }
                case L1 -> {
                    for (int i = 0; i < row.length; i++) {
                        sum += Math.abs(query[i] - row[i]);
                    }
                }
            }
            out[q] = sum;
        }
    }
}
