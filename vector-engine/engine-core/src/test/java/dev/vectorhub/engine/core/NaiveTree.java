package dev.vectorhub.engine.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists and values, and Qdrant's conditions on it, written for plainness alone. */
final class NaiveTree {
    private static final JsonFactory JSON = new JsonFactory();

    private NaiveTree() {}

    static Map<String, @Nullable Object> parse(byte[] json) {
        if (json.length == 0) {
            return new LinkedHashMap<>();
        }
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            if (value(parser) instanceof Map<?, ?> map) {
                @SuppressWarnings("unchecked") // value() makes maps of names only
                Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
                return object;
            }
            throw StoreException.invalid("payload: not a JSON object");
        } catch (IOException e) {
            throw new StoreException(StoreException.Code.INVALID_ARGUMENT, "payload: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw StoreException.invalid("payload: not a JSON object");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> {
                Number number = parser.getNumberValue();
                yield number instanceof BigInteger ? number : (Object) number.longValue();
            }
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    static byte[] write(Map<String, @Nullable Object> map) {
        if (map.isEmpty()) {
            return new byte[0];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            write(generator, map);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName((String) entry.getKey());
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                for (Object element : list) {
                    write(generator, element);
                }
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Boolean bool -> generator.writeBoolean(bool);
            case BigInteger big -> generator.writeNumber(big);
            case Long number -> generator.writeNumber(number);
            default -> generator.writeNumber((Double) value);
        }
    }

    /** The values at a path of plain names and {@code []}. */
    static List<@Nullable Object> values(Map<String, @Nullable Object> root, String path) {
        List<@Nullable Object> current = new ArrayList<>();
        current.add(root);
        for (String step : path.split("\\.")) {
            boolean each = step.endsWith("[]");
            String name = each ? step.substring(0, step.length() - 2) : step;
            List<@Nullable Object> next = new ArrayList<>();
            for (Object value : current) {
                if (value instanceof Map<?, ?> map && map.containsKey(name)) {
                    Object found = map.get(name);
                    if (!each) {
                        next.add(found);
                    } else if (found instanceof List<?> list) {
                        next.addAll(list);
                    }
                }
            }
            current = next;
        }
        return current;
    }

    static boolean matches(Filter filter, PointId id, Map<String, @Nullable Object> payload) {
        Filter.MinShould min = filter.minShould();
        return filter.must().stream().allMatch(c -> holds(c, id, payload))
                && filter.mustNot().stream().noneMatch(c -> holds(c, id, payload))
                && (filter.should().isEmpty() || filter.should().stream().anyMatch(c -> holds(c, id, payload)))
                && (min == null
                        || min.conditions().stream()
                                        .filter(c -> holds(c, id, payload))
                                        .count()
                                >= min.minCount());
    }

    private static boolean holds(Condition condition, PointId id, Map<String, @Nullable Object> payload) {
        return switch (condition) {
            case Condition.HasId(List<PointId> ids) -> ids.contains(id);
            case Condition.Nested(Filter filter) -> matches(filter, id, payload);
            case Condition.IsEmpty(String key) ->
                values(payload, key).stream().allMatch(v -> v == null || (v instanceof List<?> l && l.isEmpty()));
            case Condition.IsNull(String key) -> values(payload, key).stream().anyMatch(v -> v == null);
            case Condition.Match(String key, Condition.MatchValue wanted) ->
                leaves(payload, key).stream().anyMatch(v -> equal(wanted, v));
            case Condition.Range range ->
                leaves(payload, range.key()).stream()
                        .anyMatch(v -> v instanceof Number n && within(range, n.doubleValue()));
        };
    }

    private static List<@Nullable Object> leaves(Map<String, @Nullable Object> payload, String key) {
        List<@Nullable Object> leaves = new ArrayList<>();
        for (Object value : values(payload, key)) {
            if (value instanceof List<?> list) {
                leaves.addAll(list);
            } else {
                leaves.add(value);
            }
        }
        return leaves;
    }

    private static boolean within(Condition.Range range, double value) {
        return (range.lt() == null || value < range.lt())
                && (range.gt() == null || value > range.gt())
                && (range.lte() == null || value <= range.lte())
                && (range.gte() == null || value >= range.gte());
    }

    private static boolean equal(Condition.MatchValue wanted, @Nullable Object value) {
        return switch (wanted) {
            case Condition.MatchValue.Keyword(String text) -> text.equals(value);
            case Condition.MatchValue.Int(long number) -> value instanceof Long n && n == number;
            case Condition.MatchValue.Bool(boolean bool) -> value instanceof Boolean b && b == bool;
            case Condition.MatchValue.Any(List<String> keywords, List<Long> integers) ->
                (value instanceof String s && keywords.contains(s))
                        || (value instanceof Long n && integers.contains(n));
            case Condition.MatchValue.Except(List<String> keywords, List<Long> integers) ->
                value != null
                        && !(value instanceof String s && keywords.contains(s))
                        && !(value instanceof Long n && integers.contains(n));
        };
    }
}
