package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.QuantizationConfig;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.segment.SegmentWriter;
import dev.vectorhub.engine.core.vector.Scorer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which parts need a graph: none while the collection is below its full-scan threshold, then all but the smallest, so that what
 * is left to scan flat costs little beside the graphs.
 */
final class GraphPolicy {
    /** Of the full-scan threshold. */
    private static final int SMALLEST_SHARE = 8;

    /** Points from which a flat scan over codes beats one over the vectors. */
    private static final int CODES_POINTS_MIN = 256;

    private GraphPolicy() {}

    /**
     * What a new segment of so many points holds of each vector: codes unless it is to get a graph, which has its own. Null is a
     * vector that was removed.
     *
     * @param vectors of the moment whose points are written: those of the collection may be others by now
     */
    static List<SegmentWriter.@Nullable Column> columns(
            LiveCollection collection, List<VectorConfig> vectors, int points) {
        List<SegmentWriter.@Nullable Column> columns = new ArrayList<>();
        for (VectorConfig vector : vectors) {
            if (vector.isRemoved()) {
                columns.add(null);
                continue;
            }
            HnswConfig hnsw = collection.hnsw(columns.size());
            boolean codes = vector.kind() == VectorKind.DENSE
                    && points >= CODES_POINTS_MIN
                    && points < hnsw.fullScanThreshold()
                    && hnsw.quantization().kind() != QuantizationConfig.Kind.NONE;
            columns.add(new SegmentWriter.Column(
                    vector.kind(), vector.form(), vector.size(), codes ? Scorer.metric(vector.distance()) : null));
        }
        return columns;
    }

    /**
     * Points from which a part needs a graph; none does if the vector is not dense.
     *
     * @param points of the collection
     */
    static int smallest(LiveCollection collection, int vector, long points) {
        int threshold = collection.hnsw(vector).fullScanThreshold();
        boolean dense = collection.config().vectors().get(vector).kind() == VectorKind.DENSE;
        return !dense || points < threshold ? Integer.MAX_VALUE : Math.max(1, threshold / SMALLEST_SHARE);
    }

    /** The first vector whose graph is missing or built with other parameters; -1 if none. */
    static int missing(LiveCollection collection, LivePart part) {
        List<VectorConfig> vectors = collection.config().vectors();
        for (int v = 0; v < vectors.size(); v++) {
            HnswConfig hnsw = collection.hnsw(v);
            int points = Math.min(part.alive(), part.part().count(v));
            if (points >= smallest(collection, v, collection.points()) && part.blob() != null) {
                GraphBlob graph = part.graph(v);
                if (graph == null
                        || graph.graph().m() != hnsw.m()
                        || graph.graph().efConstruct() != hnsw.efConstruct()
                        || !Coding.fits(graph.graph(), hnsw.quantization(), vectors.get(v))) {
                    return v;
                }
            }
        }
        return -1;
    }

    /** Points that are scanned flat until a graph is ready. */
    static long backlog(LiveCollection collection, LivePart part) {
        if (part.blob() == null) {
            for (int v = 0; v < collection.config().vectors().size(); v++) {
                if (part.alive() >= smallest(collection, v, collection.points())) {
                    return part.alive();
                }
            }
            return 0;
        }
        int vector = missing(collection, part);
        return vector >= 0 && part.graph(vector) == null ? part.alive() : 0;
    }
}
