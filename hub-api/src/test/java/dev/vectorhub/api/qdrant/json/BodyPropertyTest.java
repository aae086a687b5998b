package dev.vectorhub.api.qdrant.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is done to a body that is right, a reader either takes it or refuses it with 400 or 422 and a sentence; never with
 * anything else.
 */
class BodyPropertyTest {

    private static final ObjectMapper TREES = new ObjectMapper();

    /** Each form of refusal that there is; those about a value begin with its path. */
    private static final Pattern REFUSAL = Pattern.compile(
            "(?s)(Format error in JSON body: .+|Validation error in JSON body: \\[.+: .+]|Wrong input: .+)");

    private static final String DEEP = "[".repeat(300) + "]".repeat(300);
    private static final String[] VALUES = {
        "null",
        "true",
        "-1",
        "0",
        "1.5",
        "1e400",
        "-1e39",
        "18446744073709551616",
        "9".repeat(500),
        "NaN",
        "Infinity",
        "-Infinity",
        "\"\"",
        "\"x\"",
        "[]",
        "[[]]",
        "[null]",
        "{}",
        "{\"x\":{}}",
        "{\"key\":1}",
        DEEP,
        "{\"a\":".repeat(200) + "1" + "}".repeat(200),
        "\"" + "y".repeat(70_000) + "\"",
        "\"\\ud800\"",
        "undefined"
    };

    private static void check(Templates template, byte[] body) {
        try {
            template.read(body);
        } catch (TenantApiException e) {
            assertTrue(e.status() == 400 || e.status() == 422, () -> "status " + e.status());
            String message = String.valueOf(e.getMessage());
            assertTrue(REFUSAL.matcher(message).matches(), message);
            assertTrue(message.length() < 1_000, () -> "a message must not echo the body: " + message.length());
        }
    }

    @Example
    void theTemplatesAreRight() {
        for (Templates template : Templates.values()) {
            template.read(template.json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A value somewhere in the body is another one; it may not even be JSON. */
    @Property(tries = 3_000)
    void otherValues(@ForAll Templates template, @ForAll @IntRange(min = 0, max = 24) int value, @ForAll Random random)
            throws JsonProcessingException {
        JsonNode tree = TREES.readTree(template.json);
        String marker = "@@" + Long.toHexString(random.nextLong()) + "@@";
        pick(tree, random).replace(marker);
        check(
                template,
                tree.toString().replace("\"" + marker + "\"", VALUES[value]).getBytes(StandardCharsets.UTF_8));
    }

    /** A field or an element is missing, stands twice, or is joined by one that nobody knows. */
    @Property(tries = 2_000)
    void otherFields(@ForAll Templates template, @ForAll @IntRange(min = 0, max = 2) int change, @ForAll Random random)
            throws JsonProcessingException {
        JsonNode tree = TREES.readTree(template.json);
        Place place = pick(tree, random);
        switch (change) {
            case 0 -> place.remove();
            case 1 -> place.extra();
            default -> place.replace("@@");
        }
        String text = tree.toString();
        if (change == 2) {
            // The same name again, with a number for a value.
            text = place.name() == null
                    ? text.replace("\"@@\"", "1,1")
                    : text.replace("\"@@\"", "1,\"" + place.name() + "\":1");
        }
        check(template, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes are cut off, flipped or put in: broken UTF-8 and broken JSON. */
    @Property(tries = 3_000)
    void otherBytes(@ForAll Templates template, @ForAll Random random) {
        byte[] body = template.json.getBytes(StandardCharsets.UTF_8);
        switch (random.nextInt(3)) {
            case 0 -> body = java.util.Arrays.copyOf(body, random.nextInt(body.length));
            case 1 -> body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            default -> body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        check(template, body);
    }

    /** A wrong type is reported at its path. */
    @Property(tries = 500)
    void namesTheComponent(
            @ForAll @IntRange(min = 0, max = 20) int point, @ForAll @IntRange(min = 0, max = 2) int component) {
        StringBuilder text = new StringBuilder("{\"points\":[");
        for (int i = 0; i <= 20; i++) {
            text.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append(",\"vector\":{\"a\":[");
            for (int j = 0; j < 3; j++) {
                text.append(j == 0 ? "" : ",").append(i == point && j == component ? "\"x\"" : "1");
            }
            text.append("]}}");
        }
        byte[] body = text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "400 Format error in JSON body: points[" + point + "].vector.a[" + component
                        + "]: expected a number, got the string \"x\"",
                Bodies.error(() -> Templates.UPSERT.read(body)));
    }

    /** A value in a tree, by what holds it. */
    private record Place(JsonNode parent, @Nullable String name, int index) {

        void replace(String text) {
            if (parent instanceof ObjectNode object) {
                object.put(name, text);
            } else if (parent instanceof ArrayNode array) {
                array.set(index, text);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(name);
            } else if (parent instanceof ArrayNode array) {
                array.remove(index);
            }
        }

        void extra() {
            if (parent instanceof ObjectNode object) {
                object.putObject("nobody_knows").putArray("this").add(1);
            } else if (parent instanceof ArrayNode array) {
                array.add(array.get(index).deepCopy());
            }
        }
    }

    private static Place pick(JsonNode tree, Random random) {
        List<Place> places = new ArrayList<>();
        collect(tree, places);
        return places.get(random.nextInt(places.size()));
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                places.add(new Place(object, entry.getKey(), -1));
                collect(entry.getValue(), places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places.add(new Place(array, null, i));
                collect(array.get(i), places);
            }
        }
    }
}
