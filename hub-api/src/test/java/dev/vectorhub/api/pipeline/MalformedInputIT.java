package dev.vectorhub.api.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every body of the tenant API, spoilt at every place in every way: the answer is never the hub's fault, says what is wrong in a
 * sentence of ours, and a refused write has changed nothing.
 */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class MalformedInputIT {

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String LEDGER = "/collections/ledger";

    /** Values of every type, some of them extreme; the last ones are no JSON at all. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "18446744073709551616",
            "1e400",
            "\"\"",
            "\"x\"",
            "[]",
            "[[[]]]",
            "{}",
            "{\"a\":{\"b\":1}}",
            "NaN",
            "[1,",
            "\"\\ud800\"");

    /** Each place with every value, instead of with one of so many. */
    private static final boolean ALL = Boolean.getBoolean("hub.test.malformed-all");

    private static final int SAMPLED = 4;

    @Inject
    Tenants tenants;

    @Inject
    PlanService plans;

    private final HttpClient http = HttpClient.newHttpClient();
    private String key = "";

    @Test
    void noBodyIsTheHubsFault() throws Exception {
        plans.put(
                new PlanSpec(
                        "malformed",
                        "malformed",
                        new Limits(100, 100_000, 1L << 30, 100_000_000),
                        IsolationMode.COLLECTION),
                Change.by(Tenants.TEST, "test"));
        key = tenants.key(tenants.active("malformed", "malformed")).secret();
        fill();
        String before = state();
        List<String> failures = new ArrayList<>();
        int sent = 0;
        for (Map.Entry<String, String> sample : SampleBodies.all().entrySet()) {
            String[] operation = sample.getKey().split(" ", 2);
            String path = operation[1].replace("{collection_name}", "ledger");
            boolean writes = !operation[0].equals("POST") || path.matches(".*/(delete|clear|payload|batch|aliases)$");
            for (String body : spoilt(sample.getValue())) {
                HttpResponse<String> answer = send(operation[0], path + "?wait=true", body);
                sent++;
                String problem = problem(answer);
                if (problem != null) {
                    failures.add(sample.getKey() + " " + shown(body) + " → " + problem);
                }
                if (writes && answer.statusCode() >= 400) {
                    String after = state();
                    if (!after.equals(before)) {
                        failures.add(sample.getKey() + " " + shown(body) + " was refused and changed something");
                        fill();
                    }
                } else if (writes) {
                    fill();
                }
            }
        }
        assertTrue(sent > 500, "only " + sent);
        assertEquals(List.of(), failures.subList(0, Math.min(20, failures.size())));
    }

    private static String shown(String body) {
        return body.length() > 200 ? body.substring(0, 200) + "…" : body;
    }

    private static @Nullable String problem(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() < 400) {
            return null;
        }
        String error = TREES.readTree(answer.body()).at("/status/error").asText();
        if (answer.statusCode() >= 500) {
            return answer.statusCode() + " " + error;
        }
        boolean ours = !error.isBlank()
                && !error.contains("Exception")
                && !error.contains("com.fasterxml")
                && !error.contains("dev.vectorhub");
        return ours ? null : "not a sentence of ours: " + error;
    }

    // ---- spoiling

    private static List<String> spoilt(String body) throws IOException {
        List<String> bodies = new ArrayList<>(List.of("", "[]", "null", "{", body + "x", "\u0000" + body));
        JsonNode root = TREES.readTree(body);
        List<List<Object>> places = new ArrayList<>();
        places(root, new ArrayList<>(), places);
        for (int p = 0; p < places.size(); p++) {
            for (int v = ALL ? 0 : p % SAMPLED; v < VALUES.size(); v += ALL ? 1 : SAMPLED) {
                bodies.add(replaced(root, places.get(p), VALUES.get(v)));
            }
            bodies.add(without(root, places.get(p)));
        }
        if (!places.isEmpty()) {
            bodies.add(replaced(root, places.getFirst(), "\"" + "a".repeat(1 << 20) + "\""));
            bodies.add(replaced(root, places.getFirst(), "[".repeat(500) + "]".repeat(500)));
        }
        ObjectNode more = root.deepCopy();
        more.put("unknown_field", 1);
        bodies.add(more.toString());
        return bodies;
    }

    private static void places(JsonNode node, List<Object> at, List<List<Object>> places) {
        if (!at.isEmpty()) {
            places.add(List.copyOf(at));
        }
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(name -> {
                at.add(name);
                places(node.get(name), at, places);
                at.removeLast();
            });
        } else {
            for (int i = 0; i < node.size(); i++) {
                at.add(i);
                places(node.get(i), at, places);
                at.removeLast();
            }
        }
    }

    private static String replaced(JsonNode root, List<Object> place, String value) {
        JsonNode copy = root.deepCopy();
        ContainerNode<?> parent = parent(copy, place);
        String mark = "@@here@@";
        if (parent instanceof ObjectNode object) {
            object.set((String) place.getLast(), NODES.textNode(mark));
        } else {
            ((ArrayNode) parent).set((Integer) place.getLast(), NODES.textNode(mark));
        }
        return copy.toString().replace("\"" + mark + "\"", value);
    }

    private static String without(JsonNode root, List<Object> place) {
        JsonNode copy = root.deepCopy();
        ContainerNode<?> parent = parent(copy, place);
        if (parent instanceof ObjectNode object) {
            object.remove((String) place.getLast());
        } else {
            ((ArrayNode) parent).remove((Integer) place.getLast());
        }
        return copy.toString();
    }

    private static ContainerNode<?> parent(JsonNode root, List<Object> place) {
        JsonNode node = root;
        for (Object step : place.subList(0, place.size() - 1)) {
            node = step instanceof String name ? node.get(name) : node.get((Integer) step);
        }
        return (ContainerNode<?>) node;
    }

    // ---- the collection

    private void fill() throws Exception {
        send("DELETE", LEDGER, "");
        assertEquals(200, send("PUT", LEDGER, SampleBodies.CREATE).statusCode());
        String points = "{\"points\":[{\"id\":1,\"vector\":[1,0,0,0],\"payload\":{\"kind\":\"a\"}},"
                + "{\"id\":2,\"vector\":[0,1,0,0],\"payload\":{\"kind\":\"b\"}}]}";
        assertEquals(200, send("PUT", LEDGER + "/points?wait=true", points).statusCode());
        send("PUT", LEDGER + "/index?wait=true", "{\"field_name\":\"kind\",\"field_schema\":\"keyword\"}");
    }

    private String state() throws Exception {
        HttpResponse<String> answer =
                send("POST", LEDGER + "/points/scroll", "{\"with_payload\":true,\"with_vector\":true}");
        return TREES.readTree(answer.body()).path("result").toString();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                        .header("api-key", key)
                        .header("content-type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
