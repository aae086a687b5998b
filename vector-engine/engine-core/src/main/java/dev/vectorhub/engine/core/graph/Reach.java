package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Probe;

/**
 * How far a walk for the nearest few goes: to what is not much farther than they are ("Distance Adaptive Beam Search for Provably
 * Accurate Graph-Based Nearest Neighbor Search", Al-Jazzazi et al., 2025). A beam of {@code ef} goes as far as the ef nearest that
 * it met, which is too far where few are near, and not far enough where many are about as near as each other. Here {@code ef} says
 * how many times as far: as many as ef neighbours in this graph are farther than {@code keep} are ({@link Spread}). So it means what
 * it does to a beam, on average.
 *
 * @param keep how many of the nearest it goes by: those wanted, and a few as codes may mistake their order
 * @param ef beam width, at least {@code keep}
 * @param zero what the walk's distance is to a vector that equals the query
 */
public record Reach(int keep, int ef, float zero) {
    /** Times ef: as many does it take up at most. A query that is far from everything has no end otherwise. */
    private static final int MET_TIMES = 8;
    /** Of ef: as many does it expand at least, as what it met first may be a small group apart from the nearest. */
    private static final int EXPANDED_SHARE = 2;

    /** Leaves what it met and accepted within reach in the scratch's results. */
    void walk(HnswGraph graph, int start, Probe probe, OrdinalFilter filter, SearchScratch scratch) {
        scratch.clear();
        probe.beginWalk();
        CodeRows rows = graph.rows();
        LongHeap candidates = scratch.candidates;
        LongHeap near = scratch.near;
        Pace pace = scratch.pace();
        @SuppressWarnings("ReferenceEquality") // another filter that accepts all is only asked more
        boolean all = filter == OrdinalFilter.ALL;
        float times = (float) Math.pow((double) ef / keep, graph.format.spread());
        long[] met = scratch.packed(keep, 0);
        int count = 0;
        probe.trySee(start);
        long first = LongHeap.pack(probe.distanceTo(start), start);
        candidates.push(first);
        if (all || filter.accepts(rows.ordinal(start))) {
            met[count++] = first;
            near.push(first);
        }
        float bound = Float.POSITIVE_INFINITY;
        for (int expanded = 0; candidates.size() > 0; expanded++) {
            pace.step(1);
            long candidate = candidates.pop();
            if (near.size() == keep) {
                bound = bound(near, times);
                boolean far = LongHeap.distance(candidate) > bound && expanded >= ef / EXPANDED_SHARE;
                if (far || count >= (long) MET_TIMES * ef) {
                    break;
                }
            }
            int found = probe.expand(LongHeap.ordinal(candidate), bound);
            met = scratch.packed(count + found, count);
            for (int i = 0; i < found; i++) {
                int neighbour = probe.id(i);
                long packed = LongHeap.pack(probe.distance(i), neighbour);
                candidates.push(packed);
                if (all || filter.accepts(rows.ordinal(neighbour))) {
                    met[count++] = packed;
                    if (near.size() < keep) {
                        near.push(packed);
                    } else if (packed < near.top()) {
                        near.replaceTop(packed);
                    }
                }
            }
        }
        if (near.size() == keep) {
            bound = bound(near, times);
        }
        for (int i = 0; i < count; i++) {
            if (LongHeap.distance(met[i]) <= bound) {
                scratch.results.push(met[i]);
            }
        }
    }

    private float bound(LongHeap near, float times) {
        float farthest = LongHeap.distance(near.top());
        // at least what is kept: codes may say that it is nearer than the query itself, and the sum rounds
        return Math.max(farthest, zero + times * (farthest - zero));
    }
}
