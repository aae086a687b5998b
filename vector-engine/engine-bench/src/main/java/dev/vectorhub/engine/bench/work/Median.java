package dev.vectorhub.engine.bench.work;

import java.util.Arrays;

/** Order statistics of what was measured. */
final class Median {
    private Median() {}

    static double of(double[] values) {
        return quantile(values, 0.5);
    }

    /** The value at or just above the share, as nearest rank. */
    static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.max(0, (long) Math.ceil(share * sorted.length) - 1))];
    }
}
