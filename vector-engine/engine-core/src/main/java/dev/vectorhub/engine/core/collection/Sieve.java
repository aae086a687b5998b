package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.graph.LongHeap;
import dev.vectorhub.engine.core.graph.SearchScratch;
import dev.vectorhub.engine.core.vector.CodeBounds;
import java.util.Arrays;

/** Keeps the rows of a scan over codes that can be among the nearest. */
final class Sieve {
    private final SearchScratch scratch;
    private final CodeBounds bounds;
    private final int wanted;
    /** The upper bounds of the nearest so far, as many as are wanted. */
    private final LongHeap uppers;

    private long[] kept;
    private int size;
    private float limit;

    /** @param limit what no farther than this is kept */
    Sieve(SearchScratch scratch, CodeBounds bounds, int wanted, float limit) {
        this.scratch = scratch;
        this.bounds = bounds;
        this.wanted = wanted;
        this.limit = limit;
        this.uppers = scratch.results();
        uppers.clear();
        this.kept = scratch.packed(wanted, 0);
    }

    void offer(int row, float approximate) {
        float lower = bounds.lower(row, approximate);
        if (lower > limit) {
            return;
        }
        // what overflowed is no number: the vectors decide
        float known = Float.isNaN(lower) ? Float.NEGATIVE_INFINITY : lower;
        if (size == kept.length) {
            kept = scratch.packed(2 * size, size);
        }
        kept[size++] = LongHeap.pack(known, row);
        float upper = bounds.upper(row, approximate);
        if (Float.isNaN(upper)) {
            return;
        }
        long packed = LongHeap.pack(upper, row);
        if (uppers.size() < wanted) {
            uppers.push(packed);
        } else if (packed < uppers.top()) {
            uppers.replaceTop(packed);
        }
        if (uppers.size() == wanted) {
            limit = Math.min(limit, LongHeap.distance(uppers.top()));
        }
    }

    /** Puts the kept rows in order, the most promising first; how many. */
    int sorted() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (LongHeap.distance(kept[i]) <= limit) {
                kept[count++] = kept[i];
            }
        }
        Arrays.sort(kept, 0, count);
        return count;
    }

    float lower(int i) {
        return LongHeap.distance(kept[i]);
    }

    int row(int i) {
        return LongHeap.ordinal(kept[i]);
    }
}
