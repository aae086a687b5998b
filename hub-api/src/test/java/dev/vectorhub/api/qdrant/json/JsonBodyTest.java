package dev.vectorhub.api.qdrant.json;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static dev.vectorhub.api.qdrant.json.Bodies.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private static String skipAll(byte[] bytes) {
        return error(() -> JsonBody.read(bytes, body -> {
            body.skip();
            return "";
        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{]",
                "[1,]",
                "{'a':}",
                "{'a' 1}",
                "[NaN]",
                "[Infinity]",
                "[-Infinity]",
                "[01]",
                "[1.]",
                "nul",
                "/*x*/1",
                "1 2",
                "{} {}",
                "['\u0001']",
                "[+1]",
                "[.5]",
                "['\\x']"
            })
    void refusesWhatIsNotJson(String text) {
        assertTrue(skipAll(json(text)).startsWith("400 Format error in JSON body: "), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'a':{'b':[1,}}} | a.b[1]: Unexpected character ('}' (code 125)): expected a value at line 1 column 14",
                "{'a':[{]} | a[0]: Unexpected close marker ']': expected '}' at line 1 column 8",
                "[1 | [0]: Unexpected end-of-input: expected close marker for Array at line 1 column 3",
                "[NaN] | [0]: Non-standard token 'NaN' at line 1 column 5",
                "[1,/**/2] | [1]: Unexpected character ('/' (code 47)) at line 1 column 4"
            })
    void saysWhereTheTextIsBroken(String text, String expected) {
        assertEquals("400 Format error in JSON body: " + expected, skipAll(json(text)));
    }

    @Test
    void takesUtf8Only() {
        assertEquals(
                "400 Format error in JSON body: the body is not JSON in UTF-8",
                skipAll("{}".getBytes(StandardCharsets.UTF_16BE)));
        assertEquals(
                "400 Format error in JSON body: the body is not JSON in UTF-8",
                skipAll("{}".getBytes(StandardCharsets.UTF_16LE)));
        assertEquals(
                "400 Format error in JSON body: the body is not JSON in UTF-8",
                skipAll("\uFEFF{}".getBytes(StandardCharsets.UTF_8)));
        assertTrue(skipAll(new byte[] {'"', (byte) 0xC3, '"'}).startsWith("400 Format error"));
    }

    @Test
    void boundsDepthAndNumbers() {
        String deep = "[".repeat(BodyLimits.DEPTH_MAX + 1) + "]".repeat(BodyLimits.DEPTH_MAX + 1);
        assertTrue(skipAll(json(deep)).endsWith("nested deeper than 128"));
        assertTrue(skipAll(json("[" + "1".repeat(BodyLimits.NUMBER_CHARS_MAX + 1) + "]"))
                .contains("longer than allowed"));
    }

    @Test
    void countsWithinBounds() {
        assertEquals(7, JsonBody.<Integer>read(json("7"), body -> body.count(1, 7)));
        assertEquals(
                "422 Validation error in JSON body: [body: value 8 invalid, must be from 1 to 7]",
                error(() -> JsonBody.read(json("8"), body -> body.count(1, 7))));
        assertEquals(
                "422 Validation error in JSON body: [limit: value 18446744073709551616 invalid, must be from 1 to 7]",
                error(() -> JsonBody.read(json("{'limit':18446744073709551616}"), body -> {
                    body.nextField();
                    return body.count(1, 7);
                })));
        assertEquals(
                "400 Format error in JSON body: expected a whole number that is at least 0, got the number -1",
                error(() -> JsonBody.read(json("-1"), body -> body.count(0, 7))));
    }

    @Test
    void numbersAreFinite() {
        assertTrue(error(() -> JsonBody.read(json("1e39"), JsonBody::float32)).endsWith("too large for 32 bits"));
        assertTrue(error(() -> JsonBody.read(json("1e309"), JsonBody::float64)).endsWith("too large for 64 bits"));
        assertEquals(3.4028235e38f, JsonBody.<Float>read(json("3.4028235e38"), JsonBody::float32));
        assertEquals(0.1f, JsonBody.<Float>read(json("0.1"), JsonBody::float32));
    }

    /** An overlong zero, a surrogate in bytes and half a pair in escapes are no text; the parser would take them. */
    @Test
    void namesWhatIsNoText() {
        byte[] overlong = json("{'a':{'b':['x','??']},'c':1}");
        overlong[16] = (byte) 0xC0;
        overlong[17] = (byte) 0x80;
        assertEquals("400 Format error in JSON body: a.b[1]: no text in UTF-8 at byte 16", skipAll(overlong));
        assertEquals(
                "400 Format error in JSON body: a.b: no text in UTF-8 at byte 11",
                skipAll(json("{'a':{'b':'\\ud800'},'c':1}")));
    }
}
