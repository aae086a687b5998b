package dev.vectorhub.api.qdrant.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.vectorhub.api.pipeline.TenantApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request body as a stream of tokens. A reader of a value is called with the value's first token current and returns
 * with its last token current; {@link #nextField} and {@link #nextElement} move between values. Every error is a
 * {@link TenantApiException} that names the field where the stream stands.
 *
 * <p>UTF-8 only, strict JSON (no NaN, no comments, nothing after the value), bounded by {@link BodyLimits}.
 */
public final class JsonBody {

    private static final ObjectMapper TREES =
            new ObjectMapper(BodyLimits.FACTORY).enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final int BOM_OR_UTF16 = 0xEF;

    private final byte[] bytes;
    private final VectorParser parser;
    private final String base;

    private JsonBody(byte[] bytes, String base) {
        this.bytes = bytes;
        this.base = base;
        this.parser = VectorParser.of(bytes);
    }

    /**
     * Reads a whole body.
     *
     * @throws TenantApiException 400 or 422
     */
    public static <T> T read(byte[] bytes, Function<JsonBody, T> reader) {
        return read(bytes, "", reader);
    }

    /**
     * Reads a value that was cut out of a body.
     *
     * @param base where it stood
     * @throws TenantApiException 400 or 422
     */
    public static <T> T read(byte[] bytes, String base, Function<JsonBody, T> reader) {
        // The parser would guess UTF-16 and UTF-32 from zero bytes or a mark; payloads are cut out of the bytes as
        // UTF-8.
        if (bytes.length == 0) {
            throw BodyErrors.format("", "the body is empty");
        }
        if ((bytes[0] & 0xFF) >= BOM_OR_UTF16 || bytes[0] == 0 || (bytes.length > 1 && bytes[1] == 0)) {
            throw BodyErrors.format("", "the body is not JSON in UTF-8");
        }
        int fault = BodyText.fault(bytes);
        if (fault >= 0) {
            throw noText(bytes, fault);
        }
        try {
            JsonBody body = new JsonBody(bytes, base);
            try (body.parser) {
                body.next();
                T value = reader.apply(body);
                if (body.parser.nextToken() != null) {
                    throw BodyErrors.format("", "more follows after the value");
                }
                return value;
            } catch (JsonProcessingException e) {
                throw BodyErrors.malformed(e, body.path());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /** Names the value that holds the byte at which the body stops being text. */
    private static TenantApiException noText(byte[] bytes, int fault) {
        String path = "";
        try (JsonParser parser = BodyLimits.FACTORY.createParser(bytes)) {
            try {
                while (parser.nextToken() != null && parser.currentLocation().getByteOffset() <= fault) {
                    path = BodyErrors.path(parser.getParsingContext());
                    parser.finishToken();
                }
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    path = BodyErrors.path(parser.getParsingContext());
                }
            } catch (JsonProcessingException e) {
                if (parser.currentLocation().getByteOffset() < fault) {
                    return BodyErrors.malformed(e, path);
                }
                path = BodyErrors.path(parser.getParsingContext());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
        return BodyErrors.format(path, "no text in UTF-8 at byte " + fault);
    }

    byte[] bytes() {
        return bytes;
    }

    JsonParser parser() {
        return parser;
    }

    /** The next token; never past the end. */
    public JsonToken next() {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw BodyErrors.format("", "the body ends early");
            }
            return token;
        } catch (JsonProcessingException e) {
            throw BodyErrors.malformed(e, path());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    public JsonToken token() {
        return parser.currentToken();
    }

    public boolean at(JsonToken token) {
        return parser.currentToken() == token;
    }

    public boolean isNull() {
        return at(JsonToken.VALUE_NULL);
    }

    /** Moves to the next field's value and returns its name; null at the end of the object. */
    public @Nullable String nextField() {
        if (next() == JsonToken.END_OBJECT) {
            return null;
        }
        try {
            String name = parser.currentName();
            next();
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /** Moves to the next element; false at the end of the array. */
    public boolean nextElement() {
        return next() != JsonToken.END_ARRAY;
    }

    public void expectObject() {
        if (!at(JsonToken.START_OBJECT)) {
            throw mismatch("an object");
        }
    }

    public void expectArray() {
        if (!at(JsonToken.START_ARRAY)) {
            throw mismatch("a list");
        }
    }

    /** Passes over the value, whatever it is; its bytes are still checked to be JSON. */
    public void skip() {
        try {
            parser.skipChildren();
            if (parser.currentToken().isScalarValue()) {
                parser.finishToken();
            }
        } catch (JsonProcessingException e) {
            throw BodyErrors.malformed(e, path());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /** The value as a tree, for what is small and rare; no name twice in an object. */
    public JsonNode tree() {
        try {
            JsonNode tree = TREES.readTree(parser);
            return tree == null ? TREES.nullNode() : tree;
        } catch (MismatchedInputException e) {
            // the only thing that a tree of anything can mismatch
            throw format("duplicate field");
        } catch (JsonProcessingException e) {
            throw BodyErrors.malformed(e, path());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /**
     * Notes a field; returns the fields seen with it.
     *
     * @throws TenantApiException 400 where the field stood in the object before, as serde does
     */
    public int once(int seen, int bit) {
        if ((seen & bit) != 0) {
            throw format("duplicate field");
        }
        return seen | bit;
    }

    public String string() {
        if (!at(JsonToken.VALUE_STRING)) {
            throw mismatch("a string");
        }
        return text();
    }

    /** The text of a scalar, decoded. */
    public String text() {
        try {
            return parser.getText();
        } catch (JsonProcessingException e) {
            throw BodyErrors.malformed(e, path());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    public boolean bool() {
        return switch (token()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw mismatch("true or false");
        };
    }

    /** A signed 64-bit integer. */
    public long int64() {
        try {
            if (at(JsonToken.VALUE_NUMBER_INT)) {
                JsonParser.NumberType type = parser.getNumberType();
                if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
                    return parser.getLongValue();
                }
            }
            throw mismatch("an integer of 64 bits");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /**
     * A count within bounds.
     *
     * @throws TenantApiException 400 where it is no whole number that is at least 0, 422 where it is out of bounds
     */
    public int count(int min, int max) {
        if (!at(JsonToken.VALUE_NUMBER_INT) || text().startsWith("-")) {
            throw mismatch("a whole number that is at least 0");
        }
        try {
            JsonParser.NumberType type = parser.getNumberType();
            long value = type == JsonParser.NumberType.BIG_INTEGER ? Long.MAX_VALUE : parser.getLongValue();
            if (value < min || value > max) {
                throw BodyErrors.outOfRange(path(), BodyErrors.shown(text()), min, max);
            }
            return (int) value;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /** A number as binary32; finite. */
    public float float32() {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw mismatch("a number");
        }
        try {
            float value = parser.getFloatValue();
            if (!Float.isFinite(value)) {
                throw format("the number is too large for 32 bits");
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /**
     * A list of numbers as binary32, all at once.
     *
     * @param out little-endian
     * @return how many; −1 where it is no such list or has no room, and the stream stands where it stood: read token by token
     *     it says what is wrong
     */
    public int floats(byte[] out) {
        try {
            return parser.floats(out);
        } catch (JsonProcessingException e) {
            throw BodyErrors.malformed(e, path());
        }
    }

    /** A number as binary64; finite. */
    public double float64() {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw mismatch("a number");
        }
        try {
            double value = parser.getDoubleValue();
            if (!Double.isFinite(value)) {
                throw format("the number is too large for 64 bits");
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /** Where the stream stands: {@code points[3].vector}. */
    public String path() {
        String path = BodyErrors.path(parser.getParsingContext());
        return base.isEmpty() || path.isEmpty() || path.startsWith("[") ? base + path : base + "." + path;
    }

    /** The path of the object that has this field, whose value's first token is the current one. */
    public String pathAround(String field) {
        String path = path();
        return path.substring(
                0, Math.max(0, path.length() - BodyErrors.shown(field).length() - 1));
    }

    /** The path of a field of the object that just ended. */
    public String pathOf(String field) {
        String path = path();
        return path.isEmpty() ? field : path + "." + field;
    }

    /** 400: wrong form here. */
    public TenantApiException format(String message) {
        return BodyErrors.format(path(), message);
    }

    /** 400: a required field is not there; the object's end is the current token. */
    public TenantApiException missing(String field) {
        return BodyErrors.format(path(), "missing field `" + field + "`");
    }

    /** 422: not allowed here. */
    public TenantApiException invalid(String message) {
        return BodyErrors.invalid(path(), message);
    }

    /** 400: Qdrant has it, the hub has not. */
    public TenantApiException unsupported(String what) {
        return BodyErrors.unsupported(path(), what);
    }

    /** 400: something else was expected. */
    public TenantApiException mismatch(String expected) {
        return format("expected " + expected + ", got " + kind());
    }

    private String kind() {
        return switch (token()) {
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "the string \"" + BodyErrors.shown(text()) + '"';
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + BodyErrors.shown(text());
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> "nothing";
        };
    }
}
