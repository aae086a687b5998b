package dev.vectorhub.api.malformed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.plan.Limits;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every query parameter of every operation with values that it cannot have, and requests whose headers lie: the answer is the
 * caller's fault and names the parameter, and a refused write has changed nothing.
 */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class MalformedParametersIT {

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 2_000;

    private static final Map<String, List<String>> WRONG = Map.of(
            "wait", List.of("maybe", "1", "True", "", "\u0000"),
            "ordering", List.of("none", "STRONG", "", "weak "),
            "timeout", List.of("0", "-1", "1.5", "soon", "", "18446744073709551616", "9".repeat(500)),
            "consistency", List.of("most", "0", "-1", "", "1.5", "ALL"),
            "priority", List.of("mine", "", "Snapshot"),
            "checksum", List.of("x"),
            "anonymize", List.of("maybe", ""),
            "per_collection", List.of("maybe"),
            "details_level", List.of("-1", "deep"));

    private static final Map<String, String> RIGHT = Map.of(
            "wait", "true",
            "ordering", "medium",
            "timeout", "60",
            "consistency", "quorum",
            "priority", "no_sync",
            "anonymize", "true",
            "per_collection", "false",
            "details_level", "2");

    private static final String COLLECTION = "{\"vectors\":{\"size\":2,\"distance\":\"Dot\"}}";

    /** Bodies that are right, by the end of the path; any other operation has none. */
    private static final Map<String, String> BODIES = bodies();

    @Inject
    Tenants tenants;

    private final HttpClient http = HttpClient.newHttpClient();
    private String key = "";

    private static Map<String, String> bodies() {
        Map<String, String> bodies = new TreeMap<>();
        bodies.put("PUT /collections/{collection_name}", COLLECTION);
        bodies.put("PATCH /collections/{collection_name}", "{\"metadata\":{\"a\":1}}");
        bodies.put("POST /collections/aliases", "{\"actions\":[]}");
        bodies.put("PUT /collections/{collection_name}/index", "{\"field_name\":\"n\",\"field_schema\":\"integer\"}");
        bodies.put("PUT /collections/{collection_name}/vectors/{vector_name}", "{\"sparse\":{}}");
        String points = " /collections/{collection_name}/points";
        bodies.put("POST" + points, "{\"ids\":[1]}");
        bodies.put("PUT" + points, "{\"points\":[{\"id\":7,\"vector\":[1,1]}]}");
        bodies.put("POST" + points + "/delete", "{\"points\":[1]}");
        bodies.put("PUT" + points + "/vectors", "{\"points\":[{\"id\":1,\"vector\":[2,2]}]}");
        bodies.put("POST" + points + "/vectors/delete", "{\"points\":[1],\"vector\":[\"\"]}");
        bodies.put("POST" + points + "/payload", "{\"points\":[1],\"payload\":{\"x\":1}}");
        bodies.put("PUT" + points + "/payload", "{\"points\":[1],\"payload\":{\"y\":1}}");
        bodies.put("POST" + points + "/payload/delete", "{\"points\":[1],\"keys\":[\"n\"]}");
        bodies.put("POST" + points + "/payload/clear", "{\"points\":[1]}");
        bodies.put("POST" + points + "/batch", "{\"operations\":[{\"delete\":{\"points\":[1]}}]}");
        bodies.put("POST" + points + "/query/batch", "{\"searches\":[]}");
        bodies.put("POST" + points + "/query/groups", "{\"query\":[1,1],\"group_by\":\"n\"}");
        bodies.put("POST /collections/{collection_name}/facet", "{\"key\":\"n\"}");
        bodies.put("POST" + points + "/search", "{\"vector\":[1,1],\"limit\":1}");
        bodies.put("POST" + points + "/search/batch", "{\"searches\":[]}");
        bodies.put(
                "POST" + points + "/search/groups",
                "{\"vector\":[1,1],\"limit\":1,\"group_by\":\"n\",\"group_size\":1}");
        bodies.put("POST" + points + "/recommend", "{\"positive\":[1],\"limit\":1}");
        bodies.put("POST" + points + "/recommend/batch", "{\"searches\":[]}");
        bodies.put(
                "POST" + points + "/recommend/groups",
                "{\"positive\":[1],\"limit\":1,\"group_by\":\"n\",\"group_size\":1}");
        bodies.put("POST" + points + "/discover", "{\"target\":1,\"context\":[],\"limit\":1}");
        bodies.put("POST" + points + "/discover/batch", "{\"searches\":[]}");
        return bodies;
    }

    @BeforeEach
    void tenant() throws Exception {
        Limits limits = new Limits(100, 100_000, 1L << 30, 100_000_000);
        key = tenants.key(tenants.limited("parameters", limits)).secret();
        fresh();
    }

    private void fresh() throws Exception {
        send("DELETE", "/collections/made", "");
        send("DELETE", "/collections/kept", "");
        assertEquals(200, send("PUT", "/collections/kept", COLLECTION).statusCode());
        send("PUT", "/collections/kept/index?wait=true", "{\"field_name\":\"n\",\"field_schema\":\"integer\"}");
        send(
                "PUT",
                "/collections/kept/points?wait=true",
                "{\"points\":[{\"id\":1,\"vector\":[1,1],\"payload\":{\"n\":1}},{\"id\":2,\"vector\":[1,2]}]}");
    }

    @Test
    void noParameterIsTheHubsFault() throws Exception {
        List<String> failures = new ArrayList<>();
        int sent = 0;
        try (InputStream in = MalformedParametersIT.class.getResourceAsStream("/qdrant/parameters.json")) {
            for (Map.Entry<String, JsonNode> operation : TREES.readTree(in).properties()) {
                if (operation.getKey().endsWith("/upload")) {
                    // of another form than JSON
                    continue;
                }
                String method =
                        operation.getKey().substring(0, operation.getKey().indexOf(' '));
                String body = BODIES.getOrDefault(operation.getKey(), method.equals("POST") ? "{}" : "");
                for (JsonNode parameter : operation.getValue()) {
                    String path = path(operation.getKey());
                    String before = state();
                    for (String value : WRONG.getOrDefault(parameter.asText(), List.of())) {
                        sent++;
                        String query =
                                "?" + parameter.asText() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
                        HttpResponse<String> answer = send(method, path + query, body);
                        String shown = method + " " + path + query + " → " + answer.statusCode() + " " + answer.body();
                        if (answer.statusCode() / 100 != 4 || !answer.body().contains(parameter.asText())) {
                            failures.add(shown);
                        }
                        if (!state().equals(before)) {
                            failures.add("changed: " + shown);
                            fresh();
                        }
                    }
                    String right = RIGHT.get(parameter.asText());
                    if (right != null && !path.contains("snapshots")) {
                        HttpResponse<String> answer = send(method, path + "?" + parameter.asText() + "=" + right, body);
                        if (answer.statusCode() != 200) {
                            failures.add(method + " " + path + " " + parameter + "=" + right + " → " + answer.body());
                        }
                        fresh();
                    }
                }
            }
        }
        assertEquals("", String.join("\n", failures), () -> failures.size() + " failures");
        assertTrue(sent > 300, "so many: " + sent);
    }

    private static String path(String operation) {
        return operation
                .substring(operation.indexOf(' ') + 1)
                .replace("{collection_name}", operation.equals("PUT /collections/{collection_name}") ? "made" : "kept")
                .replace("{vector_name}", "words")
                .replace("{field_name}", "n")
                .replace("{snapshot_name}", "none")
                .replace("{id}", "1");
    }

    /** What is stored, as far as any of the operations may change it. */
    private String state() throws Exception {
        // behind all that nobody has waited for
        send("POST", "/collections/kept/points/delete?wait=true", "{\"points\":[]}");
        return send("POST", "/collections/kept/points/scroll", "{\"with_vector\":true}")
                        .body()
                        .replaceAll("\"(time|usage)\":.*", "")
                + TREES.readTree(send("GET", "/collections/kept", "").body()).at("/result/config")
                + TREES.readTree(send("GET", "/collections/kept", "").body()).at("/result/payload_schema")
                + TREES.readTree(send("GET", "/collections", "").body()).get("result")
                + TREES.readTree(send("GET", "/collections/kept/snapshots", "").body())
                        .get("result");
    }

    /** Lengths that are none, that are not true, and that contradict each other. */
    @Test
    void noHeaderIsTheHubsFault() throws Exception {
        String line = "POST /collections/kept/points/scroll HTTP/1.1\r\nhost: x\r\napi-key: " + key + "\r\n";
        String json = "content-type: application/json\r\n";
        for (String request : List.of(
                line + json + "content-length: 50\r\n\r\n{}",
                line + json + "content-length: 1\r\n\r\n{}",
                line + json + "content-length: -1\r\n\r\n{}",
                line + json + "content-length: two\r\n\r\n{}",
                line + json + "content-length: 2\r\ncontent-length: 3\r\n\r\n{}",
                line + json + "content-length: 99999999999999999999\r\n\r\n{}",
                line + json + "content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                line + json + "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                line + json + "transfer-encoding: chunked\r\n\r\n5\r\n{}\r\n",
                line + json + "transfer-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}",
                line + json + "expect: the-best\r\ncontent-length: 2\r\n\r\n{}",
                line + json + "content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}",
                line + json + "content-encoding: deflate\r\ncontent-length: 2\r\n\r\n{}",
                line + json + "accept: image/png\r\ncontent-length: 2\r\n\r\n{}",
                line + json + "accept: ,;q=x\r\ncontent-length: 2\r\n\r\n{}",
                line + json + "accept-encoding: none, such\r\ncontent-length: 2\r\n\r\n{}",
                line + "content-type: ;;\r\ncontent-length: 2\r\n\r\n{}",
                line + "content-type: application/json; charset=none-such\r\ncontent-length: 2\r\n\r\n{}",
                line + json + "x: " + "y".repeat(70_000) + "\r\ncontent-length: 2\r\n\r\n{}",
                line + json + "no colon\r\ncontent-length: 2\r\n\r\n{}",
                "POST /%zz HTTP/1.1\r\nhost: x\r\napi-key: " + key + "\r\ncontent-length: 0\r\n\r\n",
                "BREW /coffee HTTP/1.1\r\nhost: x\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n")) {
            String answer = raw(request);
            assertTrue(
                    answer.isEmpty() || answer.matches("(?s)HTTP/1\\.[01] [1-4].*"),
                    () -> request.replace(key, "…") + " → " + answer);
            assertTrue(!answer.contains("Exception"), answer);
        }
        assertEquals(200, send("POST", "/collections/kept/points/scroll", "{}").statusCode(), "the server goes on");
    }

    /** What is answered until nothing more comes. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
            StringBuilder answer = new StringBuilder();
            byte[] bytes = new byte[4_096];
            try {
                for (int n = socket.getInputStream().read(bytes);
                        n > 0;
                        n = socket.getInputStream().read(bytes)) {
                    answer.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketException | SocketTimeoutException e) {
                // a reset is no answer either, what came before it is
            }
            return answer.toString();
        }
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
