package dev.vectorhub.api.qdrant.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is text agrees with the JDK's own decoder, and for escapes with the pairs that stand there. */
class BodyTextPropertyTest {

    /** Bytes near the borders of UTF-8, so that right sequences and almost right ones come often. */
    private static final int[] BYTES = {
        'a', '"', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
        0xFF
    };

    private static final String[] PIECES = {
        "a",
        "\\\\",
        "\\n",
        "\\\"",
        "u",
        "d800",
        "\\u0041",
        "\\uD83D\\uDE00",
        "\\ud800",
        "\\uDC00",
        "\\u00e",
        "é",
        "😀",
        "        "
    };

    @Property(tries = 5_000)
    void bytes(@ForAll Random random) {
        byte[] bytes = new byte[random.nextInt(24)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) > 0 ? 'x' : BYTES[random.nextInt(BYTES.length)]);
        }
        boolean text;
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            text = true;
        } catch (CharacterCodingException e) {
            text = false;
        }
        assertEquals(text, BodyText.fault(bytes) < 0);
    }

    @Property(tries = 5_000)
    void escapes(@ForAll Random random) {
        StringBuilder json = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            json.append(PIECES[random.nextInt(PIECES.length)]);
        }
        String text = json.toString();
        assertEquals(half(text), BodyText.fault(text.getBytes(StandardCharsets.UTF_8)) >= 0, text);
    }

    /** Decodes escape by escape. */
    private static boolean half(String json) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) != '\\' || i + 1 == json.length()) {
                decoded.append(json.charAt(i));
            } else if (json.substring(i).matches("(?s)\\\\u[0-9a-fA-F]{4}.*")) {
                decoded.append((char) Integer.parseInt(json.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                // what an escape stands for is no surrogate
                decoded.append('.');
                i++;
            }
        }
        return decoded.toString()
                .codePoints()
                .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Example
    void says() {
        assertEquals(7, BodyText.fault(new byte[] {'1', '2', '3', '4', '5', '6', '7', (byte) 0xC0, (byte) 0x80, '8'}));
        assertEquals(2, BodyText.fault("{\"\\ud800\":1}".getBytes(StandardCharsets.UTF_8)));
    }
}
