package dev.vectorhub.engine.core.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.payload.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of one payload: {@link Map}, {@link List}, {@link String}, {@link Long}, {@link Double}, {@link Boolean} or null. */
public final class PayloadValues {

    private PayloadValues() {}

    /**
     * The same for an object from outside; no bytes are an empty one.
     *
     * @throws StoreException {@code INVALID_ARGUMENT}
     */
    public static Map<String, @Nullable Object> checked(byte[] json) {
        return tree(Json.requireObject(json));
    }

    /** The payload as a tree. */
    static Map<String, @Nullable Object> tree(byte[] payload) {
        if (payload.length == 0) {
            return Map.of();
        }
        try (JsonParser parser = Json.parser(payload, 0, payload.length)) {
            parser.nextToken();
            return object(parser);
        } catch (IOException e) {
            throw new StoreException(StoreException.Code.INTERNAL, "stored payload is not readable", e);
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    yield parser.getDoubleValue();
                }
                yield parser.getLongValue();
            }
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> null;
        };
    }

    /** What stands at the path; of an array at its end, the elements. */
    static List<@Nullable Object> at(Map<String, @Nullable Object> tree, FieldPath path) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(tree);
        for (FieldPath.Step step : path.steps()) {
            List<@Nullable Object> next = new ArrayList<>();
            for (Object value : values) {
                step(value, step, next);
            }
            values = next;
        }
        List<@Nullable Object> flat = new ArrayList<>(values.size());
        for (Object value : values) {
            if (value instanceof List<?> list) {
                flat.addAll(list);
            } else {
                flat.add(value);
            }
        }
        return flat;
    }

    private static void step(@Nullable Object value, FieldPath.Step step, List<@Nullable Object> into) {
        switch (step) {
            case FieldPath.Step.Name(String name) -> {
                if (value instanceof Map<?, ?> object && object.containsKey(name)) {
                    into.add(object.get(name));
                }
            }
            case FieldPath.Step.Element(int index) -> {
                if (value instanceof List<?> list && index < list.size()) {
                    into.add(list.get(index));
                }
            }
            case FieldPath.Step.Each() -> {
                if (value instanceof List<?> list) {
                    into.addAll(list);
                }
            }
        }
    }
}
