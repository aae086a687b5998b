package dev.vectorhub.api.qdrant.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Jackson's parser of bytes with one more reading: a list of numbers, straight from the bytes into binary32. Numbers are most
 * of a body, and a token for each costs several times what its digits do.
 */
final class VectorParser extends UTF8StreamJsonParser {

    private static final VarHandle F32 = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private final FloatReader numbers;
    /** Of {@link #space}: the line of what comes next, and where it begins. */
    private int row;

    private int rowStart;

    private VectorParser(IOContext context, int features, ByteQuadsCanonicalizer names, byte[] text) {
        super(context, features, null, null, names, text, 0, text.length, 0, false);
        this.numbers = new FloatReader(text, text.length);
    }

    /** Makes a parser of a whole body, which is UTF-8 and stays as it is while it is read. */
    static VectorParser of(byte[] text) {
        return Parsers.INSTANCE.parser(text);
    }

    /**
     * Reads the list that begins at the current token, if it holds nothing but numbers that are finite as binary32, and no
     * more than there is room for. Its end is the current token then.
     *
     * @param out binary32, little-endian
     * @return how many there are; −1 where it is another list, and nothing has moved: token by token it is found out why
     */
    int floats(byte[] out) throws JsonProcessingException {
        if (currentToken() != JsonToken.START_ARRAY) {
            return -1;
        }
        row = _currInputRow;
        rowStart = _currInputRowStart;
        int at = space(_inputPtr);
        if (is(']', at)) {
            return ended(at + 1, 0);
        }
        int room = out.length / Float.BYTES;
        for (int n = 0; n < room && numbers.read(at); ) {
            F32.set(out, n * Float.BYTES, numbers.value());
            n++;
            at = space(numbers.end());
            if (is(']', at)) {
                return ended(at + 1, n);
            }
            if (!is(',', at)) {
                return -1;
            }
            at = space(at + 1);
        }
        return -1;
    }

    private boolean is(char c, int at) {
        return at < _inputEnd && _inputBuffer[at] == c;
    }

    /** Behind white space. A carriage return is no part of it: what it means for lines is left to Jackson. */
    private int space(int from) {
        int at = from;
        while (at < _inputEnd) {
            byte b = _inputBuffer[at];
            if (b == '\n') {
                row++;
                rowStart = at + 1;
            } else if (b != ' ' && b != '\t') {
                break;
            }
            at++;
        }
        return at;
    }

    /** As if the tokens had been read one by one, up to a place behind the closing bracket. */
    private int ended(int at, int count) throws JsonProcessingException {
        _inputPtr = at;
        _currInputRow = row;
        _currInputRowStart = rowStart;
        _tokenInputTotal = _currInputProcessed + at;
        _tokenInputRow = row;
        _tokenInputCol = at - rowStart;
        _parsingContext = _parsingContext.getParent();
        _updateToken(JsonToken.END_ARRAY);
        return count;
    }

    /** The factory of all bodies' parsers, with its table of names. */
    private static final class Parsers extends JsonFactory {
        private static final long serialVersionUID = 1L;
        private static final Parsers INSTANCE = new Parsers();

        private Parsers() {
            super(BodyLimits.FACTORY, null);
        }

        private VectorParser parser(byte[] text) {
            IOContext context = _createContext(_createContentReference(text, 0, text.length), true);
            return new VectorParser(
                    context, _parserFeatures, _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures), text);
        }

        @Override
        public JsonFactory copy() {
            throw new UnsupportedOperationException("there is one factory of bodies");
        }
    }
}
