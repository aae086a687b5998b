package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.point.VectorForms;
import dev.vectorhub.engine.wire.v1.AddVector;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.HnswParams;
import dev.vectorhub.engine.wire.v1.Quantization;
import dev.vectorhub.engine.wire.v1.RemoveVector;
import dev.vectorhub.engine.wire.v1.UpdateCollection;
import dev.vectorhub.engine.wire.v1.VectorParams;
import dev.vectorhub.engine.wire.v1.VectorUpdate;
import java.util.Map;

/** What requests change about the vectors of a collection: {@code /vectors/{name}}, and {@code vectors} of an update. */
final class VectorChange {

    private VectorChange() {}

    /**
     * {@code PUT /collections/{name}/vectors/{vector}}. The same vector again changes nothing; the engine refuses another one of
     * the name.
     *
     * @throws TenantApiException 400 or 422
     */
    static CollectionDraft add(CollectionDraft draft, String name, byte[] body) {
        requireName(name);
        ConfigNode request = ConfigNode.of(body);
        ConfigNode dense = request.object("dense");
        ConfigNode sparse = request.object("sparse");
        if ((dense == null) == (sparse == null)) {
            throw BodyErrors.format(request.path(), "expected exactly one of `dense`, `sparse`");
        }
        ObjectNode config = ConfigNode.kept(draft.configJson());
        ObjectNode params = config.withObject("/params");
        ObjectNode shown = ConfigNode.TREES.createObjectNode();
        VectorParams vector =
                dense != null ? VectorOptions.one(name, dense, shown) : SparseOptions.added(name, sparse, shown);
        Command command = Command.newBuilder()
                .setAddVector(AddVector.newBuilder().setVector(vector))
                .build();
        CollectionSpec spec = draft.spec();
        if (spec.getVectorsList().stream().anyMatch(present -> present.getName().equals(name))) {
            return new CollectionDraft(command, spec, draft.configJson());
        }
        if (spec.getVectorsCount() >= VectorOptions.VECTORS_MAX) {
            throw TenantApiException.wrongInput("a collection has at most " + VectorOptions.VECTORS_MAX + " vectors");
        }
        named(params, dense != null ? "vectors" : SparseOptions.SECTION).set(name, shown);
        return new CollectionDraft(command, spec.toBuilder().addVectors(vector).build(), config.toString());
    }

    /** {@code DELETE /collections/{name}/vectors/{vector}}; nothing changes if there is none. */
    static CollectionDraft remove(CollectionDraft draft, String name) {
        requireName(name);
        ObjectNode config = ConfigNode.kept(draft.configJson());
        ObjectNode params = config.withObject("/params");
        CollectionSpec.Builder spec = draft.spec().toBuilder().clearVectors();
        for (VectorParams vector : draft.spec().getVectorsList()) {
            if (!vector.getName().equals(name)) {
                spec.addVectors(vector);
            }
        }
        if (params.path("vectors") instanceof ObjectNode dense && !isUnnamed(dense)) {
            dense.remove(name);
            if (dense.size() == 1 && dense.has("")) {
                params.set("vectors", dense.get(""));
            }
        }
        if (params.path(SparseOptions.SECTION) instanceof ObjectNode sparse) {
            sparse.remove(name);
            if (sparse.isEmpty()) {
                params.remove(SparseOptions.SECTION);
            }
        }
        Command command = Command.newBuilder()
                .setRemoveVector(RemoveVector.newBuilder().setName(name))
                .build();
        return new CollectionDraft(command, spec.build(), config.toString());
    }

    private static void requireName(String name) {
        // the database has no zero character
        if (name.isEmpty() || name.length() > VectorOptions.NAME_CHARS_MAX || name.indexOf(0) >= 0) {
            throw new TenantApiException(
                    422,
                    "Validation error in path parameters: [vector_name: must have 1 to " + VectorOptions.NAME_CHARS_MAX
                            + " characters, none of them zero]");
        }
    }

    /** A section that shows vectors by name: a single unnamed one becomes that of the empty name. */
    private static ObjectNode named(ObjectNode params, String section) {
        ObjectNode shown = params.withObject("/" + section);
        if (!isUnnamed(shown)) {
            return shown;
        }
        ObjectNode all = ConfigNode.TREES.createObjectNode();
        all.set("", shown);
        params.set(section, all);
        return all;
    }

    private static boolean isUnnamed(ObjectNode vectors) {
        return vectors.path("size").isNumber();
    }

    /**
     * Of a vector the way it is stored and indexed may change; size and distance never change.
     *
     * @param vectors names and differences
     * @param params what the collection shows
     * @param command tells the engine
     * @return the spec with the changes
     */
    static CollectionSpec update(
            CollectionSpec spec, ConfigNode vectors, ObjectNode params, UpdateCollection.Builder command) {
        CollectionSpec.Builder changed = spec.toBuilder();
        for (Map.Entry<String, JsonNode> entry : vectors.node().properties()) {
            String name = entry.getKey();
            ConfigNode diff = ConfigNode.object(entry.getValue(), vectors.path(BodyErrors.shown(name)));
            int v = position(spec, name);
            ObjectNode shown = shown(params, name);
            diff.bool("on_disk");
            diff.word("memory", CollectionOptions.MEMORY);
            diff.copy(shown, "on_disk", "memory");
            ObjectNode hnsw = CollectionOptions.hnsw(diff);
            if (hnsw != null) {
                shown.withObject("/" + CollectionOptions.HNSW).setAll(hnsw);
            }
            boolean disabled = CollectionOptions.isDisabled(diff);
            ObjectNode quantization = disabled ? null : CollectionOptions.quantization(diff);
            if (quantization != null) {
                shown.set(CollectionOptions.QUANTIZATION, quantization);
            } else if (disabled) {
                shown.remove(CollectionOptions.QUANTIZATION);
            }
            if (hnsw != null || quantization != null || disabled) {
                VectorParams before = spec.getVectors(v);
                HnswParams.Builder after = VectorOptions.hnsw(
                        shown.get(CollectionOptions.HNSW), shown.get(CollectionOptions.QUANTIZATION), before.getSize())
                        .toBuilder();
                if (disabled) {
                    after.setQuantization(Quantization.newBuilder().setKind(Quantization.Kind.NONE));
                }
                changed.setVectors(v, before.toBuilder().setHnsw(after));
                command.addVectors(VectorUpdate.newBuilder().setName(name).setHnsw(after));
            }
        }
        return changed.build();
    }

    private static int position(CollectionSpec spec, String name) {
        for (int v = 0; v < spec.getVectorsCount(); v++) {
            if (spec.getVectors(v).getName().equals(name)) {
                return v;
            }
        }
        throw missing(name);
    }

    private static TenantApiException missing(String name) {
        return VectorForms.unknown(name, "vectors." + BodyErrors.shown(name));
    }

    private static ObjectNode shown(ObjectNode params, String name) {
        ObjectNode vectors = params.withObject("/vectors");
        if (name.isEmpty() && isUnnamed(vectors)) {
            return vectors;
        }
        if (vectors.get(name) instanceof ObjectNode vector) {
            return vector;
        }
        // a sparse one has no such options
        throw missing(name);
    }
}
