package dev.vectorhub.api.qdrant.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;

/**
 * Payloads: JSON objects that are kept as the bytes they came in, less the white space between tokens, so that what a
 * payload costs does not depend on how a client prints it. The walk checks what the lexer leaves open: numbers must be
 * finite as binary64, and of a name that occurs twice in an object the last value counts (as in Qdrant).
 */
public final class PayloadReader {

    private static final ObjectMapper TREES = new ObjectMapper(BodyLimits.FACTORY);

    /** Levels of nesting that the engine keeps. */
    public static final int DEPTH_MAX = 64;

    /** Names in one object up to which they are compared one by one. */
    private static final int FEW_NAMES = 24;

    private final JsonBody body;
    private String[] names = new String[32];
    private boolean repeats;

    private PayloadReader(JsonBody body) {
        this.body = body;
    }

    /** Reads the object where the body stands; an empty object is no bytes, as is {@code null}. */
    public static ByteString read(JsonBody body) {
        if (body.isNull()) {
            return ByteString.EMPTY;
        }
        body.expectObject();
        JsonParser parser = body.parser();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        PayloadReader reader = new PayloadReader(body);
        boolean empty = reader.object(0, 1);
        int end = (int) parser.currentLocation().getByteOffset();
        if (empty) {
            return ByteString.EMPTY;
        }
        byte[] compact = compact(body.bytes(), start, end);
        return UnsafeByteOperations.unsafeWrap(reader.repeats ? lastOfEach(compact) : compact);
    }

    private boolean object(int base, int depth) {
        int top = base;
        HashSet<String> many = null;
        for (String name = body.nextField(); name != null; name = body.nextField()) {
            if (many == null && top - base >= FEW_NAMES) {
                many = new HashSet<>(Arrays.asList(names).subList(base, top));
            }
            if (many == null) {
                for (int i = base; i < top; i++) {
                    if (names[i].equals(name)) {
                        repeats = true;
                        break;
                    }
                }
                if (top == names.length) {
                    names = Arrays.copyOf(names, top * 2);
                }
                names[top++] = name;
            } else if (!many.add(name)) {
                repeats = true;
            }
            value(top, depth);
        }
        return top == base;
    }

    private void value(int top, int depth) {
        if (depth == DEPTH_MAX && body.token().isStructStart()) {
            throw body.invalid("a payload is nested at most " + DEPTH_MAX + " deep");
        }
        switch (body.token()) {
            case START_OBJECT -> object(top, depth + 1);
            case START_ARRAY -> {
                while (body.nextElement()) {
                    value(top, depth + 1);
                }
            }
            // Integers of up to NUMBER_CHARS_MAX digits may be too large as well.
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> body.float64();
            default -> body.skip();
        }
    }

    /** The bytes of a valid JSON text without the white space outside its strings. */
    static byte[] compact(byte[] from, int start, int end) {
        byte[] out = new byte[end - start];
        int n = 0;
        boolean quoted = false;
        for (int i = start; i < end; i++) {
            byte b = from[i];
            if (quoted) {
                out[n++] = b;
                if (b == '\\') {
                    out[n++] = from[++i];
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b > ' ' || b < 0) {
                out[n++] = b;
                quoted = b == '"';
            }
        }
        return n == out.length ? out : Arrays.copyOf(out, n);
    }

    private static byte[] lastOfEach(byte[] json) {
        try {
            JsonNode tree = TREES.readTree(json);
            ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
            try (JsonGenerator writer = BodyLimits.FACTORY.createGenerator(out)) {
                TREES.writeTree(writer, tree);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("the walk has seen that this is JSON", e);
        }
    }
}
