package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.Modifier;
import dev.vectorhub.engine.wire.v1.VectorKind;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code sparse_vectors}. What {@code index} says changes nothing here, as the engine decides these itself and keeps values whole:
 * it is checked, kept and shown again.
 */
final class SparseOptions {

    static final String SECTION = "sparse_vectors";

    private static final Set<String> DATATYPES = Set.of("float32", "float16", "uint8");
    private static final Set<String> MEMORY = Set.of("cold", "cached", "pinned");

    private SparseOptions() {}

    /**
     * Adds those of a new collection to its vectors.
     *
     * @param params what the collection shows
     */
    static void read(ConfigNode create, List<VectorParams> vectors, ObjectNode params) {
        ConfigNode sparse = create.object(SECTION);
        if (sparse == null || sparse.node().isEmpty()) {
            return;
        }
        ObjectNode shown = params.putObject(SECTION);
        for (Map.Entry<String, JsonNode> named : sparse.node().properties()) {
            String name = named.getKey();
            String path = sparse.path(BodyErrors.shown(name));
            if (name.isEmpty() || name.length() > VectorOptions.NAME_CHARS_MAX) {
                throw BodyErrors.invalid(path, "a name has 1 to " + VectorOptions.NAME_CHARS_MAX + " characters");
            }
            if (vectors.stream().anyMatch(vector -> vector.getName().equals(name))) {
                throw BodyErrors.invalid(path, "a vector has this name");
            }
            vectors.add(one(name, ConfigNode.object(named.getValue(), path), shown.putObject(name)));
        }
        if (vectors.size() > VectorOptions.VECTORS_MAX) {
            throw BodyErrors.invalid(
                    sparse.path(), "a collection has at most " + VectorOptions.VECTORS_MAX + " vectors");
        }
    }

    private static VectorParams one(String name, ConfigNode vector, ObjectNode shown) {
        String modifier = modifier(vector);
        index(vector, shown);
        vector.copy(shown, "modifier");
        return VectorParams.newBuilder()
                .setName(name)
                .setKind(VectorKind.SPARSE)
                .setDistance(Distance.DOT)
                .setModifier("idf".equals(modifier) ? Modifier.IDF : Modifier.UNMODIFIED)
                .build();
    }

    /** That of {@code /vectors/{name}}, which has no section for the index. */
    static VectorParams added(String name, ConfigNode vector, ObjectNode shown) {
        if (vector.word("datatype", DATATYPES) != null) {
            vector.copy(shown.withObject("/index"), "datatype");
        }
        return one(name, vector, shown);
    }

    private static @Nullable String modifier(ConfigNode vector) {
        return vector.word("modifier", Set.of("none", "idf"));
    }

    private static void index(ConfigNode vector, ObjectNode shown) {
        ConfigNode index = vector.object("index");
        if (index != null) {
            index.integer("full_scan_threshold", 0, Long.MAX_VALUE);
            index.bool("on_disk");
            index.word("datatype", DATATYPES);
            index.word("memory", MEMORY);
            index.copy(shown.withObject("/index"), "full_scan_threshold", "on_disk", "datatype", "memory");
        }
    }

    /** What a change of a collection gives: {@code index} may change, {@code modifier} may not. */
    static void update(ConfigNode update, ObjectNode params) {
        ConfigNode sparse = update.object(SECTION);
        if (sparse == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> named : sparse.node().properties()) {
            ConfigNode diff = ConfigNode.object(named.getValue(), sparse.path(BodyErrors.shown(named.getKey())));
            if (!(params.path(SECTION).get(named.getKey()) instanceof ObjectNode shown)) {
                throw BodyErrors.format(diff.path(), "not existing vector name");
            }
            String modifier = modifier(diff);
            if (modifier != null && !modifier.equals(shown.path("modifier").asText("none"))) {
                throw BodyErrors.unsupported(diff.path("modifier"), "changing how a vector is compared is");
            }
            index(diff, shown);
        }
    }
}
