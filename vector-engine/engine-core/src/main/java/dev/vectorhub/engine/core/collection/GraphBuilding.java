package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.graph.Heritage;
import dev.vectorhub.engine.core.graph.HnswBuilder;
import dev.vectorhub.engine.core.graph.HnswGraph;
import dev.vectorhub.engine.core.graph.OrdinalFilter;
import dev.vectorhub.engine.core.kernel.RowCode;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.vector.Scorer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Builds the graph of a vector over a stored part, and writes it. */
final class GraphBuilding {
    private GraphBuilding() {}

    /**
     * Brings a graph to disk.
     *
     * @param file empty
     * @param heritage null to build it from nothing
     * @return a reference of the caller's; null if it was cancelled
     */
    static @Nullable GraphBlob build(
            OwnFile file,
            LiveCollection collection,
            Part points,
            int vector,
            VectorConfig config,
            @Nullable Heritage heritage,
            BooleanSupplier cancelled)
            throws IOException {
        HnswConfig hnsw = collection.hnsw(vector);
        OrdinalFilter present = points.hasAll(vector) ? OrdinalFilter.ALL : ordinal -> points.has(vector, ordinal);
        try (Arena arena = Arena.ofConfined()) {
            HnswGraph graph = HnswBuilder.build(
                    new HnswBuilder.Source(
                            points.rows(vector), points.size(), present, Scorer.metric(config.distance())),
                    heritage,
                    collection.around().kernel(),
                    hnsw.m(),
                    hnsw.efConstruct(),
                    arena,
                    cancelled);
            if (graph == null) {
                return null;
            }
            RowCode code = Coding.of(hnsw.quantization(), config, points, vector, arena, cancelled);
            BlobRef ref = GraphBlob.write(file.out(), graph, code, points.rows(vector));
            file.out().force();
            return collection.files().graph(ref, vector, points.size(), config.size());
        } finally {
            points.rows(vector).unload();
        }
    }
}
