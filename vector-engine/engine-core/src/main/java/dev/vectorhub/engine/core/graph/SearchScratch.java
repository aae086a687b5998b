package dev.vectorhub.engine.core.graph;

import java.util.Arrays;

/** What a graph search needs besides the graph; kept and reused, one for each search at a time. */
public final class SearchScratch {
    final LongHeap candidates = LongHeap.nearestFirst();
    final LongHeap results = LongHeap.farthestFirst();
    private int[] seen = new int[0];
    private int round;
    private long scanned;

    void begin(int vertices) {
        candidates.clear();
        results.clear();
        if (seen.length < vertices) {
            seen = new int[Math.max(vertices, Math.min(2 * seen.length, Integer.MAX_VALUE - 8))];
            round = 0;
        }
        if (++round < 0) {
            Arrays.fill(seen, 0);
            round = 1;
        }
    }

    /** Has an effect: the first call of a round with an ordinal answers true. */
    boolean trySee(int ordinal) {
        if (seen[ordinal] == round) {
            return false;
        }
        seen[ordinal] = round;
        return true;
    }

    void countDistance() {
        scanned++;
    }

    /** Distances computed since the last call. */
    public long takeScanned() {
        long count = scanned;
        scanned = 0;
        return count;
    }

    /** The accepted vertices of the last search, farthest first. */
    public LongHeap results() {
        return results;
    }
}
