package dev.vectorhub.api.malformed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that follow a schema, over a collection that has what they name. Of several forms that a value may have, the one that
 * came least often comes next; so each form of each schema appears early.
 */
final class SchemaBodies {

    /**
     * A value in a body.
     *
     * @param path names and indexes from the root
     * @param schema what the value may be; null where it may be anything
     * @param form of several that the schema has, the one that the value follows
     * @param ofMap whether the name was free to choose
     * @param among whether the object around it follows one form of several: without the field it may follow another
     */
    record Place(
            List<Object> path,
            @Nullable JsonNode schema,
            @Nullable JsonNode form,
            boolean required,
            boolean among,
            boolean ofMap) {}

    record Made(JsonNode body, List<Place> places) {}

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEPTH = 9;

    /** What the hub does not serve from a body alone, or only with collections of another kind. */
    private static final Set<String> ELSEWHERE = Set.of("Document", "Image", "InferenceObject", "SparseVector");

    private static final Set<String> VECTORS = Set.of(
            "VectorStruct",
            "BatchVectorStruct",
            "Vector",
            "VectorInput",
            "RecommendExample",
            "NamedVectorStruct",
            "NamedVector");

    private static final Set<String> LEFT_OUT =
            Set.of("shard_key", "sharding_method", "shard_number", "strict_mode_config");

    /** What a body needs to be right, although its schema does not require it. */
    private static final Set<String> WANTED = Set.of("vectors", "query", "target", "positive", "field_schema");

    /** Points or a filter: the schema permits both and neither. */
    private static final Set<String> EITHER = Set.of("SetPayload", "DeletePayload", "DeleteVectors");

    static final String[] UUIDS = {"936da01f-9abd-4d9d-80c7-02af85c822a8", "550e8400-e29b-41d4-a716-446655440000"};

    private final RequestSchemas schemas;
    private final Random random;
    private final Map<JsonNode, Integer> chosen = new IdentityHashMap<>();
    private Target target = Target.UNNAMED;
    // Of the value that was made last.
    private @Nullable JsonNode form;
    private List<Place> places = new ArrayList<>();

    SchemaBodies(RequestSchemas schemas, Random random) {
        this.schemas = schemas;
        this.random = random;
    }

    Made make(String schema, Target collection) {
        target = collection;
        places = new ArrayList<>();
        List<Object> path = new ArrayList<>();
        JsonNode body = value(schemas.named(schema), schema, path, 0, false);
        return new Made(body, places);
    }

    // ---- by schema

    private JsonNode value(JsonNode schema, String name, List<Object> path, int depth, boolean among) {
        String own = RequestSchemas.name(schema);
        String known = own.isEmpty() ? name : own;
        JsonNode here = schemas.resolved(schema);
        JsonNode fixed = fixed(known);
        if (fixed != null) {
            return fixed;
        }
        List<JsonNode> alternatives = schemas.alternatives(here);
        if (!alternatives.isEmpty()) {
            return value(choice(known, alternatives, depth), known, path, depth, among || alternatives.size() > 1);
        }
        JsonNode value = plain(here, known, path, depth, among);
        form = here;
        return value;
    }

    private JsonNode plain(JsonNode here, String known, List<Object> path, int depth, boolean among) {
        if (here.has("enum")) {
            return here.get("enum").get(random.nextInt(here.get("enum").size()));
        }
        return switch (here.path("type").asText()) {
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "integer" -> integer(here);
            case "number" -> number(here);
            case "string" -> text(here);
            case "array" -> array(here, known, path, depth);
            case "object" -> object(here, known, path, depth, among);
            default -> NODES.numberNode(random.nextInt(9));
        };
    }

