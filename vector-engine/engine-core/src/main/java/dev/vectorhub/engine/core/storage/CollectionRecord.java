package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.FieldSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A collection as its manifest keeps it.
 *
 * @param nextFile number of the next file of its own
 * @param nextPart number of the next part
 */
public record CollectionRecord(
        UUID tenant,
        UUID collection,
        CollectionConfig config,
        Map<String, FieldSpec> fields,
        long points,
        long logicalBytes,
        long nextFile,
        long nextPart,
        List<PartRecord> parts) {

    /**
     * A part of the collection: where its files lie and which of its points are dead.
     *
     * @param number of the part in the collection, kept through copies
     * @param size points in the segment, dead ones included
     * @param dead ordinals; not to be changed
     * @param fields the index of payload fields; null if it has none
     */
    public record PartRecord(
            long number,
            BlobRef segment,
            int size,
            RoaringBitmap dead,
            List<GraphRecord> graphs,
            @Nullable BlobRef fields) {
        public PartRecord {
            graphs = List.copyOf(graphs);
        }

        /** The same part in other files. */
        public PartRecord relocated(Relocation relocation) throws IOException {
            List<GraphRecord> there = new ArrayList<>();
            for (GraphRecord graph : graphs) {
                there.add(new GraphRecord(graph.vector(), relocation.move(BlobKind.GRAPH, graph.blob())));
            }
            return new PartRecord(
                    number,
                    relocation.move(BlobKind.SEGMENT, segment),
                    size,
                    dead,
                    there,
                    fields == null ? null : relocation.move(BlobKind.FIELDS, fields));
        }

        public long diskBytes() {
            long bytes = segment.length();
            for (GraphRecord graph : graphs) {
                bytes += graph.blob().length();
            }
            return bytes + (fields == null ? 0 : fields.length());
        }
    }

    /** Brings one blob to another file. */
    @FunctionalInterface
    public interface Relocation {
        BlobRef move(BlobKind kind, BlobRef ref) throws IOException;
    }

    /**
     * The graph over one vector of a part.
     *
     * @param vector position in the configuration
     */
    public record GraphRecord(int vector, BlobRef blob) {}

    public CollectionRecord {
        parts = List.copyOf(parts);
    }

    CollectionRecord withParts(List<PartRecord> other) {
        return new CollectionRecord(
                tenant, collection, config, fields, points, logicalBytes, nextFile, nextPart, other);
    }

    public long diskBytes() {
        long bytes = 0;
        for (PartRecord part : parts) {
            bytes += part.diskBytes();
        }
        return bytes;
    }
}
