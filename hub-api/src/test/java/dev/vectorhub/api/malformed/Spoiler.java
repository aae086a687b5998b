package dev.vectorhub.api.malformed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.malformed.RequestSchemas.Type;
import dev.vectorhub.api.malformed.SchemaBodies.Made;
import dev.vectorhub.api.malformed.SchemaBodies.Place;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes one thing wrong in a body that is right, and says what must come of it. */
final class Spoiler {

    enum Expected {
        /** 4xx, in a sentence that names the field. */
        REFUSED,
        /** As if nothing had been done to the body. */
        TAKEN,
        /** The value may be right or wrong; 5xx it is never. */
        EITHER
    }

    /** @param names of which the sentence has one; none where nothing has a name */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Spoilt(byte[] body, String what, Expected expected, List<String> names) {}

    private static final String MARK = "@@here@@";
    private static final String EXTRA = "unknown_field";
    private static final int LONG = 1 << 20;

    /** A value of each type. */
    private static final String[][] VALUES = {
        {"null", "NULL"},
        {"true", "BOOLEAN"},
        {"7", "INTEGER"},
        {"1.5", "NUMBER"},
        {"\"\"", "STRING"},
        {"\"x\"", "STRING"},
        {"\"\\u0000\"", "STRING"},
        {"[]", "ARRAY"},
        {"[[[]]]", "ARRAY"},
        {"[null]", "ARRAY"},
        {"{}", "OBJECT"},
        {"{\"a\":{\"b\":1}}", "OBJECT"},
        {"{\"\":1}", "OBJECT"}
    };

    private static final String[] NUMBERS = {
        "-1",
        "-0.5",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "1e39",
        "-1e308",
        "1e-400"
    };

    /** What is no JSON, wherever it stands. */
    private static final String[] NO_JSON = {
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "-1e400",
        "01",
        "+1",
        ".5",
        "0x10",
        "'x'",
        "\"\\ud800\"",
        "\"\\udc00x\"",
        "{\"\\ud800\":1}",
        "\"\\x\"",
        "\"\u0001\"",
        "[1,",
        "{\"a\":",
        "\"",
        ","
    };

