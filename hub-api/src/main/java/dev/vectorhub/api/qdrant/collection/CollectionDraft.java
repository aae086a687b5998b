package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.collection.CollectionChange;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.HnswParams;
import dev.vectorhub.engine.wire.v1.Quantization;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A collection's configuration as a request wants it.
 *
 * @param spec what the engine needs
 * @param configJson what {@code GET /collections/{name}} shows of it: {@code params}, and under their names the sections
 *     that were given
 */
record CollectionDraft(CollectionSpec spec, String configJson) {

    /**
     * {@code PUT /collections/{name}}.
     *
     * @throws TenantApiException 400 or 422
     */
    static CollectionDraft create(byte[] body) {
        ConfigNode create = ConfigNode.of(body);
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        ObjectNode params = config.putObject("params");
        List<VectorParams> vectors = VectorOptions.read(create, params.putObject("vectors"));
        SparseOptions.read(create, vectors, params);
        if (vectors.isEmpty()) {
            throw BodyErrors.format(create.path("vectors"), "a collection needs at least one vector");
        }
        CollectionSpec.Builder spec = CollectionSpec.newBuilder().addAllVectors(vectors);
        if (create.given("init_from") != null) {
            throw BodyErrors.unsupported("init_from", "copying another collection is");
        }
        String sharding = create.word("sharding_method", Set.of("auto", "custom"));
        if (sharding != null && !sharding.equals("auto")) {
            throw BodyErrors.unsupported("sharding_method", "custom sharding is");
        }
        create.integer("shard_number", 1, Integer.MAX_VALUE);
        create.copy(params, "shard_number", "sharding_method");
        CollectionOptions.params(create, params);
        ObjectNode hnsw = CollectionOptions.hnsw(create);
        ObjectNode quantization = CollectionOptions.quantization(create);
        spec.setHnsw(VectorOptions.hnsw(hnsw, quantization, largest(spec)));
        put(config, CollectionOptions.HNSW, hnsw);
        put(config, CollectionOptions.OPTIMIZERS, CollectionOptions.optimizers(create));
        put(config, CollectionOptions.WAL, CollectionOptions.wal(create));
        put(config, CollectionOptions.STRICT_MODE, CollectionOptions.strictMode(create));
        put(config, CollectionOptions.QUANTIZATION, quantization);
        ConfigNode metadata = create.object(CollectionOptions.METADATA);
        put(config, CollectionOptions.METADATA, metadata == null ? null : metadata.node());
        return new CollectionDraft(spec.build(), config.toString());
    }

    /**
     * {@code PATCH /collections/{name}}: this configuration with what the body gives in place of what was.
     *
     * @throws TenantApiException 400 or 422
     */
    CollectionDraft update(byte[] body) {
        ConfigNode update = ConfigNode.of(body);
        ObjectNode config = ConfigNode.kept(configJson);
        ObjectNode params = config.withObject("/params");
        SparseOptions.update(update, params);
        ConfigNode newParams = update.object("params");
        if (newParams != null) {
            CollectionOptions.params(newParams, params);
        }
        ConfigNode vectors = update.object("vectors");
        if (vectors != null) {
            updateVectors(vectors, params);
        }
        merge(config, CollectionOptions.HNSW, CollectionOptions.hnsw(update));
        merge(config, CollectionOptions.OPTIMIZERS, CollectionOptions.optimizers(update));
        merge(config, CollectionOptions.STRICT_MODE, CollectionOptions.strictMode(update));
        JsonNode quantization = update.given(CollectionOptions.QUANTIZATION);
        boolean disabled = quantization != null && quantization.isTextual();
        if (disabled) {
            update.word(CollectionOptions.QUANTIZATION, Set.of("Disabled"));
            config.remove(CollectionOptions.QUANTIZATION);
        } else {
            put(config, CollectionOptions.QUANTIZATION, CollectionOptions.quantization(update));
        }
        ConfigNode metadata = update.object(CollectionOptions.METADATA);
        if (metadata != null) {
            updateMetadata(config.withObject("/" + CollectionOptions.METADATA), metadata.node());
        }
        HnswParams.Builder changed = VectorOptions.hnsw(
                config.get(CollectionOptions.HNSW), config.get(CollectionOptions.QUANTIZATION), largest(spec))
                .toBuilder();
        if (disabled) {
            changed.setQuantization(Quantization.newBuilder().setKind(Quantization.Kind.NONE));
        }
        return new CollectionDraft(spec.toBuilder().setHnsw(changed).build(), config.toString());
    }

    /** The change to this configuration that the engine learns of by the command. */
    CollectionChange by(Command.Builder command) {
        return new CollectionChange(command.build(), spec, configJson);
    }

    /** Of a vector the way it is stored may change, and is shown; size and distance never change. */
    private void updateVectors(ConfigNode vectors, ObjectNode params) {
        for (Map.Entry<String, JsonNode> entry : vectors.node().properties()) {
            String name = entry.getKey();
            ConfigNode diff = ConfigNode.object(entry.getValue(), vectors.path(BodyErrors.shown(name)));
            VectorSchema.of(spec).size(name);
            diff.bool("on_disk");
            diff.word("memory", CollectionOptions.MEMORY);
            ObjectNode shown = name.isEmpty() ? params.withObject("/vectors") : named(params, name);
            diff.copy(shown, "on_disk", "memory");
            if (diff.given(CollectionOptions.HNSW) != null) {
                throw BodyErrors.unsupported(
                        diff.path(CollectionOptions.HNSW), "changing the graph of a single vector is");
            }
            put(shown, CollectionOptions.QUANTIZATION, CollectionOptions.quantization(diff));
        }
    }

    private static ObjectNode named(ObjectNode params, String name) {
        JsonNode vector = params.path("vectors").get(name);
        if (vector instanceof ObjectNode object) {
            return object;
        }
        throw TenantApiException.wrongInput("Not existing vector name error: " + name);
    }

    /** Qdrant's rule: given keys replace, a key that is null is taken away. */
    private static void updateMetadata(ObjectNode metadata, ObjectNode given) {
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if (entry.getValue().isNull()) {
                metadata.remove(entry.getKey());
            } else {
                metadata.set(entry.getKey(), entry.getValue());
            }
        }
    }

    private static void put(ObjectNode config, String section, @Nullable ObjectNode value) {
        if (value != null) {
            config.set(section, value);
        }
    }

    private static void merge(ObjectNode config, String section, @Nullable ObjectNode value) {
        if (value != null) {
            config.withObject("/" + section).setAll(value);
        }
    }

    private static int largest(CollectionSpec spec) {
        return largest(spec.toBuilder());
    }

    private static int largest(CollectionSpec.Builder spec) {
        int largest = 1;
        for (VectorParams vector : spec.getVectorsList()) {
            largest = Math.max(largest, vector.getSize());
        }
        return largest;
    }
}
