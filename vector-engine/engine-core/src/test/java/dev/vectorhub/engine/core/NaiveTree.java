package dev.vectorhub.engine.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.engine.core.Condition.GeoPoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists and values, and Qdrant's conditions on it, written for plainness alone. */
public final class NaiveTree {
    private static final JsonFactory JSON = new JsonFactory();

    private NaiveTree() {}

    public static Map<String, @Nullable Object> parse(byte[] json) {
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

    private static final Pattern STEP = Pattern.compile("\"([^\"]*)\"|\\[(\\d*)]|([^.\\[\"]+)");

    /** The values at a path. */
    static List<@Nullable Object> values(Map<String, @Nullable Object> root, String path) {
        List<@Nullable Object> current = new ArrayList<>();
        current.add(root);
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            List<@Nullable Object> next = new ArrayList<>();
            String quoted = step.group(1);
            String place = step.group(2);
            String name = quoted == null ? step.group(3) : quoted;
            for (Object value : current) {
                if (place == null && value instanceof Map<?, ?> map && map.containsKey(name)) {
                    next.add(map.get(name));
                } else if (place != null && value instanceof List<?> list) {
                    for (int i = 0; i < list.size(); i++) {
                        if (place.isEmpty() || place.equals(Integer.toString(i))) {
                            next.add(list.get(i));
                        }
                    }
                }
            }
            current = next;
        }
        return current;
    }

    public static boolean matches(Filter filter, @Nullable PointId id, Map<String, @Nullable Object> payload) {
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

    private static boolean holds(Condition condition, @Nullable PointId id, Map<String, @Nullable Object> payload) {
        return switch (condition) {
            case Condition.HasId(List<PointId> ids) -> id != null && ids.contains(id);
            case Condition.Group(Filter filter) -> matches(filter, id, payload);
            case Condition.IsEmpty(String key) ->
                values(payload, key).stream().allMatch(v -> v == null || (v instanceof List<?> l && l.isEmpty()));
            case Condition.IsNull(String key) -> values(payload, key).stream().anyMatch(v -> v == null);
            case Condition.Match(String key, Condition.MatchValue wanted) ->
                leaves(payload, key).stream().anyMatch(v -> equal(wanted, v));
            case Condition.Range range ->
                leaves(payload, range.key()).stream()
                        .anyMatch(v -> v instanceof Number n && within(range, n.doubleValue()));
            case Condition.DatetimeRange range ->
                leaves(payload, range.key()).stream().anyMatch(v -> v instanceof String s && within(range, s));
            case Condition.ValuesCount count ->
                values(payload, count.key()).stream().anyMatch(v -> within(count, v));
            case Condition.HasVector(String vector) -> vector.isEmpty();
            case Condition.Nested(String key, Filter filter) ->
                values(payload, key.endsWith("[]") ? key : key + "[]").stream()
                        .anyMatch(v -> v instanceof Map<?, ?> element && matches(filter, null, object(element)));
            case Condition.GeoBox box -> places(payload, box.key()).anyMatch(place -> inside(box, place));
            case Condition.GeoRadius circle ->
                places(payload, circle.key()).anyMatch(place -> meters(circle.center(), place) < circle.meters());
            case Condition.GeoPolygon polygon ->
                places(payload, polygon.key())
                        .anyMatch(place -> inside(polygon.exterior(), place)
                                && polygon.interiors().stream().noneMatch(hole -> inside(hole, place)));
            // what a hash says has its own test
            case Condition.Slice slice -> throw new IllegalArgumentException("no oracle for " + slice);
        };
    }

    @SuppressWarnings("unchecked") // value() makes maps of names only
    private static Map<String, @Nullable Object> object(Map<?, ?> element) {
        return (Map<String, @Nullable Object>) element;
    }

    private static boolean within(Condition.DatetimeRange range, String text) {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return false;
        }
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        return (range.lt() == null || micros < range.lt())
                && (range.gt() == null || micros > range.gt())
                && (range.lte() == null || micros <= range.lte())
                && (range.gte() == null || micros >= range.gte());
    }

    private static boolean within(Condition.ValuesCount range, @Nullable Object value) {
        long count = value == null ? 0 : value instanceof List<?> list ? list.size() : 1;
        return (range.lt() == null || count < range.lt())
                && (range.gt() == null || count > range.gt())
                && (range.lte() == null || count <= range.lte())
                && (range.gte() == null || count >= range.gte());
    }

    private static Stream<GeoPoint> places(Map<String, @Nullable Object> payload, String key) {
        return leaves(payload, key).stream()
                .filter(v ->
                        v instanceof Map<?, ?> m && m.get("lat") instanceof Number && m.get("lon") instanceof Number)
                .map(v -> new GeoPoint(number((Map<?, ?>) v, "lat"), number((Map<?, ?>) v, "lon")));
    }

    private static double number(Map<?, ?> object, String name) {
        return object.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static boolean inside(Condition.GeoBox box, GeoPoint place) {
        double west = box.topLeft().lon();
        double east = box.bottomRight().lon();
        boolean lon =
                west <= east ? west < place.lon() && place.lon() < east : place.lon() > west || place.lon() < east;
        return lon
                && box.bottomRight().lat() < place.lat()
                && place.lat() < box.topLeft().lat();
    }

    /** Great-circle distance by the spherical law of cosines' stable form, Vincenty's. */
    private static double meters(GeoPoint from, GeoPoint to) {
        double p = Math.toRadians(from.lat());
        double q = Math.toRadians(to.lat());
        double l = Math.toRadians(to.lon() - from.lon());
        double y = Math.hypot(
                Math.cos(q) * Math.sin(l), Math.cos(p) * Math.sin(q) - Math.sin(p) * Math.cos(q) * Math.cos(l));
        double x = Math.sin(p) * Math.sin(q) + Math.cos(p) * Math.cos(q) * Math.cos(l);
        return 6_371_008.8 * Math.atan2(y, x);
    }

    /** By the crossings of a ray; what is on the line is not to be asked. */
    private static boolean inside(List<GeoPoint> ring, GeoPoint place) {
        boolean inside = false;
        for (int i = 0; i + 1 < ring.size(); i++) {
            GeoPoint a = ring.get(i);
            GeoPoint b = ring.get(i + 1);
            if (a.lat() > place.lat() != b.lat() > place.lat()
                    && place.lon() < (b.lon() - a.lon()) * (place.lat() - a.lat()) / (b.lat() - a.lat()) + a.lon()) {
                inside = !inside;
            }
        }
        return inside;
    }

    static List<@Nullable Object> leaves(Map<String, @Nullable Object> payload, String key) {
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
            case Condition.MatchValue.Text(String text) -> value instanceof String s && s.contains(text);
            case Condition.MatchValue.Phrase(String text) -> value instanceof String s && s.contains(text);
            case Condition.MatchValue.TextAny(String words) ->
                value instanceof String s
                        && Stream.of(words.split(" ")).anyMatch(word -> !word.isEmpty() && s.contains(word));
            case Condition.MatchValue.Prefix(String prefix) -> value instanceof String s && s.startsWith(prefix);
        };
    }
}
