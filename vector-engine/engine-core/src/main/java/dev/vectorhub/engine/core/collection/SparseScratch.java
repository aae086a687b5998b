package dev.vectorhub.engine.core.collection;

/** What a sparse search works in; all zero between searches. */
final class SparseScratch {
    private final float[] sums = new float[SparseNearest.WINDOW];
    private final long[] touched = new long[SparseNearest.WINDOW / 64];

    /** For each point of a window. */
    float[] sums() {
        return sums;
    }

    /** A bit for each point that has a sum. */
    long[] touched() {
        return touched;
    }

    boolean isClear() {
        for (long bits : touched) {
            if (bits != 0) {
                return false;
            }
        }
        return true;
    }
}
