package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.storage.BlobRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A part with what is known beside it; an immutable value. Parts are in memory until a {@link Rewrite} stores them; of those in
 * memory only the last may still be written to.
 *
 * @param number in the collection, never used twice
 * @param dead ordinals whose points were replaced or deleted; never changed
 * @param alive points
 * @param blob where it is stored; null in memory
 * @param graphs at most one for each vector
 * @param fields the index of payload fields; null if it has none
 */
record LivePart(
        long number,
        Part part,
        RoaringBitmap dead,
        int alive,
        @Nullable BlobRef blob,
        List<GraphBlob> graphs,
        @Nullable FieldsBlob fields) {

    static LivePart inMemory(long number, Part part, RoaringBitmap dead) {
        return new LivePart(number, part, dead, alive(part, dead), null, List.of(), null);
    }

    static LivePart stored(
            long number,
            Part part,
            RoaringBitmap dead,
            BlobRef blob,
            List<GraphBlob> graphs,
            @Nullable FieldsBlob fields) {
        return new LivePart(number, part, dead, alive(part, dead), blob, List.copyOf(graphs), fields);
    }

    private static int alive(Part part, RoaringBitmap dead) {
        return part.size() - dead.getCardinality();
    }

    LivePart withDead(RoaringBitmap newDead) {
        return new LivePart(number, part, newDead, alive(part, newDead), blob, graphs, fields);
    }

    /** With this graph instead of the one that its vector had. */
    LivePart withGraph(GraphBlob graph) {
        List<GraphBlob> newGraphs = new ArrayList<>(graphs);
        newGraphs.removeIf(old -> old.vector() == graph.vector());
        newGraphs.add(graph);
        return new LivePart(number, part, dead, alive, blob, List.copyOf(newGraphs), fields);
    }

    /** With those of its graphs. */
    LivePart withGraphs(Predicate<GraphBlob> kept) {
        return new LivePart(
                number, part, dead, alive, blob, graphs.stream().filter(kept).toList(), fields);
    }

    LivePart withFields(FieldsBlob newFields) {
        return new LivePart(number, part, dead, alive, blob, graphs, newFields);
    }

    @Nullable
    GraphBlob graph(int vector) {
        for (GraphBlob graph : graphs) {
            if (graph.vector() == vector) {
                return graph;
            }
        }
        return null;
    }

    boolean isAlive(int ordinal) {
        return ordinal >= 0 && !dead.contains(ordinal);
    }

    void retain() {
        part.memory().retain();
        for (GraphBlob graph : graphs) {
            graph.file().retain();
        }
        if (fields != null) {
            fields.file().retain();
        }
    }

    void release() {
        part.memory().release();
        for (GraphBlob graph : graphs) {
            graph.file().release();
        }
        if (fields != null) {
            fields.file().release();
        }
    }
}
