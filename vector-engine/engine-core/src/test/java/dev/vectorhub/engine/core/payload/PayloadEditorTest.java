package dev.vectorhub.engine.core.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadEditorTest {
    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"a":1}                     | {"b":2}      |       | {"a":1,"b":2}
            {"a":1,"c":3}               | {"a":{"x":1}}|       | {"a":{"x":1},"c":3}
            {"a":1,"b":2}               | {"a":null}   |       | {"b":2}
            {"a":1}                     | {"a":null}   |       | ``
            ``                          | {"a":1.50}   |       | {"a":1.50}
            ``                          | {"z":null}   |       | ``
            {"a":{"b":1,"c":2}}         | {"c":3,"d":4}| a     | {"a":{"b":1,"c":3,"d":4}}
            {"x":1}                     | {"c":3}      | a.b   | {"x":1,"a":{"b":{"c":3}}}
            {"a":5}                     | {"c":3}      | a     | {"a":{"c":3}}
            {"l":[{"x":1},{"x":2},7]}   | {"y":0}      | l[]   | {"l":[{"x":1,"y":0},{"x":2,"y":0},{"y":0}]}
            {"l":[{"x":1},{"x":2}]}     | {"y":0}      | l[1]  | {"l":[{"x":1},{"x":2,"y":0}]}
            {"l":[{"x":1}]}             | {"y":0}      | l[9]  | {"l":[{"x":1}]}
            {"k":"\\u00e9\\"}","n":1e400}| {"b":"ü"}   |       | {"k":"\\u00e9\\"}","n":1e400,"b":"ü"}
            """)
    void merges(String payload, String patch, String at, String expected) {
        FieldPath path = at == null ? null : FieldPath.parse(at);
        assertEquals(expected, text(PayloadEditor.merge(bytes(payload), bytes(patch), path)));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"a":1,"b":2}           | a        | {"b":2}
            {"a":1}                 | a        | ``
            {"a":1}                 | b        | {"a":1}
            {"a":{"b":1,"c":2}}     | a.b      | {"a":{"c":2}}
            {"a":1}                 | a.b      | {"a":1}
            {"l":[{"n":1,"m":2},{"n":3}]} | l[].n | {"l":[{"m":2},{}]}
            {"l":[1,2,3]}           | l[1]     | {"l":[1,3]}
            {"l":[1,2,3]}           | l[]      | {"l":[]}
            {"a.b":1,"a":{"b":2}}   | "a.b"    | {"a":{"b":2}}
            """)
    void deletes(String payload, String path, String expected) {
        assertEquals(expected, text(PayloadEditor.delete(bytes(payload), List.of(FieldPath.parse(path)))));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"a":1,"b":2}                | a      |       | {"a":1}
            {"a":1,"b":2}                |        | a     | {"b":2}
            {"a":{"x":1,"y":2},"b":2}    | a.x    |       | {"a":{"x":1}}
            {"a":{"x":1,"y":2},"b":2}    |        | a.x   | {"a":{"y":2},"b":2}
            {"l":[{"x":1,"y":2},3]}      | l[].x  |       | {"l":[{"x":1}]}
            {"l":[{"x":1,"y":2},3]}      |        | l.x   | {"l":[{"y":2},3]}
            {"a":{"x":1,"y":2},"b":2}    | a      | a.y   | {"a":{"x":1}}
            {"a":1}                      | b      |       | ``
            """)
    void projects(String payload, String include, String exclude, String expected) {
        PayloadSelection selection = new PayloadSelection(
                true, include == null ? List.of() : List.of(include), exclude == null ? List.of() : List.of(exclude));
        assertEquals(expected, text(new PayloadProjection(selection).apply(bytes(payload))));
    }

    @Test
    void objectsAreTrimmedAndTheEmptyOneIsNone() {
        assertEquals("{\"a\" : 1}", text(Json.requireObject(bytes(" \n{\"a\" : 1}\t "))));
        assertEquals("", text(Json.requireObject(bytes(" { } "))));
        assertEquals("", text(Json.requireObject(bytes(""))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "1", "\"a\"", "[]", "{", "{}{}", "{\"a\"}", "{'a':1}", "{\"a\":01}", "{\"a\":NaN}", " "})
    void whatIsNoObjectIsRefused(String json) {
        assertEquals(
                StoreException.Code.INVALID_ARGUMENT,
                assertThrows(StoreException.class, () -> Json.requireObject(bytes(json)))
                        .code());
    }

    @Test
    void malformedUtf8AndDeepNestingAreRefused() {
        byte[] malformed = bytes("{\"a\":\"xy\"}");
        malformed[6] = (byte) 0xC3;
        assertThrows(StoreException.class, () -> Json.requireObject(malformed));
        Json.requireObject(bytes("{\"/b\":1}"));
        byte[] alike = bytes("{\"x/b\":1}");
        alike[2] = (byte) 0xFF;
        assertThrows(StoreException.class, () -> Json.requireObject(alike), "a name that was seen, behind a byte");
        byte[] deep = new byte[20_000];
        Arrays.fill(deep, (byte) '[');
        assertThrows(StoreException.class, () -> Json.requireObject(bytes("{\"a\":" + text(deep))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "a[",
                "a[x]",
                "a]",
                "a[-1]",
                "a[1",
                "\"a",
                "a\"b",
                "a[0]b",
                "a[12345678901]"
            })
    void malformedPathsAreRefused(String path) {
        assertEquals(
                StoreException.Code.INVALID_ARGUMENT,
                assertThrows(StoreException.class, () -> FieldPath.parse(path)).code());
    }
}
