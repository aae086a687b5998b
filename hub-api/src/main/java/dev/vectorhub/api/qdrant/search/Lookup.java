package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.QueryInput;
import org.jspecify.annotations.Nullable;

/**
 * Where points that stand for vectors are looked up: another collection of the tenant.
 *
 * @param vector name of the vector there; null for the name that the query uses
 */
public record Lookup(String collection, @Nullable String vector) {

    /** Reads such vectors. */
    public interface Vectors {
        /**
         * The vector of a point.
         *
         * @throws dev.vectorhub.api.pipeline.TenantApiException 403 or 404 for what the caller does not reach
         */
        QueryInput vector(String collection, String vector, PointId id);
    }

    static @Nullable Lookup of(JsonNode node, String path) {
        if (node.isNull()) {
            return null;
        }
        if (!node.isObject() || !node.path("collection").isTextual()) {
            throw BodyErrors.format(path, "missing field `collection`");
        }
        JsonNode shardKey = node.path("shard_key");
        if (!shardKey.isMissingNode() && !shardKey.isNull()) {
            throw BodyErrors.unsupported(path + ".shard_key", "shard keys are");
        }
        JsonNode vector = node.path("vector");
        if (!vector.isTextual() && !vector.isMissingNode() && !vector.isNull()) {
            throw BodyErrors.format(path + ".vector", "expected a string");
        }
        return new Lookup(node.get("collection").textValue(), vector.isTextual() ? vector.textValue() : null);
    }
}
