package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Metric;

/**
 * How fast distances grow with rank: the n-th neighbour is about n to the power of the spread times as far as the nearest. Its inverse
 * is known as local intrinsic dimension (Amsaleg et al., "Estimating Local Intrinsic Dimensionality", 2015).
 */
final class Spread {
    /** Where distances are those of the walk: larger ones come from groups of near duplicates, where a power says little. */
    static final float MAX = 0.25f;

    /** Ranks that are compared: about those at which walks end. */
    private static final int NEAR = 16;

    private static final int FAR = 128;
    /** Fewer vertices tell nothing. */
    private static final int VERTICES_MIN = 8 * FAR;

    private static final int SAMPLES = 100;
    /** Of what the samples say: an ef then takes no more comparisons than a beam and finds no less. */
    private static final double SHARE = 0.85;

    /** How far a squared length may be from 1 for vectors that count as of unit length. */
    private static final float UNIT_ERROR = 0.05f;

    private Spread() {}

    /**
     * By walks from vertices of a graph over bytes.
     *
     * @param probe over the graph's rows
     * @return 0 if nothing can be said: few vertices, or products of vectors of any length, which are no distances
     */
    static float of(HnswGraph graph, Metric metric, Int8Probe probe, SearchScratch scratch) {
        int vertices = graph.vertices();
        if (vertices < VERTICES_MIN || (metric == Metric.DOT && !areUnits(graph.rows()))) {
            return 0;
        }
        float zero = metric == Metric.DOT ? -1 : 0;
        double growth = 0;
        int samples = 0;
        for (int i = 0; i < SAMPLES; i++) {
            int vertex = (int) ((long) i * vertices / SAMPLES);
            probe.aimAt(vertex);
            // the vertex itself comes first
            graph.search(probe, new int[] {vertex}, FAR + 1, OrdinalFilter.ALL, scratch);
            if (scratch.results().size() > FAR) {
                long[] nearest = scratch.nearestFirst();
                float near = LongHeap.distance(nearest[NEAR]) - zero;
                float far = LongHeap.distance(nearest[FAR]) - zero;
                if (near > 0 && Float.isFinite(far)) {
                    growth += Math.log(far / near) / Math.log((double) FAR / NEAR);
                    samples++;
                }
            }
        }
        return samples == 0 ? 0 : (float) Math.min(MAX, SHARE * growth / samples);
    }

    private static boolean areUnits(CodeRows rows) {
        for (int v = 0; v < rows.size(); v++) {
            float norm = rows.norm(v);
            // nothing is known of a zero vector's direction
            if (norm != 0 && Math.abs(norm - 1) > UNIT_ERROR) {
                return false;
            }
        }
        return true;
    }
}
