package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.text.TextAnalyzer;
import dev.vectorhub.text.TextSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The commands on a collection's configuration and payload indexes. */
public final class Settings {
    /** Each costs memory and time wherever payloads are stored. */
    private static final int FIELDS_MAX = 256;

    private Settings() {}

    /** What is damaged is found before the command, not by the checkpoint after it. */
    private static void requireServed(LiveCollection collection) {
        collection.requireSound();
        collection.acquire().release();
    }

    /**
     * Values that are 0 stay as they are.
     *
     * @param vectors changes of single vectors, by name
     * @throws StoreException {@code INVALID_ARGUMENT} for a name that the collection has not
     */
    public static void update(LiveCollection collection, HnswConfig hnsw, Map<String, HnswConfig> vectors) {
        requireServed(collection);
        CollectionConfig current = collection.config();
        List<VectorConfig> changed = new ArrayList<>(current.vectors());
        vectors.forEach((name, own) -> {
            int v = PreparedPoints.position(current, name);
            changed.set(v, changed.get(v).with(own.orElse(changed.get(v).hnsw())));
        });
        collection.configure(
                new CollectionConfig(changed, hnsw.orElse(current.hnsw()), current.isolation()), collection.fields());
    }

    /**
     * Adds an index of a payload field, or has another specification for one.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} for a wrong path or too many indexes
     */
    public static void putField(LiveCollection collection, String key, FieldSpec spec) {
        requireServed(collection);
        FieldPath.parse(key);
        TextSpec text = spec.text();
        if (text != null) {
            requireAnalyzer(text);
        }
        Map<String, FieldSpec> next = new TreeMap<>(collection.fields());
        next.keySet().removeIf(other -> !other.equals(key) && isSameField(other, key));
        boolean changes = !spec.equals(next.put(key, spec));
        if (next.size() > FIELDS_MAX) {
            throw StoreException.invalid("a collection has at most " + FIELDS_MAX + " payload indexes");
        }
        if (changes) {
            collection.configure(collection.config(), next);
        }
    }

    private static void requireAnalyzer(TextSpec text) {
        try {
            TextAnalyzer.of(text);
        } catch (IllegalArgumentException e) {
            throw StoreException.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Whether two keys are spellings of one path. */
    private static boolean isSameField(String key, String other) {
        return key.equals(other) || FieldPath.parse(key).equals(FieldPath.parse(other));
    }

    public static void removeField(LiveCollection collection, String key) {
        requireServed(collection);
        Map<String, FieldSpec> next = new TreeMap<>(collection.fields());
        if (next.keySet().removeIf(other -> isSameField(other, key))) {
            collection.configure(collection.config(), next);
        }
    }
}
