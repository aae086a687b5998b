package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.engine.wire.v1.CreateFieldIndex;
import dev.vectorhub.engine.wire.v1.FieldType;
import java.util.Locale;
import java.util.Set;

/** {@code PUT /collections/{name}/index}: the field, and its type as a word or as {@code {"type":…}} with parameters. */
final class FieldIndexReader {

    private static final Set<String> TYPES =
            Set.of("keyword", "integer", "float", "geo", "text", "bool", "datetime", "uuid");

    private FieldIndexReader() {}

    /** @throws TenantApiException 400 or 422 */
    static CreateFieldIndex read(byte[] body) {
        ConfigNode create = ConfigNode.of(body);
        JsonNode name = create.given("field_name");
        if (name == null) {
            throw BodyErrors.format("", "missing field `field_name`");
        }
        if (!name.isTextual()) {
            throw BodyErrors.format("field_name", "expected a string, got " + ConfigNode.shown(name));
        }
        if (name.textValue().isEmpty()) {
            throw BodyErrors.invalid("field_name", "a payload key is not empty");
        }
        // Older clients say field_type for it.
        String field = create.given("field_schema") == null ? "field_type" : "field_schema";
        JsonNode schema = create.given(field);
        if (schema == null) {
            throw BodyErrors.format("", "missing field `field_schema`");
        }
        CreateFieldIndex.Builder index = CreateFieldIndex.newBuilder().setKey(name.textValue());
        if (schema.isTextual()) {
            return index.setType(type(create, field)).build();
        }
        ConfigNode params = ConfigNode.object(schema, field);
        FieldType type = type(params, "type");
        return index.setType(type)
                .setParams(FieldParamsReader.read(params, type))
                .build();
    }

    private static FieldType type(ConfigNode node, String field) {
        String type = node.word(field, TYPES);
        if (type == null) {
            throw BodyErrors.format(node.path(), "missing field `" + field + "`");
        }
        return FieldType.valueOf(type.toUpperCase(Locale.ROOT));
    }
}
