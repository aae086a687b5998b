package dev.vectorhub.engine.core;

import dev.vectorhub.engine.core.Condition.GeoPoint;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.text.TextSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Payloads of every shape that filters look into, and filters of every kind, over few enough values that they meet. */
public final class FilterSamples {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> KEYS =
            List.of("a", "b", "c", "a.b", "a[]", "a[].b", "a[0]", "b[].c", "\"a\".b", "c[].a[].b", "none");
    private static final List<String> WORDS = List.of("red", "Red", "blüe", "green fox", "the red fox", "", "fo", "re");
    private static final List<String> UUIDS = List.of(
            "00000000-0000-0000-0000-00000000000a",
            "00000000-0000-0000-0000-00000000000A",
            "0000000000000000000000000000000b",
            "urn:uuid:00000000-0000-0000-0000-00000000000b");
    private static final List<String> DATES = List.of(
            "2024-01-01T00:00:00Z",
            "2024-01-01T01:00:00+01:00",
            "2024-02-29T12:00:00.5Z",
            "1969-12-31T23:59:59.999999Z");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1",
            "1.0",
            "2.5",
            "-3",
            "9007199254740993",
            "9223372036854775807",
            "18446744073709551616",
            "1e2");
    private static final double[] DEGREES = {0, 1, 1.5, 2, 10, 89, -90, 179, -179};

    private FilterSamples() {}

    private static <T> T one(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    // ---- payloads

    public static String payload(Random random) {
        return random.nextInt(12) == 0 ? "" : object(random, 0);
    }

    private static String object(Random random, int depth) {
        List<String> members = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                members.add("\"" + name + "\":" + value(random, depth));
            }
        }
        return "{" + String.join(random.nextBoolean() ? "," : " , ", members) + "}";
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 2 ? 9 : 13)) {
            case 0, 1 -> quoted(one(random, WORDS));
            case 2, 3 -> one(random, NUMBERS);
            case 4 -> random.nextBoolean() ? "true" : "false";
            case 5 -> "null";
            case 6 -> quoted(one(random, DATES));
            case 7 -> quoted(one(random, UUIDS));
            case 8 -> "{\"lon\":" + degree(random) + ",\"lat\":" + degree(random) + "}";
            case 9, 10 -> {
                List<String> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(random, depth + 1));
                }
                yield "[" + String.join(",", elements) + "]";
            }
            default -> object(random, depth + 1);
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("ü", "\\u00fc") + "\"";
    }

    private static double degree(Random random) {
        return DEGREES[random.nextInt(DEGREES.length)];
    }

    // ---- fields

    public static String key(Random random) {
        return one(random, KEYS);
    }

    /**
     * What an index is.
     *
     * @param analyzed whether also types that say how texts are compared
     */
    public static FieldSpec spec(Random random, boolean analyzed) {
        FieldType type = one(random, List.of(FieldType.values()));
        if (!analyzed && (type == FieldType.TEXT || type == FieldType.UUID)) {
            type = FieldType.KEYWORD;
        }
        return type != FieldType.TEXT
                ? FieldSpec.of(type)
                : FieldSpec.text(new TextSpec(
                        one(random, List.of(TextSpec.Tokenizer.values())),
                        random.nextInt(3),
                        random.nextInt(3) == 0 ? 4 : 0,
                        random.nextInt(4) > 0,
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextInt(4) == 0 ? List.of("english") : List.of(),
                        random.nextInt(4) == 0 ? List.of("fox") : List.of(),
                        random.nextInt(4) == 0 ? "english" : ""));
    }

    // ---- filters

    public static Filter filter(Random random) {
        return filter(random, 0);
    }

    private static Filter filter(Random random, int depth) {
        return new Filter(
                conditions(random, depth),
                random.nextInt(3) == 0 ? conditions(random, depth) : List.of(),
                random.nextInt(3) == 0 ? conditions(random, depth) : List.of(),
                random.nextInt(6) == 0 ? new Filter.MinShould(conditions(random, depth), random.nextInt(3)) : null);
    }

    private static List<Condition> conditions(Random random, int depth) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            conditions.add(condition(random, depth));
        }
        return conditions;
    }

    private static Condition condition(Random random, int depth) {
        String key = key(random);
        return switch (random.nextInt(depth < 3 ? 17 : 15)) {
            case 0, 1, 2, 3, 4 -> new Condition.Match(key, match(random));
            case 5, 6 ->
                new Condition.Range(
                        key, bound(random), bound(random), random.nextInt(3) == 0 ? bound(random) : null, null);
            case 7 -> new Condition.DatetimeRange(key, micros(random), null, micros(random), null);
            case 8 -> new Condition.ValuesCount(key, null, count(random), null, count(random));
            case 9 -> new Condition.IsEmpty(key);
            case 10 -> new Condition.IsNull(key);
            case 11 -> new Condition.HasId(List.of(PointId.of(random.nextInt(8)), PointId.of(random.nextInt(8))));
            case 12 -> new Condition.GeoBox(key, place(random), place(random));
            case 13 -> new Condition.GeoRadius(key, place(random), 1 + random.nextInt(1_000_000) * 10.0);
            case 14 -> polygon(random, key);
            case 15 -> new Condition.Group(filter(random, depth + 1));
            default -> new Condition.Nested(key, filter(random, depth + 1));
        };
    }

    /** A ring whose lines no sample lies on. */
    private static Condition polygon(Random random, String key) {
        double lat = random.nextInt(4) - 1.25;
        double lon = random.nextInt(4) - 1.75;
        double size = 0.6 + random.nextInt(4);
        List<List<GeoPoint>> holes =
                random.nextInt(3) == 0 ? List.of(square(lat + 0.1, lon + 0.1, size / 2)) : List.of();
        return new Condition.GeoPolygon(key, square(lat, lon, size), holes);
    }

    private static List<GeoPoint> square(double lat, double lon, double size) {
        return List.of(
                new GeoPoint(lat, lon),
                new GeoPoint(lat, lon + size),
                new GeoPoint(lat + size, lon + size),
                new GeoPoint(lat + size, lon),
                new GeoPoint(lat, lon));
    }

    private static GeoPoint place(Random random) {
        return new GeoPoint(Math.clamp(degree(random), -90, 90), degree(random));
    }

    private static @Nullable Double bound(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> (double) 9007199254740993L;
            case 2 -> random.nextInt(5) - 2.0;
            default -> 2.5;
        };
    }

    private static @Nullable Long micros(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> -1L;
            case 2 -> 1_704_067_200_000_000L;
            default -> 1_709_208_000_500_000L;
        };
    }

    private static @Nullable Long count(Random random) {
        return random.nextInt(3) == 0 ? null : (long) random.nextInt(3);
    }

    private static MatchValue match(Random random) {
        String text = one(random, random.nextInt(4) == 0 ? UUIDS : WORDS);
        return switch (random.nextInt(12)) {
            case 0, 1 -> new MatchValue.Keyword(text);
            case 2 -> new MatchValue.Int(random.nextInt(4) - 1);
            case 3 -> new MatchValue.Int(random.nextBoolean() ? Long.MAX_VALUE : 9007199254740993L);
            case 4 -> new MatchValue.Bool(random.nextBoolean());
            case 5 -> new MatchValue.Any(List.of("red", text), List.of());
            case 6 -> new MatchValue.Any(List.of(), List.of(1L, 9007199254740993L));
            case 7 -> new MatchValue.Except(random.nextInt(4) == 0 ? List.of() : List.of("red", text), List.of());
            case 8 -> new MatchValue.Except(List.of(), List.of(1L, -3L));
            case 9 ->
                new MatchValue.Prefix(text.isEmpty() ? text : text.substring(0, 1 + random.nextInt(text.length())));
            case 10 -> random.nextBoolean() ? new MatchValue.Text(text) : new MatchValue.TextAny(text);
            default -> new MatchValue.Phrase(random.nextBoolean() ? "red fox" : text);
        };
    }
}
