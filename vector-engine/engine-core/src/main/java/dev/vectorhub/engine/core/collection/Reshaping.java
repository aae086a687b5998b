package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.roaringbitmap.IntIterator;

/**
 * The commands that add vectors to a collection and remove them. Stored parts stay as they are: what they lack is missing, what
 * was removed is passed over until they are rewritten. A vector is known by its place, which a new one takes only when nothing
 * of the old one is left in any part, so that nothing removed can come back under another name.
 */
public final class Reshaping {
    /** Of one point. */
    public static final int VECTORS_MAX = 64;

    /** With those of removed vectors that parts still have. */
    private static final int PLACES_MAX = 4 * VECTORS_MAX;

    private Reshaping() {}

    /**
     * Adds a vector that points lack until they are given it. The same one again changes nothing.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} if there is another one of the name, or no place for it
     */
    public static void add(LiveCollection collection, VectorConfig vector) {
        locked(collection, view -> {
            CollectionConfig config = collection.config();
            int present = config.position(vector.name());
            if (present >= 0) {
                if (!config.vectors().get(present).isLike(vector)) {
                    throw StoreException.invalid(
                            "Vector `" + vector.name() + "` already exists with a different configuration");
                }
                return;
            }
            List<VectorConfig> vectors = new ArrayList<>(config.vectors());
            if (config.living().size() >= VECTORS_MAX) {
                throw StoreException.invalid("vectors: a collection has at most " + VECTORS_MAX);
            }
            int place = free(view, vectors);
            if (place < vectors.size()) {
                vectors.set(place, vector);
            } else if (place < PLACES_MAX) {
                vectors.add(vector);
            } else {
                throw StoreException.invalid(
                        "vectors: those that were removed still have to be cleared away, try later");
            }
            collection.reshape(view, vectors, collection.logicalBytes());
        });
    }

    /** The place of a removed vector of which no part has any bytes left, else a new one. */
    private static int free(View view, List<VectorConfig> vectors) {
        for (int v = 0; v < vectors.size(); v++) {
            int place = v;
            if (vectors.get(v).isRemoved()
                    && view.parts().stream().noneMatch(part -> part.part().holds(place))) {
                return v;
            }
        }
        return vectors.size();
    }

    /** Takes a vector from all points; nothing happens if there is none of the name. */
    public static void remove(LiveCollection collection, String name) {
        locked(collection, view -> {
            int removed = collection.config().position(name);
            if (removed < 0) {
                return;
            }
            VectorConfig config = collection.config().vectors().get(removed);
            long bytes = collection.logicalBytes();
            for (LivePart part : view.parts()) {
                bytes -= part.part().lacks(removed) ? 0 : logicalBytes(config, part, removed);
            }
            List<VectorConfig> vectors = new ArrayList<>(collection.config().vectors());
            vectors.set(removed, VectorConfig.REMOVED);
            collection.reshape(view, vectors, bytes);
        });
    }

    private static long logicalBytes(VectorConfig config, LivePart part, int vector) {
        long bytes = 0;
        IntIterator ordinals = FilterRun.alive(part).getIntIterator();
        while (ordinals.hasNext()) {
            int ordinal = ordinals.next();
            if (part.part().has(vector, ordinal)) {
                bytes += StoredVectors.logicalBytes(config, part.part(), vector, ordinal);
            }
        }
        return bytes;
    }

    private static void locked(LiveCollection collection, Consumer<View> command) {
        collection.requireSound();
        collection.lock().lock();
        try {
            View view = collection.acquire();
            try {
                command.accept(view);
            } finally {
                view.release();
            }
        } finally {
            collection.lock().unlock();
        }
    }
}
