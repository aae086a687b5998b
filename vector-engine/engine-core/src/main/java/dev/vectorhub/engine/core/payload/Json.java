package dev.vectorhub.engine.core.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.vectorhub.engine.core.StoreException;
import java.io.IOException;
import java.util.Arrays;

/** The parsers of payloads, and the bounds on them. */
public final class Json {
    /** Levels of nesting; keeps every recursion over a payload shallow. */
    public static final int DEPTH_MAX = 64;

    private static final StreamReadConstraints BOUNDS =
            StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build();
    private static final JsonFactory STORED = JsonFactory.builder()
            .streamReadConstraints(BOUNDS)
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .build();
    private static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(BOUNDS)
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    static final byte[] NONE = {};

    private Json() {}

    /** For payloads that {@link #requireObject} has seen. */
    public static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
        return STORED.createParser(bytes, offset, length);
    }

    /**
     * Checks that the bytes are one JSON object in UTF-8 without repeated keys.
     *
     * @return the bytes, or none for the empty object
     * @throws StoreException {@code INVALID_ARGUMENT}
     */
    public static byte[] requireObject(byte[] json) {
        if (json.length == 0) {
            return NONE;
        }
        requireNoPadding(json);
        try (JsonParser parser = STRICT.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw StoreException.invalid("payload: must be a JSON object");
            }
            boolean empty = true;
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    throw StoreException.invalid("payload: ends within the object");
                }
                // strings are decoded lazily: finishing them finds malformed UTF-8
                parser.finishToken();
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else {
                    empty = false;
                }
            }
            if (parser.nextToken() != null) {
                throw StoreException.invalid("payload: text follows the object");
            }
            return empty ? NONE : trimmed(json);
        } catch (IOException e) {
            throw new StoreException(StoreException.Code.INVALID_ARGUMENT, "payload: " + firstLine(e), e);
        }
    }

    /**
     * The parser knows names by their bytes, filled up with 0xFF at the front: a name that begins with that byte, which UTF-8 has
     * nowhere, would be taken for the one without it if that was seen before.
     */
    private static void requireNoPadding(byte[] json) {
        for (byte one : json) {
            if (one == (byte) 0xFF) {
                throw StoreException.invalid("payload: is not UTF-8: it has a byte 0xff");
            }
        }
    }

    /** Without white space around it: a stored payload begins with its brace. */
    private static byte[] trimmed(byte[] json) {
        int start = 0;
        while (json[start] != '{') {
            start++;
        }
        int end = json.length;
        while (json[end - 1] != '}') {
            end--;
        }
        return start == 0 && end == json.length ? json : Arrays.copyOfRange(json, start, end);
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
