package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.point.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * One command's change of a collection: readers see nothing of it until {@link #publish}, then all. The collection's lock is
 * held from start to end. Whatever can be refused has been refused before.
 */
final class Edit {
    private final LiveCollection collection;
    private final List<LivePart> parts;
    private final List<@Nullable RoaringBitmap> dying = new ArrayList<>();
    private final List<MemoryPart> finished = new ArrayList<>();
    private long points;
    private long logicalBytes;

    Edit(LiveCollection collection, View view) {
        this.collection = collection;
        this.parts = new ArrayList<>(view.parts());
        for (int i = 0; i < parts.size(); i++) {
            dying.add(null);
        }
        this.points = collection.points();
        this.logicalBytes = collection.logicalBytes();
    }

    /** Ends a point that is alive. */
    void kill(View.Place place) {
        RoaringBitmap dead = dying.get(place.part());
        if (dead == null) {
            dead = parts.get(place.part()).dead().clone();
            dying.set(place.part(), dead);
        }
        dead.add(place.ordinal());
        points--;
        logicalBytes -= logicalBytes(collection, parts.get(place.part()).part(), place.ordinal());
    }

    /** Adds a version of a point of which none is alive. */
    void append(PointId id, @Nullable VectorValue[] vectors, byte[] payload, long version) {
        MemoryPart open = collection.openPart();
        if (open != null && open.bytes() >= collection.around().settings().sealBytes()) {
            seal(open);
            open = null;
        }
        if (open == null) {
            open = new MemoryPart(
                    collection.config().vectors(), collection.around().closer());
            collection.setOpenPart(open);
            parts.add(LivePart.inMemory(collection.takePartNumber(), open.snapshot(), new RoaringBitmap()));
            dying.add(null);
        }
        open.append(id, vectors, payload, version);
        points++;
        logicalBytes += id.byteLength() + payload.length;
        logicalBytes += StoredVectors.logicalBytes(collection.config().vectors(), vectors);
    }

    private void seal(MemoryPart open) {
        int last = parts.size() - 1;
        parts.set(last, renewed(last, open));
        dying.set(last, null);
        finished.add(open);
        collection.setOpenPart(null);
    }

    /** The part with what this edit did to it. */
    private LivePart renewed(int i, @Nullable MemoryPart open) {
        LivePart part = parts.get(i);
        RoaringBitmap dead = dying.get(i);
        if (open != null && i == parts.size() - 1) {
            return LivePart.inMemory(part.number(), open.snapshot(), dead == null ? part.dead() : dead);
        }
        return dead == null ? part : part.withDead(dead);
    }

    void publish() {
        MemoryPart open = collection.openPart();
        List<LivePart> next = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            next.add(renewed(i, open));
        }
        collection.publish(next);
        collection.setCounts(points, logicalBytes);
        for (MemoryPart part : finished) {
            part.release();
        }
    }

    /** What a point counts for: id, vectors, payload. */
    static long logicalBytes(LiveCollection collection, Part part, int ordinal) {
        return part.id(ordinal).byteLength()
                + part.payloadLength(ordinal)
                + StoredVectors.logicalBytes(collection.config().vectors(), part, ordinal);
    }
}
