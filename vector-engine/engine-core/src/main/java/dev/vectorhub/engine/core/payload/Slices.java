package dev.vectorhub.engine.core.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.vectorhub.engine.core.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The members of an object and the elements of an array as slices of their text, so that editing copies bytes and never
 * rewrites a value (numbers keep their digits).
 */
final class Slices {
    @FunctionalInterface
    interface MemberVisitor {
        /** The text of the member is {@code [nameStart, end)}, that of its value {@code [valueStart, end)}. */
        void member(String name, int nameStart, int valueStart, int end);
    }

    @FunctionalInterface
    interface ElementVisitor {
        void element(int index, int start, int end);
    }

    private Slices() {}

    static boolean isObject(byte[] json, int start) {
        return json[start] == '{';
    }

    static boolean isArray(byte[] json, int start) {
        return json[start] == '[';
    }

    static void members(byte[] json, MemberVisitor visitor) {
        try (JsonParser parser = Json.parser(json, 0, json.length)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int nameStart = (int) parser.currentTokenLocation().getByteOffset();
                parser.nextToken();
                int valueStart = (int) parser.currentTokenLocation().getByteOffset();
                visitor.member(name, nameStart, valueStart, end(parser));
            }
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    static void elements(byte[] json, ElementVisitor visitor) {
        try (JsonParser parser = Json.parser(json, 0, json.length)) {
            parser.nextToken();
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                visitor.element(i, start, end(parser));
            }
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static int end(JsonParser parser) throws IOException {
        parser.skipChildren();
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }

    static StoreException damaged(IOException e) {
        return new StoreException(StoreException.Code.INTERNAL, "stored payload is not readable", e);
    }

    static byte[] slice(byte[] json, int start, int end) {
        return Arrays.copyOfRange(json, start, end);
    }

    /** Writes an object or array from the texts of its parts. */
    static final class Composer {
        private final ByteArrayOutputStream out;
        private final char close;
        private boolean first = true;

        Composer(char open, char close, int expected) {
            this.out = new ByteArrayOutputStream(expected + 16);
            this.close = close;
            out.write(open);
        }

        static Composer object(int expected) {
            return new Composer('{', '}', expected);
        }

        static Composer array(int expected) {
            return new Composer('[', ']', expected);
        }

        private void separate() {
            if (!first) {
                out.write(',');
            }
            first = false;
        }

        void copy(byte[] json, int start, int end) {
            separate();
            out.write(json, start, end - start);
        }

        void value(byte[] text) {
            separate();
            out.writeBytes(text);
        }

        void member(String name, byte[] text) {
            separate();
            out.write('"');
            out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(name));
            out.write('"');
            out.write(':');
            out.writeBytes(text);
        }

        boolean isEmpty() {
            return first;
        }

        byte[] finish() {
            out.write(close);
            return out.toByteArray();
        }
    }
}
