package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import dev.vectorhub.api.qdrant.point.VectorReader;
import dev.vectorhub.engine.wire.v1.PointId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A vector, or a point in its place, and where it stood: the vector's name may come behind it, so its size is checked later.
 *
 * @param f32 null for a point
 * @param id null for a vector
 */
record Input(@Nullable ByteString f32, @Nullable PointId id, String path) {

    /** Reads the value where the body stands. */
    static Input read(JsonBody body, int guess) {
        return switch (body.token()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING ->
                new Input(null, PointIdJson.read(body), body.path());
            case START_ARRAY -> {
                ByteString f32 = VectorReader.readAny(body, guess);
                yield new Input(f32, null, body.path());
            }
            case START_OBJECT -> throw body.unsupported("sparse vectors and inference are");
            default -> throw body.mismatch("a vector or a point id");
        };
    }

    /** The same of a tree. */
    static Input of(JsonNode node, String path) {
        if (node.isNumber() || node.isTextual()) {
            PointId id = node.isTextual() ? PointIdJson.uuid(node.textValue()) : PointIdJson.number(node.asText());
            if (id == null) {
                throw BodyErrors.format(
                        path,
                        "value " + BodyErrors.shown(node.asText())
                                + " is not a valid point ID, valid values are either an unsigned integer or a UUID");
            }
            return new Input(null, id, path);
        }
        if (node.isObject()) {
            throw BodyErrors.unsupported(path, "sparse vectors and inference are");
        }
        if (!node.isArray()) {
            throw BodyErrors.format(path, "expected a vector or a point id");
        }
        if (node.size() > VectorReader.SIZE_MAX) {
            throw BodyErrors.format(path, "a vector has at most " + VectorReader.SIZE_MAX + " numbers");
        }
        ByteBuffer f32 = ByteBuffer.allocate(node.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < node.size(); i++) {
            JsonNode component = node.get(i);
            if (component.isArray()) {
                throw BodyErrors.unsupported(path, "multivectors are");
            }
            float value = component.floatValue();
            if (!component.isNumber() || !Float.isFinite(value)) {
                throw BodyErrors.format(path + "[" + i + "]", "expected a finite number");
            }
            f32.putFloat(value);
        }
        return new Input(UnsafeByteOperations.unsafeWrap(f32.flip()), null, path);
    }
}
