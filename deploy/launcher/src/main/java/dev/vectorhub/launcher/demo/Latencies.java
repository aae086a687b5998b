package dev.vectorhub.launcher.demo;

import java.util.Arrays;

/** Durations of one kind of request. */
final class Latencies {
    private long[] nanos = new long[1_024];
    private int count;

    void add(long elapsedNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = elapsedNanos;
    }

    int count() {
        return count;
    }

    /** The duration that the given share of requests did not exceed (nearest rank), in milliseconds. */
    double percentileMillis(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
