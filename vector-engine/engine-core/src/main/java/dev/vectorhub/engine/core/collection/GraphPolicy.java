package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.segment.GraphBlob;

/** Which parts need a graph. */
final class GraphPolicy {
    private GraphPolicy() {}

    /** The first vector whose graph is missing or built with other parameters; -1 if none. */
    static int missing(LiveCollection collection, LivePart part) {
        for (int v = 0; v < collection.dimensions().length; v++) {
            HnswConfig hnsw = collection.hnsw(v);
            int points = Math.min(part.alive(), part.part().count(v));
            if (points >= hnsw.fullScanThreshold() && part.blob() != null) {
                GraphBlob graph = part.graph(v);
                if (graph == null
                        || graph.graph().m() != hnsw.m()
                        || graph.graph().efConstruct() != hnsw.efConstruct()) {
                    return v;
                }
            }
        }
        return -1;
    }

    /** Points that are scanned flat until a graph is ready. */
    static long backlog(LiveCollection collection, LivePart part) {
        if (part.blob() == null) {
            return part.alive() >= collection.hnsw(0).fullScanThreshold() ? part.alive() : 0;
        }
        int vector = missing(collection, part);
        return vector >= 0 && part.graph(vector) == null ? part.alive() : 0;
    }
}