    private static final byte[][] NO_UTF8 = {
        {(byte) 0xC3, 0x28},
        {(byte) 0xFF},
        {(byte) 0xC0, (byte) 0x80},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}
    };

    private final RequestSchemas schemas;
    private final Random random;

    Spoiler(RequestSchemas schemas, Random random) {
        this.schemas = schemas;
        this.random = random;
    }

    Spoilt spoil(Made made) {
        if (made.places().isEmpty() || random.nextInt(40) == 0) {
            return whole(made.body().toString());
        }
        Place place = made.places().get(random.nextInt(made.places().size()));
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> missing(made.body(), place);
            case 3, 4 -> extra(made.body(), place);
            case 5, 6 -> twice(made.body(), place);
            case 7, 8, 9 -> number(made.body(), place);
            case 10 -> noJson(made.body(), place);
            case 11 -> size(made.body(), place);
            case 12 -> deepOrLong(made.body(), place);
            case 13 -> noUtf8(made.body(), place);
            default -> value(made.body(), place);
        };
    }

    /** The body is cut off, empty, followed by more, or something else altogether. */
    private Spoilt whole(String body) {
        String[] wholes = {
            "",
            " ",
            "null",
            "true",
            "7",
            "\"x\"",
            "[]",
            "{",
            "[",
            body + "x",
            body + body,
            "\u0000" + body,
            "\uFEFF" + body,
            "[" + body + "]"
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 1 && random.nextBoolean()) {
            return new Spoilt(
                    Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1)), "cut off", Expected.REFUSED, List.of());
        }
        String whole = wholes[random.nextInt(wholes.length)];
        return new Spoilt(whole.getBytes(StandardCharsets.UTF_8), "another body", Expected.REFUSED, List.of());
    }

    private Spoilt value(JsonNode body, Place place) {
        String[] value = VALUES[random.nextInt(VALUES.length)];
        return replaced(
                body, place, value[0], permits(place, Type.valueOf(value[1])) ? Expected.EITHER : Expected.REFUSED);
    }

    private boolean permits(Place place, Type type) {
        if (place.schema() == null) {
            return true;
        }
        Set<Type> types = schemas.types(place.schema());
        // serde's default is for a field that is not there; whether null counts as that, the schema does not say
        return types.contains(type) || (type == Type.NULL && !place.required());
    }

    private Spoilt number(JsonNode body, Place place) {
        String number = NUMBERS[random.nextInt(NUMBERS.length)];
        boolean whole = number.matches("-?\\d+");
        JsonNode schema = place.schema() == null ? null : schemas.resolved(place.schema());
        boolean permitted = permits(place, whole ? Type.INTEGER : Type.NUMBER);
        boolean count = schema != null
                && schema.path("type").asText().equals("integer")
                && schema.path("format").asText().startsWith("u");
        boolean refused = !permitted || (count && number.startsWith("-")) || (count && number.length() > 19);
        return replaced(body, place, number, refused ? Expected.REFUSED : Expected.EITHER);
    }

    private Spoilt noJson(JsonNode body, Place place) {
        return replaced(body, place, NO_JSON[random.nextInt(NO_JSON.length)], Expected.REFUSED);
    }

    private Spoilt noUtf8(JsonNode body, Place place) {
        byte[] bytes = NO_UTF8[random.nextInt(NO_UTF8.length)];
        byte[] text = new byte[bytes.length + 2];
        Arrays.fill(text, (byte) '"');
        System.arraycopy(bytes, 0, text, 1, bytes.length);
        return replaced(body, place, text, "bytes that are no UTF-8", Expected.REFUSED);
    }

    /** A vector of a wrong size; any other list gets one more. */
    private Spoilt size(JsonNode body, Place place) {
        JsonNode copy = body.deepCopy();
        JsonNode at = at(copy, place.path());
        if (at instanceof ArrayNode array && !array.isEmpty()) {
            array.add(array.get(0).deepCopy());
            boolean vector =
                    array.size() == Target.DIMENSIONS + 1 && array.get(0).isNumber();
            return new Spoilt(
                    bytes(copy),
                    "one more in " + place.path(),
                    vector ? Expected.REFUSED : Expected.EITHER,
                    names(place));
        }
        return value(body, place);
    }

    private Spoilt deepOrLong(JsonNode body, Place place) {
        if (random.nextInt(4) == 0) {
            String text = "\"" + "a".repeat(LONG) + "\"";
            return replaced(body, place, text, permits(place, Type.STRING) ? Expected.EITHER : Expected.REFUSED);
        }
        int levels = new int[] {300, 1_000, 10_000, 100_000}[random.nextInt(4)];
        String deep = random.nextBoolean()
                ? "[".repeat(levels) + "]".repeat(levels)
                : "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
        return replaced(body, place, deep, Expected.REFUSED);
    }

    private Spoilt missing(JsonNode body, Place place) {
        JsonNode copy = body.deepCopy();
        ContainerNode<?> parent = parent(copy, place.path());
        Expected expected = Expected.EITHER;
        if (parent instanceof ObjectNode object) {
            object.remove((String) place.path().getLast());
            // an empty object may be of another form
            boolean another = place.among() && object.isEmpty();
            expected = place.required() && !another ? Expected.REFUSED : Expected.EITHER;
        } else {
            ((ArrayNode) parent).remove((Integer) place.path().getLast());
        }
        return new Spoilt(bytes(copy), "without " + place.path(), expected, names(place));
    }

    /** A field that the object does not have: refused where the schema is closed, ignored elsewhere. */
    private Spoilt extra(JsonNode body, Place place) {
        JsonNode copy = body.deepCopy();
        JsonNode at = at(copy, place.path());
        JsonNode form = place.form();
        if (!(at instanceof ObjectNode object) || form == null) {
            return value(body, place);
        }
        object.putObject(EXTRA).putArray("this").add(1);
        // in a map of vectors it is a vector
        boolean plain = form.has("properties");
        boolean closed = plain
                && form.has("additionalProperties")
                && !form.get("additionalProperties").asBoolean();
        Expected expected = closed ? Expected.REFUSED : plain ? Expected.TAKEN : Expected.EITHER;
        return new Spoilt(bytes(copy), EXTRA + " in " + place.path(), expected, List.of(EXTRA));
    }

    /** The same name twice: refused where the schema names the field, as serde does. */
    private Spoilt twice(JsonNode body, Place place) {
        if (!(place.path().getLast() instanceof String field) || place.schema() == null) {
            return value(body, place);
        }
        JsonNode value = Objects.requireNonNull(at(body, place.path()));
        String again = value + ",\"" + field + "\":" + value;
        return replaced(body, place, again, place.ofMap() ? Expected.EITHER : Expected.REFUSED);
    }

    // ---- bodies

    private Spoilt replaced(JsonNode body, Place place, String value, Expected expected) {
        String shown = value.length() < 80 ? value : value.substring(0, 80) + "… (" + value.length() + ")";
        return replaced(body, place, value.getBytes(StandardCharsets.UTF_8), shown, expected);
    }

    private static Spoilt replaced(JsonNode body, Place place, byte[] value, String shown, Expected expected) {
        JsonNode copy = body.deepCopy();
        ContainerNode<?> parent = parent(copy, place.path());
        if (parent instanceof ObjectNode object) {
            object.put((String) place.path().getLast(), MARK);
        } else {
            ((ArrayNode) parent).set((Integer) place.path().getLast(), MARK);
        }
        String text = copy.toString();
        int at = text.indexOf('"' + MARK + '"');
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.substring(0, at).getBytes(StandardCharsets.UTF_8));
        out.writeBytes(value);
        out.writeBytes(text.substring(at + MARK.length() + 2).getBytes(StandardCharsets.UTF_8));
        return new Spoilt(out.toByteArray(), shown + " at " + place.path(), expected, names(place));
    }

    private static byte[] bytes(JsonNode tree) {
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The last name on the way to the place; where the object around it might be another, that one's as well. */
    private static List<String> names(Place place) {
        List<String> names = new ArrayList<>();
        for (Object step : place.path().reversed()) {
            if (step instanceof String name) {
                names.add(name);
                if (names.size() == (place.among() ? 2 : 1)) {
                    break;
                }
            }
        }
        return names;
    }

    private static ContainerNode<?> parent(JsonNode root, List<Object> path) {
        return (ContainerNode<?>) Objects.requireNonNull(at(root, path.subList(0, path.size() - 1)));
    }

    private static @Nullable JsonNode at(JsonNode root, List<Object> path) {
        JsonNode node = root;
        for (Object step : path) {
            node = step instanceof String name ? node.get(name) : node.get((Integer) step);
        }
        return node;
    }
}
