package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import dev.vectorhub.api.qdrant.point.VectorReader;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.QueryInput;
import java.nio.charset.StandardCharsets;

/**
 * A vector, or a point in its place, and where it stood: the vector's name may come behind it, so whether it fits is checked
 * later.
 */
record Input(QueryInput value, String path) {

    /** Reads the value where the body stands. */
    static Input read(JsonBody body, int guess, Documents documents) {
        return switch (body.token()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING -> of(PointIdJson.read(body), body.path());
            case START_ARRAY, START_OBJECT -> {
                QueryInput vector = VectorReader.any(body, guess, documents);
                yield new Input(vector, body.path());
            }
            default -> throw body.mismatch("a vector or a point id");
        };
    }

    private static Input of(PointId id, String path) {
        return new Input(QueryInput.newBuilder().setId(id).build(), path);
    }

    /** The same of a tree. */
    static Input of(JsonNode node, String path, Documents documents) {
        if (node.isNumber() || node.isTextual()) {
            PointId id = node.isTextual() ? PointIdJson.uuid(node.textValue()) : PointIdJson.number(node.asText());
            if (id == null) {
                throw BodyErrors.format(
                        path,
                        "value " + BodyErrors.shown(node.asText())
                                + " is not a valid point ID, valid values are either an unsigned integer or a UUID");
            }
            return of(id, path);
        }
        if (!node.isArray() && !node.isObject()) {
            throw BodyErrors.format(path, "expected a vector or a point id");
        }
        byte[] bytes = node.toString().getBytes(StandardCharsets.UTF_8);
        return new Input(JsonBody.read(bytes, path, body -> VectorReader.any(body, node.size(), documents)), path);
    }
}
