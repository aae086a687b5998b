package dev.vectorhub.api.qdrant.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.api.pipeline.TenantApiException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of numbers read at once against the same read token by token: values, what follows, errors, their places. */
class VectorParserTest {

    private static final List<String> BODIES = List.of(
            "{\"a\":[1,2.5,-3e-2],\"b\":1}",
            "{\"a\":[],\"b\":[7]}",
            "{ \"a\" : [ 1 , \t2 ]\n , \"b\" : { \"a\" : [\n\n 3 ,4\n] } }",
            "{\"a\":[1,\r\n2],\"b\":3}",
            "[[1,2],[3],[],[4.5]]",
            "{\"a\":[1,null],\"b\":2}",
            "{\"a\":[1,\"2\"]}",
            "{\"a\":[1,[2]]}",
            "{\"a\":[1,,2]}",
            "{\"a\":[1,]}",
            "{\"a\":[,1]}",
            "{\"a\":[1 2]}",
            "{\"a\":[1}",
            "{\"a\":[1",
            "{\"a\":[",
            "{\"a\":[1,2\n,\n x]}",
            "{\"a\":[1,2] \"b\":3}",
            "{\"a\":[1,2],\n\"b\":x}",
            "{\"a\":[01]}",
            "{\"a\":[1.]}",
            "{\"a\":[1e39]}",
            "{\"a\":[1,2,3,4,5,6,7,8,9]}",
            "[[1],2,{\"b\":[3,4],\"b\":tru}]");

    @Test
    void readAtOnceOrOneByOneItIsTheSame() {
        for (String body : BODIES) {
            assertEquals(events(body, false), events(body, true), body);
        }
    }

    /** All tokens with their places, numbers in lists as they come, and the error at the end if there is one. */
    private static List<String> events(String body, boolean atOnce) {
        List<String> events = new ArrayList<>();
        try {
            JsonBody.read(body.getBytes(StandardCharsets.UTF_8), json -> {
                walk(json, atOnce, events);
                return "";
            });
        } catch (TenantApiException e) {
            events.add(e.status() + " " + e.getMessage());
        }
        return events;
    }

    private static void walk(JsonBody json, boolean atOnce, List<String> events) {
        switch (json.token()) {
            case START_OBJECT -> {
                for (String name = json.nextField(); name != null; name = json.nextField()) {
                    events.add(name);
                    walk(json, atOnce, events);
                }
                events.add(place(json));
            }
            case START_ARRAY -> {
                byte[] out = new byte[8 * Float.BYTES];
                int count = atOnce ? json.floats(out) : -1;
                for (int i = 0; i < count; i++) {
                    events.add(""
                            + ByteBuffer.wrap(out)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .getFloat(i * Float.BYTES));
                }
                while (!json.at(JsonToken.END_ARRAY) && json.nextElement()) {
                    walk(json, atOnce, events);
                }
                events.add(place(json));
            }
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> events.add("" + json.float32());
            default -> events.add(json.token() + " " + json.text());
        }
    }

    private static String place(JsonBody json) {
        return json.token() + " " + json.path() + " " + json.parser().currentTokenLocation() + " "
                + json.parser().currentLocation();
    }
}
