package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.storage.BlobKind;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import dev.vectorhub.engine.core.storage.Home;
import dev.vectorhub.engine.core.storage.MappedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection on its way to another home, as part of a checkpoint: what is stored is copied byte by byte, what is in memory is
 * written there, and with the checkpoint's commit the new home counts. Until then the old one does; so readers and writers
 * notice nothing, and a crash leaves the collection in one of the two. Background work on the collection waits meanwhile.
 */
public final class Move {
    private final LiveCollection collection;
    private final CollectionFiles target;
    private final Home before;
    private final Map<Long, PartRecord> copied = new TreeMap<>();
    private final Map<Long, LivePart> opened = new TreeMap<>();

    private Move(LiveCollection collection, CollectionFiles target) {
        this.collection = collection;
        this.target = target;
        this.before = collection.home();
    }

    /** Null while background work is at the collection; else {@link #end} is owed. */
    public static @Nullable Move begin(LiveCollection collection, IsolationMode to) {
        if (!collection.tryClaim()) {
            return null;
        }
        boolean begun = false;
        try {
            Home home = Home.of(collection.around().layout(), collection.tenant(), collection.id(), to);
            collection.setMoving(home);
            home.directories().forEach(collection.around().layout()::makeDirectory);
            CollectionFiles target = new CollectionFiles(
                    home, to, collection.around().files(), collection.files().nextFile());
            begun = true;
            return new Move(collection, target);
        } finally {
            if (!begun) {
                collection.setMoving(null);
                collection.unclaim();
            }
        }
    }

    public LiveCollection collection() {
        return collection;
    }

    CollectionFiles target() {
        return target;
    }

    /** Copies a stored part with its graphs. */
    PartRecord copy(PartRecord part, CheckpointParts parts) throws IOException {
        PartRecord there = part.relocated((kind, ref) -> copy(kind, ref, part.size(), parts));
        copied.put(part.number(), there);
        return there;
    }

    private BlobRef copy(BlobKind kind, BlobRef ref, int points, CheckpointParts parts) throws IOException {
        MappedFile file = collection.around().files().acquire(before.file(kind, ref.file()));
        try {
            MemorySegment bytes = file.blob(ref);
            BlobWriter out = parts.target(collection, target, points, kind);
            out.beginBlob();
            out.put(bytes, 0, bytes.byteSize());
            return out.endBlob();
        } finally {
            file.release();
        }
    }

    /** Reads back what was copied: the originals go with the commit. */
    void open() {
        List<VectorConfig> vectors = collection.config().vectors();
        for (PartRecord part : copied.values()) {
            opened.put(part.number(), target.open(part, vectors));
        }
    }

    /** After the commit: the view has its parts from the new home from now on. */
    void install() {
        collection.lock().lock();
        try {
            View current = collection.peek();
            collection.relocate(target);
            if (current != null && !collection.isDropped()) {
                List<LivePart> parts = new ArrayList<>();
                for (LivePart part : current.parts()) {
                    LivePart there = opened.get(part.number());
                    parts.add(there == null ? part : there.withDead(part.dead()));
                }
                collection.publish(parts);
            }
        } finally {
            collection.lock().unlock();
        }
    }

    /** Directories that are garbage now: the old home's after the commit, the new one's if there was none. */
    public List<Path> leftovers(boolean committed) {
        Home garbage = committed ? before : target.home();
        return garbage.packed() ? List.of() : garbage.directories();
    }

    public void end() {
        opened.values().forEach(LivePart::release);
        opened.clear();
        collection.setMoving(null);
        collection.unclaim();
    }
}
