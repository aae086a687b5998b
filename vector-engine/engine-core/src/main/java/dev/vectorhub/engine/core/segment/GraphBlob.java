package dev.vectorhub.engine.core.segment;

import dev.vectorhub.engine.core.graph.GraphOrder;
import dev.vectorhub.engine.core.graph.HnswGraph;
import dev.vectorhub.engine.core.kernel.RowCode;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.MappedFile;
import dev.vectorhub.engine.core.vector.Rows;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A graph on disk, over one vector of one segment. Its format is {@link HnswGraph}'s.
 *
 * @param file what has to be retained to read
 */
public record GraphBlob(int vector, BlobRef ref, HnswGraph graph, MappedFile file) {

    /**
     * Writes a built graph, its vertices renumbered.
     *
     * @param code what its rows are to hold; null for the int8 codes that it was built on
     */
    public static BlobRef write(BlobWriter out, HnswGraph graph, @Nullable RowCode code, Rows vectors)
            throws IOException {
        out.beginBlob();
        GraphOrder.write(graph, GraphOrder.of(graph), code, vectors, bytes -> out.put(bytes, 0, bytes.byteSize()));
        out.putInt(out.checksum());
        out.putInt(SegmentFormat.GRAPH_MAGIC);
        return out.endBlob();
    }

    /**
     * Takes over the caller's reference to the file, also if it fails.
     *
     * @param ordinals of the segment
     */
    public static GraphBlob open(MappedFile file, BlobRef ref, int vector, int ordinals, int dimensions) {
        try {
            MemorySegment bytes = file.blob(ref);
            long body = bytes.byteSize() - HnswGraph.FOOTER_BYTES;
            if (body < 0) {
                throw Damage.in(file.path(), "is cut short");
            }
            if (bytes.get(SegmentFormat.INT, body) != file.checksum(ref, body)
                    || bytes.get(SegmentFormat.INT, body + 4) != SegmentFormat.GRAPH_MAGIC) {
                throw Damage.in(file.path(), "fails its checksum");
            }
            String fault = HnswGraph.fault(bytes, ordinals, dimensions);
            if (fault != null) {
                throw Damage.in(file.path(), fault);
            }
            return new GraphBlob(vector, ref, new HnswGraph(bytes), file);
        } catch (RuntimeException e) {
            file.release();
            throw e;
        }
    }
}