    private JsonNode choice(String name, List<JsonNode> alternatives, int depth) {
        List<JsonNode> possible = alternatives.stream()
                .filter(each -> served(name, each, alternatives.indexOf(each)))
                .toList();
        if (possible.isEmpty() || random.nextInt(60) == 0) {
            possible = alternatives;
        }
        int least = Integer.MAX_VALUE;
        JsonNode best = possible.getFirst();
        for (int i = 0, from = random.nextInt(possible.size()); i < possible.size(); i++) {
            JsonNode each = possible.get((i + from) % possible.size());
            int weight = depth > DEPTH ? schemas.height(each) : chosen.getOrDefault(each, 0);
            if (weight < least) {
                least = weight;
                best = each;
            }
        }
        chosen.merge(best, 1, Integer::sum);
        return best;
    }

    /** Whether the target has what the form of a value needs. */
    private boolean served(String name, JsonNode alternative, int index) {
        if (ELSEWHERE.contains(RequestSchemas.name(alternative))) {
            return false;
        }
        return switch (name) {
            case "VectorStruct", "BatchVectorStruct" -> index == (target.named() ? 2 : 0);
            case "Vector" -> index == 0;
            // without several vectors a point
            case "VectorInput" -> index != 2;
            case "NamedVectorStruct" -> index == (target.named() ? 1 : 0);
            default -> true;
        };
    }

    private JsonNode integer(JsonNode schema) {
        long min = schema.path("minimum").asLong(0);
        long max = Math.min(schema.path("maximum").asLong(min + 12), min + 12);
        return NODES.numberNode(min + random.nextInt((int) (max - min) + 1));
    }

    private JsonNode number(JsonNode schema) {
        double min = schema.path("minimum").asDouble(0);
        double max = schema.path("maximum").asDouble(min + 1);
        return NODES.numberNode((float) (min + (max - min) * (1 + random.nextInt(7)) / 8));
    }

    private JsonNode text(JsonNode schema) {
        return NODES.textNode(
                switch (schema.path("format").asText()) {
                    case "uuid" -> UUIDS[random.nextInt(2)];
                    case "date-time" -> "2024-0" + (1 + random.nextInt(9)) + "-17T12:00:00Z";
                    default -> List.of("kind", "n", "name").get(random.nextInt(3));
                });
    }

    private ArrayNode array(JsonNode schema, String name, List<Object> path, int depth) {
        ArrayNode array = NODES.arrayNode();
        boolean vector = schema.get("items").path("format").asText().equals("float") && VECTORS.contains(name);
        int size = vector ? Target.DIMENSIONS : name.startsWith("Batch") ? 2 : 1 + random.nextInt(2);
        for (int i = 0; i < size; i++) {
            path.add(i);
            array.add(placed(schema.get("items"), name, path, depth, false, false, false));
            path.removeLast();
        }
        return array;
    }

    private JsonNode placed(
            JsonNode schema,
            String name,
            List<Object> path,
            int depth,
            boolean required,
            boolean among,
            boolean ofMap) {
        int at = places.size();
        List<Object> here = List.copyOf(path);
        places.add(new Place(here, schema, null, required, among, ofMap));
        form = null;
        JsonNode value = value(schema, name, path, depth + 1, false);
        places.set(at, new Place(here, schema, form, required, among, ofMap));
        return value;
    }

    private ObjectNode object(JsonNode schema, String name, List<Object> path, int depth, boolean among) {
        ObjectNode object = NODES.objectNode();
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(field -> required.add(field.asText()));
        String leftOut = EITHER.contains(name) ? (random.nextBoolean() ? "points" : "filter") : "";
        schema.path("properties").properties().forEach(property -> {
            String field = property.getKey();
            if (field.equals(leftOut)) {
                return;
            }
            boolean wanted = required.contains(field)
                    || (!leftOut.isEmpty() && (field.equals("points") || field.equals("filter")))
                    || wanted(field)
                    || (depth <= DEPTH && random.nextInt(LEFT_OUT.contains(field) ? 12 : 3 + depth / 2) == 0);
            if (wanted) {
                field(object, field, property.getValue(), name, path, depth, required.contains(field), among, false);
            }
        });
        if (name.equals("FieldCondition") && object.size() == 1) {
            JsonNode check = schema.path("properties").path("is_empty");
            field(object, "is_empty", check, name, path, depth, false, among, false);
        }
        JsonNode more = schema.path("additionalProperties");
        if (more.isObject()) {
            // a map of vectors
            field(object, key(name), more, name, path, depth, false, among, true);
        } else if (more.isBoolean() && more.asBoolean() && !schema.has("properties")) {
            free(object, path);
        }
        return object;
    }

