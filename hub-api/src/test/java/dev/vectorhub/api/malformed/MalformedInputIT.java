package dev.vectorhub.api.malformed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.malformed.SchemaBodies.Made;
import dev.vectorhub.api.malformed.Spoiler.Expected;
import dev.vectorhub.api.malformed.Spoiler.Spoilt;
import dev.vectorhub.plan.Limits;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bodies made from the schemas of Qdrant's API, then one thing in them made wrong: the answer is never the hub's fault, is a
 * sentence that names the field, and a refused write has changed nothing. {@code -Dhub.test.malformed=N} sends N bodies per
 * operation, {@code -Dhub.test.seed=S} others.
 */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class MalformedInputIT {

    private static final int BODIES = Integer.getInteger("hub.test.malformed", 80);
    private static final long SEED = Long.getLong("hub.test.seed", 20_26);
    private static final int SPOILT_EACH = 12;
    private static final int SENTENCE_MAX = 1_000;
    private static final int SHOWN_MAX = 400;
    private static final String SCRATCH =
            "{\"vectors\":{\"a\":{\"size\":4,\"distance\":\"Dot\"},\"b\":{\"size\":4,\"distance\":\"Dot\"}}}";
    private static final ObjectMapper TREES = new ObjectMapper();

    @Inject
    Tenants tenants;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> failures = new ArrayList<>();
    private String key = "";

    @BeforeEach
    void tenant() {
        key = tenants.key(tenants.limited("malformed", new Limits(100, 100_000, 1L << 30, 100_000_000)))
                .secret();
    }

    @Test
    void noBodyIsTheHubsFault() throws Exception {
        RequestSchemas schemas = new RequestSchemas();
        Random random = new Random(SEED);
        SchemaBodies bodies = new SchemaBodies(schemas, random);
        Spoiler spoiler = new Spoiler(schemas, random);
        create(Target.UNNAMED);
        create(Target.NAMED);
        recreate();
        Map<String, String> refusals = new TreeMap<>();
        Map<String, Integer> taken = new TreeMap<>();
        Set<String> unknown = new TreeSet<>();
        for (Map.Entry<String, String> operation : schemas.operations().entrySet()) {
            taken.put(operation.getKey(), 0);
            for (int sent = 0; sent < BODIES; sent += 1 + SPOILT_EACH) {
                Target target = random.nextBoolean() ? Target.NAMED : Target.UNNAMED;
                Made made = bodies.make(operation.getValue(), target);
                Route route = Route.of(operation.getKey(), target);
                HttpResponse<String> right =
                        exchange(route, bytes(made.body()), made.body().toString());
                if (right.statusCode() < 300) {
                    taken.merge(operation.getKey(), 1, Integer::sum);
                } else if (error(right).startsWith("No such resource")) {
                    unknown.add(operation.getKey());
                } else {
                    refusals.put(operation.getKey() + " " + made.body(), right.body());
                }
                for (int i = 0; i < SPOILT_EACH; i++) {
                    spoilt(route, made, spoiler.spoil(made), right.statusCode());
                }
            }
        }
        if (Boolean.getBoolean("hub.test.malformed-shown")) {
            refusals.forEach((body, answer) -> System.out.println("REFUSED " + answer + " ← " + body));
            System.out.println(taken);
        }
        assertEquals(
                "",
                String.join("\n", failures.subList(0, Math.min(SHOWN_MAX, failures.size()))),
                () -> failures.size() + " failures");
        taken.keySet().removeAll(unknown);
        assertTrue(taken.size() > 25, taken::toString);
        assertTrue(taken.values().stream().noneMatch(count -> count == 0), taken::toString);
    }

    /** What is wrong around the body: the path, the query, the headers. */
    @Test
    void noRequestIsTheHubsFault() throws Exception {
        create(Target.UNNAMED);
        String scroll = "/collections/ledger/points/scroll";
        String delete = "/collections/ledger/points/delete";
        String one = "{\"points\":[1]}";
        for (String[] request : new String[][] {
            {"GET", "/collections/%00", ""},
            {"GET", "/collections/%C3%28", ""},
            {"GET", "/collections/%ED%A0%80", ""},
            {"GET", "/collections/" + "a".repeat(3_000), ""},
            {"PUT", "/collections/%00", SCRATCH},
            {"PUT", "/collections/a%2Fb", SCRATCH},
            {"PUT", "/collections/" + "a".repeat(300), SCRATCH},
            {"POST", "/collections/%00/points/scroll", "{}"},
            {"GET", "/collections/ledger/points/-1", ""},
            {"GET", "/collections/ledger/points/18446744073709551616", ""},
            {"GET", "/collections/ledger/points/1.5", ""},
            {"GET", "/collections/ledger/points/%00", ""},
            {"GET", "/collections/ledger/points/no-such-uuid", ""},
            {"POST", scroll + "?timeout=0", "{}"},
            {"POST", scroll + "?timeout=-1", "{}"},
            {"POST", scroll + "?timeout=18446744073709551616", "{}"},
            {"POST", scroll + "?consistency=most", "{}"},
            {"POST", delete + "?wait=maybe", one},
            {"POST", delete + "?ordering=none", one},
            {"POST", delete + "?timeout=%00", one},
            {"PATCH", scroll, "{}"}
        }) {
            HttpResponse<String> answer = send(request[0], request[1], bytes(request[2]));
            assertEquals(4, answer.statusCode() / 100, request[0] + " " + request[1] + " " + answer.body());
        }
        for (String[] request : new String[][] {
            {"GET", "/collections/%00/exists"},
            {"DELETE", "/collections/%00"},
            {"DELETE", "/collections/ledger/index/%00"}
        }) {
            HttpResponse<String> answer = send(request[0], request[1], new byte[0]);
            assertTrue(answer.statusCode() < 500, request[1] + " " + answer.statusCode() + " " + answer.body());
        }
        for (String[] header : new String[][] {
            {"content-type", "text/plain"},
            {"content-type", "no type"},
            {"content-type", "application/json; charset=utf-16"},
            {"content-encoding", "gzip"},
            {"content-encoding", "none-such"},
            {"accept", "image/png"}
        }) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + RestAssured.port + scroll))
                    .header("api-key", key)
                    .setHeader("content-type", "application/json")
                    .setHeader(header[0], header[1])
                    .POST(HttpRequest.BodyPublishers.ofString("{}"));
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertTrue(answer.statusCode() < 500, header[1] + " " + answer.statusCode() + " " + answer.body());
        }
    }

    private void spoilt(Route route, Made made, Spoilt spoilt, int right) throws Exception {
        String shown = spoilt.what() + " in " + made.body();
        String before = route.writes() ? state(route.target()) : "";
        HttpResponse<String> answer = exchange(route, spoilt.body(), shown);
        int status = answer.statusCode();
        if (route.writes() && status >= 400) {
            String after = state(route.target());
            if (!after.equals(before)) {
                failures.add(route + " was refused and changed " + before + " into " + after + ": " + shown);
                restore(route);
            }
        }
        if (spoilt.expected() == Expected.REFUSED && status < 400) {
            failures.add(route + " took " + shown);
        }
        // what was refused before it was spoilt is refused for a reason of its own
        if (right < 300 && spoilt.expected() == Expected.TAKEN && status >= 400 && !again(status)) {
            failures.add(route + " refused " + shown + " → " + answer.body());
        }
        if (right < 300 && spoilt.expected() == Expected.REFUSED && status >= 400 && !named(answer, spoilt)) {
            failures.add(route + " does not name " + spoilt.names() + ": " + answer.body() + " ← " + shown);
        }
    }

    private static boolean named(HttpResponse<String> answer, Spoilt spoilt) throws IOException {
        String error = error(answer);
        return spoilt.names().isEmpty() || spoilt.names().stream().anyMatch(error::contains);
    }

    /** The first of two equal requests has done it. */
    private static boolean again(int status) {
        return status == 404 || status == 409;
    }

    private HttpResponse<String> exchange(Route route, byte[] body, String shown) throws Exception {
        HttpResponse<String> answer;
        try {
            answer = send(route.method(), route.path(), body);
        } catch (IOException e) {
            throw new AssertionError(route + " gave no answer to " + shown, e);
        }
        int status = answer.statusCode();
        if (status >= 500) {
            failures.add(route + " " + status + " " + answer.body() + " ← " + shown);
        } else if (status >= 400) {
            String error = error(answer);
            boolean ours = !error.isBlank()
                    && error.length() <= SENTENCE_MAX
                    && !error.contains("Exception")
                    && !error.contains("com.fasterxml")
                    && !error.contains("dev.vectorhub");
            if (!ours) {
                failures.add(route + " not a sentence of ours: " + answer.body() + " ← " + shown);
            }
        } else if (route.writes()) {
            restore(route);
        }
        return answer;
    }

    private static String error(HttpResponse<String> answer) throws IOException {
        return TREES.readTree(answer.body()).at("/status/error").asText();
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    // ---- where a body goes

    private record Route(String operation, String method, String path, boolean writes, Target target) {

        @Override
        public String toString() {
            return method + " " + path;
        }

        static Route of(String operation, Target target) {
            String method = operation.substring(0, operation.indexOf(' '));
            String path = operation
                            .substring(operation.indexOf(' ') + 1)
                            .replace("{collection_name}", collection(operation, target))
                            .replace("{vector_name}", "fresh")
                    + "?wait=true";
            boolean writes =
                    !method.equals("POST") || path.matches(".*/(delete|clear|payload|points/batch|aliases)\\?.*");
            return new Route(operation, method, path, writes, target);
        }

        /** What changes a collection as a whole gets one of its own. */
        private static String collection(String operation, Target target) {
            return switch (operation) {
                case "PUT /collections/{collection_name}" -> "made";
                case "PATCH /collections/{collection_name}" -> "patched";
                default -> target.collection();
            };
        }
    }

    // ---- the collections

    private void create(Target target) throws Exception {
        String vector = "{\"size\":4,\"distance\":\"Dot\"}";
        String vectors = target.named() ? "{\"a\":" + vector + ",\"b\":{\"size\":2,\"distance\":\"Cosine\"}}" : vector;
        String path = "/collections/" + target.collection();
        done("PUT", path, "{\"vectors\":" + vectors + "}");
        done("PUT", path + "/index?wait=true", "{\"field_name\":\"kind\",\"field_schema\":\"keyword\"}");
        done("PUT", path + "/index?wait=true", "{\"field_name\":\"n\",\"field_schema\":\"integer\"}");
        points(target);
    }

    /** What is patched may be anything afterwards. */
    private void recreate() throws Exception {
        send("DELETE", "/collections/patched", new byte[0]);
        done("PUT", "/collections/patched", SCRATCH);
    }

    private void points(Target target) throws Exception {
        String path = "/collections/" + target.collection() + "/points";
        done("POST", path + "/delete?wait=true", "{\"filter\":{}}");
        StringBuilder points = new StringBuilder();
        for (String id : List.of("1", "2", "\"" + SchemaBodies.UUIDS[0] + "\"")) {
            String vector = "[1,0," + points.length() + ",0]";
            points.append(points.isEmpty() ? "" : ",")
                    .append("{\"id\":")
                    .append(id)
                    .append(",\"vector\":");
            points.append(target.named() ? "{\"a\":" + vector + ",\"b\":[1,1]}" : vector);
            points.append(",\"payload\":{\"kind\":\"a\",\"n\":3}}");
        }
        done("PUT", path + "?wait=true", "{\"points\":[" + points + "]}");
    }

    /** Undoes what a body did, so that the next one meets what the generator knows. */
    private void restore(Route route) throws Exception {
        String collection = "/collections/" + route.target().collection();
        switch (route.operation().substring(route.operation().indexOf(' ') + 1)) {
            case "/collections/{collection_name}" -> {
                if (route.method().equals("PATCH")) {
                    recreate();
                } else {
                    send("DELETE", "/collections/made", new byte[0]);
                }
            }
            case "/collections/aliases" -> {
                String alias = "{\"collection_name\":\"ledger\",\"alias_name\":\"books\"}";
                send(
                        "POST",
                        "/collections/aliases",
                        bytes("{\"actions\":[{\"delete_alias\":{\"alias_name\":\"tomes\"}}]}"));
                send("POST", "/collections/aliases", bytes("{\"actions\":[{\"create_alias\":" + alias + "}]}"));
            }
            case "/collections/{collection_name}/index" ->
                send("DELETE", collection + "/index/fresh?wait=true", new byte[0]);
            case "/collections/{collection_name}/vectors/{vector_name}" ->
                send("DELETE", collection + "/vectors/fresh?wait=true", new byte[0]);
            default -> points(route.target());
        }
    }

    private void done(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(method, path, bytes(body));
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private String state(Target target) throws Exception {
        HttpResponse<String> points = send(
                "POST",
                "/collections/" + target.collection() + "/points/scroll",
                bytes("{\"with_payload\":true,\"with_vector\":true}"));
        HttpResponse<String> info = send("GET", "/collections/" + target.collection(), new byte[0]);
        ObjectNode known = TREES.createObjectNode();
        known.set("points", TREES.readTree(points.body()).path("result"));
        JsonNode result = TREES.readTree(info.body()).path("result");
        known.set("config", result.path("config"));
        known.set("indexes", result.path("payload_schema"));
        known.set(
                "collections",
                TREES.readTree(send("GET", "/collections", new byte[0]).body()).path("result"));
        return known.toString();
    }

    private HttpResponse<String> send(String method, String path, byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                        .header("api-key", key)
                        .header("content-type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
