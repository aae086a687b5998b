package dev.vectorhub.api.qdrant.json;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static dev.vectorhub.api.qdrant.json.Bodies.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadReaderTest {

    private static String read(String text) {
        return JsonBody.read(json("{'x':[1],'payload': " + text + " , 'y':2}"), body -> {
            String found = "";
            for (String field = body.nextField(); field != null; field = body.nextField()) {
                if (field.equals("payload")) {
                    found = PayloadReader.read(body).toString(StandardCharsets.UTF_8);
                } else {
                    body.skip();
                }
            }
            return found;
        });
    }

    @Test
    void keepsTheBytesLessTheWhiteSpace() {
        assertEquals(
                "{\"a\":\"b \\\" c\\\\\",\"n\":[1,2.50,null,true,{\"ü\":\"😀\"}]}",
                read(" {\n\t'a' : 'b \\' c\\\\' , 'n' : [ 1, 2.50 , null,true, {'ü':'😀' } ] }\r\n"));
    }

    @Test
    void nothingIsNoBytes() {
        assertEquals("", read("{ }"));
        assertEquals("", read("null"));
    }

    @Test
    void theLastOfRepeatedNamesCounts() {
        assertEquals("{\"a\":3,\"b\":{\"c\":2}}", read("{'a':1,'b':{'c':1,'c':2},'a':3}"));
        String many = IntStream.range(0, 40).mapToObj(i -> "'k" + i + "':" + i).collect(Collectors.joining(","));
        assertTrue(read("{" + many + ",'k39':'last'}").endsWith("\"k39\":\"last\"}"));
        assertEquals(read("{" + many + "}"), read("{ " + many + " }"));
        // The same name in different objects is no repetition.
        assertEquals(
                "{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]},\"b\":{\"a\":1}}",
                read("{'a':{'a':[{'a':1},{'a':2}]},'b':{'a':1}}"));
    }

    @Test
    void refusesWhatIsNoObjectAndNumbersWithoutEnd() {
        assertEquals(
                "400 Format error in JSON body: payload: expected an object, got a list", error(() -> read("[1]")));
        assertEquals(
                "400 Format error in JSON body: payload.a[1]: the number is too large for 64 bits",
                error(() -> read("{'a':[1,1e400]}")));
        assertTrue(error(() -> read("{'a':" + "9".repeat(310) + "}")).endsWith("too large for 64 bits"));
    }
}