    /** Of a map: a vector that is there, or could be. */
    private String key(String map) {
        boolean sparse = map.startsWith("Sparse") || map.equals("CreateCollection");
        return sparse ? "s" : target.named() ? target.vector() : "b";
    }

    /** Without these a body would not fit the target. */
    private boolean wanted(String field) {
        return WANTED.contains(field) || (field.equals("using") && target.named());
    }

    private void field(
            ObjectNode object,
            String field,
            JsonNode schema,
            String name,
            List<Object> path,
            int depth,
            boolean required,
            boolean among,
            boolean ofMap) {
        path.add(field);
        JsonNode fixed = fixedField(field, name);
        if (fixed == null) {
            object.set(field, placed(schema, name, path, depth, required, among, ofMap));
        } else {
            places.add(new Place(List.copyOf(path), schema, null, required, among, ofMap));
            object.set(field, fixed);
        }
        path.removeLast();
    }

    /** A payload: anything. */
    private void free(ObjectNode object, List<Object> path) {
        object.put("kind", random.nextBoolean() ? "a" : "b");
        if (random.nextBoolean()) {
            object.put("n", random.nextInt(20));
            object.putArray("items").addObject().put("x", random.nextDouble()).putNull("y");
        }
        object.fieldNames().forEachRemaining(field -> {
            path.add(field);
            places.add(new Place(List.copyOf(path), null, null, false, false, true));
            path.removeLast();
        });
    }

    // ---- by meaning

    private @Nullable JsonNode fixed(String name) {
        return switch (name) {
            case "ExtendedPointId" ->
                random.nextInt(4) == 0 ? NODES.textNode(UUIDS[0]) : NODES.numberNode(1 + random.nextInt(2));
            case "GeoLineString" -> {
                ObjectNode line = NODES.objectNode();
                ArrayNode points = line.putArray("points");
                double[][] corners = {{0, 0}, {0, 10}, {10, 10}, {0, 0}};
                for (double[] corner : corners) {
                    points.addObject().put("lon", corner[0]).put("lat", corner[1]);
                }
                yield line;
            }
            default -> null;
        };
    }

    private @Nullable JsonNode fixedField(String field, String object) {
        return switch (field) {
            case "using", "vector_name", "has_vector" -> NODES.textNode(target.vector());
            case "name" -> object.equals("NamedVector") ? NODES.textNode(target.vector()) : null;
            case "collection", "collection_name", "with_lookup" -> NODES.textNode(target.collection());
            case "alias_name", "old_alias_name" -> NODES.textNode("books");
            case "new_alias_name" -> NODES.textNode("tomes");
            case "group_by" -> NODES.textNode("kind");
            case "field_name" -> NODES.textNode("fresh");
            case "size" -> object.equals("VectorParams") ? NODES.numberNode(4) : null;
            case "total" -> NODES.numberNode(20);
            case "lat", "lon" -> NODES.numberNode(random.nextInt(80));
            case "defaults" -> NODES.objectNode().put("n", 1).put("kind", 2).put("name", 3);
            case "key" ->
                switch (object) {
                    case "FacetRequest" -> NODES.textNode("kind");
                    case "OrderBy", "OrderByInterface", "OrderByQuery" -> NODES.textNode("n");
                    case "SetPayload" -> NODES.textNode("part");
                    default -> NODES.textNode(random.nextBoolean() ? "kind" : "n");
                };
            case "vector" ->
                switch (object) {
                    case "LookupLocation" -> NODES.textNode(target.vector());
                    case "DeleteVectors" -> NODES.arrayNode().add(target.vector());
                    default -> null;
                };
            default -> null;
        };
    }
}
