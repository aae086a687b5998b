package dev.vectorhub.api.malformed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Which schema each operation's body has, and the schemas; from {@code src/test/resources/qdrant}. */
final class RequestSchemas {

    /** What a JSON value can be; a schema permits some of them. */
    enum Type {
        NULL,
        BOOLEAN,
        INTEGER,
        NUMBER,
        STRING,
        ARRAY,
        OBJECT
    }

    private static final String REFERENCE = "#/components/schemas/";
    private static final int ENDLESS = 1_000;

    private final Map<String, String> operations = new TreeMap<>();
    private final Map<String, JsonNode> schemas = new HashMap<>();
    private final Map<String, Integer> heights = new HashMap<>();

    RequestSchemas() {
        ObjectMapper trees = new ObjectMapper();
        for (String file : List.of("/qdrant/requests.json", "/qdrant/older-requests.json")) {
            try (InputStream in = RequestSchemas.class.getResourceAsStream(file)) {
                JsonNode document = trees.readTree(in);
                document.get("operations")
                        .properties()
                        .forEach(o -> operations.put(o.getKey(), o.getValue().asText()));
                document.get("schemas").properties().forEach(s -> schemas.put(s.getKey(), s.getValue()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** {@code POST /path} with the name of the body's schema. */
    Map<String, String> operations() {
        return operations;
    }

    JsonNode named(String name) {
        return Objects.requireNonNull(schemas.get(name), name);
    }

    /** The name behind a reference; empty where the schema stands in place. */
    static String name(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? "" : reference.substring(REFERENCE.length());
    }

    JsonNode resolved(JsonNode schema) {
        String name = name(schema);
        return name.isEmpty() ? schema : resolved(named(name));
    }

    /** One schema each of which a value may follow; without the one that only permits null. */
    List<JsonNode> alternatives(JsonNode schema) {
        JsonNode here = resolved(schema);
        JsonNode several = here.has("anyOf") ? here.get("anyOf") : here.path("oneOf");
        List<JsonNode> alternatives = new ArrayList<>();
        for (JsonNode alternative : several) {
            if (!(alternative.size() == 1 && alternative.has("nullable"))) {
                alternatives.add(alternative);
            }
        }
        return alternatives;
    }

    /** The types that a value may have here. */
    Set<Type> types(JsonNode schema) {
        Set<Type> types = EnumSet.noneOf(Type.class);
        types(schema, types, new HashSet<>());
        return types;
    }

    private void types(JsonNode schema, Set<Type> types, Set<String> seen) {
        String name = name(schema);
        if (!name.isEmpty() && !seen.add(name)) {
            return;
        }
        JsonNode here = resolved(schema);
        if (here.path("nullable").asBoolean()) {
            types.add(Type.NULL);
        }
        if (here.has("anyOf") || here.has("oneOf")) {
            (here.has("anyOf") ? here.get("anyOf") : here.get("oneOf")).forEach(each -> types(each, types, seen));
            return;
        }
        switch (here.path("type").asText("")) {
            case "boolean" -> types.add(Type.BOOLEAN);
            case "integer" -> types.add(Type.INTEGER);
            case "number" -> types.addAll(EnumSet.of(Type.INTEGER, Type.NUMBER));
            case "string" -> types.add(Type.STRING);
            case "array" -> types.add(Type.ARRAY);
            case "object" -> types.add(Type.OBJECT);
            default -> {
                if (!(here.size() == 1 && here.has("nullable"))) {
                    types.addAll(EnumSet.allOf(Type.class));
                }
            }
        }
    }

    /** How deep the smallest value is that follows the schema. */
    int height(JsonNode schema) {
        return height(schema, new HashSet<>());
    }

    private int height(JsonNode schema, Set<String> inside) {
        String name = name(schema);
        if (!name.isEmpty()) {
            Integer known = heights.get(name);
            if (known != null) {
                return known;
            }
            if (!inside.add(name)) {
                return ENDLESS;
            }
            int height = height(named(name), inside);
            inside.remove(name);
            if (height < ENDLESS) {
                heights.put(name, height);
            }
            return height;
        }
        List<JsonNode> alternatives = alternatives(schema);
        if (!alternatives.isEmpty()) {
            return alternatives.stream()
                    .mapToInt(each -> height(each, inside))
                    .min()
                    .orElse(0);
        }
        int height = 0;
        if (schema.has("items")) {
            height = height(schema.get("items"), inside);
        }
        for (JsonNode required : schema.path("required")) {
            height = Math.max(height, height(schema.path("properties").path(required.asText()), inside));
        }
        if (schema.path("additionalProperties").isObject()) {
            height = Math.max(height, height(schema.get("additionalProperties"), inside));
        }
        return Math.min(ENDLESS, height + 1);
    }
}
