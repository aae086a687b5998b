package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.RawProbe;
import org.jspecify.annotations.Nullable;

/** What searches work in; kept and reused, one for each search at a time. */
public final class SearchScratch {
    final LongHeap candidates = LongHeap.nearestFirst();
    final LongHeap results = LongHeap.farthestFirst();

    private final Kernel kernel;
    private final Int8Probe codes;
    private @Nullable RawProbe raw;
    private long[] packed = new long[256];

    public SearchScratch(Kernel kernel) {
        this.kernel = kernel;
        this.codes = kernel.probe();
    }

    public Int8Probe codes() {
        return codes;
    }

    public RawProbe raw() {
        RawProbe probe = raw;
        if (probe == null) {
            probe = new RawProbe(kernel);
            raw = probe;
        }
        return probe;
    }

    /** An array of at least that length, the first {@code keep} elements as they were. */
    public long[] packed(int length, int keep) {
        if (packed.length < length) {
            long[] larger = new long[Math.max(length, 2 * packed.length)];
            System.arraycopy(packed, 0, larger, 0, keep);
            packed = larger;
        }
        return packed;
    }

    void clear() {
        candidates.clear();
        results.clear();
    }

    /** Vertices accepted by the last search, by distance, farthest first. */
    public LongHeap results() {
        return results;
    }
}
