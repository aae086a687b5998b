package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CreateCollection;
import dev.vectorhub.engine.wire.v1.HnswParams;
import dev.vectorhub.engine.wire.v1.Quantization;
import dev.vectorhub.engine.wire.v1.UpdateCollection;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A collection's configuration as a request wants it.
 *
 * @param command what tells the engine to have it so; empty for what it has
 * @param spec what the engine has then
 * @param configJson what {@code GET /collections/{name}} shows of it: {@code params}, and under their names the sections
 *     that were given
 */
record CollectionDraft(Command command, CollectionSpec spec, String configJson) {

    /** As it stands. */
    static CollectionDraft of(CollectionHandle collection) {
        return new CollectionDraft(Command.getDefaultInstance(), collection.spec(), collection.configJson());
    }

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
        return new CollectionDraft(
                Command.newBuilder()
                        .setCreateCollection(CreateCollection.newBuilder().setSpec(spec))
                        .build(),
                spec.build(),
                config.toString());
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
        UpdateCollection.Builder command = UpdateCollection.newBuilder();
        ConfigNode vectors = update.object("vectors");
        CollectionSpec changedSpec = vectors == null ? spec : VectorChange.update(spec, vectors, params, command);
        merge(config, CollectionOptions.HNSW, CollectionOptions.hnsw(update));
        merge(config, CollectionOptions.OPTIMIZERS, CollectionOptions.optimizers(update));
        merge(config, CollectionOptions.STRICT_MODE, CollectionOptions.strictMode(update));
        boolean disabled = CollectionOptions.isDisabled(update);
        if (disabled) {
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
        changed.setEfSearch(spec.getHnsw().getEfSearch());
        if (disabled) {
            changed.setQuantization(Quantization.newBuilder().setKind(Quantization.Kind.NONE));
        }
        command.setHnsw(changed);
        return new CollectionDraft(
                Command.newBuilder().setUpdateCollection(command).build(),
                changedSpec.toBuilder().setHnsw(changed).build(),
                config.toString());
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
