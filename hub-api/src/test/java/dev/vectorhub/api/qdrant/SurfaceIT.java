package dev.vectorhub.api.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.plan.Limits;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Qdrant's document names is answered, each route in some way; and the routes beside points and collections. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class SurfaceIT {

    private static final String PLAN = "surface-it";

    @Inject
    Tenants tenants;

    private String key;
    private Api api;

    @BeforeEach
    void tenant() {
        key = tenants.key(tenants.limited(PLAN, new Limits(20, 1_000_000, 1L << 40, 10_000_000)))
                .secret();
        api = new Api(URI.create("http://127.0.0.1:" + RestAssured.port + "/"), key);
        api.collection("docs", "{'size':2,'distance':'Euclid'}");
        StringBuilder points = new StringBuilder("{'points':[");
        for (int i = 0; i < 40; i++) {
            points.append(i == 0 ? "" : ",")
                    .append("{'id':" + i + ",'vector':[" + i + ",0],'payload':{'n':" + i + "}}");
        }
        api.call(
                        "PUT",
                        "/collections/docs/points?wait=true",
                        points.append("]}").toString())
                .ok();
    }

    @Test
    void everyOperationOfTheDocumentIsAnswered() throws IOException {
        List<String> operations;
        try (InputStream in = Objects.requireNonNull(SurfaceIT.class.getResourceAsStream("/qdrant-operations.txt"))) {
            operations = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
        assertTrue(operations.size() > 60, operations::toString);
        List<String> failures = new ArrayList<>();
        for (String operation : operations) {
            String[] parts = operation.split(" ", 2);
            String path = parts[1].replace("{collection_name}", "docs")
                    .replace("{id}", "1")
                    .replace("{field_name}", "n")
                    .replace("{vector_name}", "other")
                    .replace("{shard_id}", "0")
                    .replace("{peer_id}", "1")
                    .replace("{snapshot_name}", "none.snapshot");
            RequestSpecification request = RestAssured.given().header("api-key", key);
            if (!parts[0].equals("GET") && !parts[0].equals("DELETE")) {
                request = request.contentType("application/json").body("{}");
            }
            Response answer = request.request(parts[0], path);
            String text = answer.asString();
            if (answer.statusCode() >= 500
                    || answer.statusCode() == 405
                    || text.contains("No such resource")
                    || (answer.statusCode() == 403 && !text.contains("Not available to tenants"))) {
                failures.add(operation + ": " + answer.statusCode() + " " + text);
            }
            if (operation.equals("DELETE /collections/{collection_name}")) {
                tenant();
            }
        }
        assertEquals(List.of(), failures);
    }

    @Test
    void aTenantSeesItsOwnTelemetry() {
        Api other = new Api(
                URI.create("http://127.0.0.1:" + RestAssured.port + "/"),
                tenants.key(tenants.active(PLAN, PLAN)).secret());
        JsonNode telemetry = api.call("GET", "/telemetry?details_level=2").ok();
        assertEquals(1, telemetry.at("/collections/number_of_collections").asInt());
        assertEquals("docs", telemetry.at("/collections/collections/0/id").asText());
        assertEquals(40, telemetry.at("/collections/collections/0/vectors").asInt());
        JsonNode upserts = telemetry.at("/requests/rest/responses").get("PUT /collections/{collection_name}/points");
        assertEquals(1, upserts.at("/200/count").asInt(), telemetry::toString);
        JsonNode anonymous =
                api.call("GET", "/telemetry?details_level=2&anonymize=true").ok();
        assertFalse(anonymous.toString().contains("docs"), anonymous::toString);
        JsonNode others = other.call("GET", "/telemetry?details_level=2").ok();
        assertEquals(0, others.at("/collections/number_of_collections").asInt());
        assertEquals(400, api.call("GET", "/telemetry?details_level=some").status());
    }

    @Test
    void aTenantSeesItsOwnMetrics() {
        Response metrics = RestAssured.given().header("api-key", key).get("/metrics");
        assertEquals(200, metrics.statusCode());
        assertTrue(metrics.contentType().startsWith("text/plain"), metrics.contentType());
        String text = metrics.asString();
        for (String line : List.of(
                "collections_total 1",
                "collections_vector_total 40",
                "collection_points{id=\"docs\"} 40",
                "rest_responses_total{method=\"PUT\",endpoint=\"/collections/{collection_name}/points\",status=\"200\"} 1")) {
            assertTrue(text.lines().anyMatch(line::equals), line + "\n" + text);
        }
        for (String line : text.lines().toList()) {
            assertTrue(line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{([a-z_]+=\"[^\"]*\",?)+})? [0-9.E-]+"), line);
        }
        assertEquals(401, RestAssured.given().get("/metrics").statusCode());
    }

    @Test
    void aMatrixHoldsTheDistancesOfASample() {
        JsonNode pairs = api.call(
                        "POST",
                        "/collections/docs/points/search/matrix/pairs",
                        "{'sample':8,'limit':3,'filter':{'must':[{'has_id':[1,3,6,10,15,21,28,36]}]}}")
                .ok()
                .get("pairs");
        assertEquals(24, pairs.size());
        Set<Integer> from = new HashSet<>();
        for (JsonNode pair : pairs) {
            int a = pair.get("a").asInt();
            int b = pair.get("b").asInt();
            assertEquals(Math.abs(a - b), pair.get("score").asDouble(), 1e-5);
            assertTrue(a != b, pairs::toString);
            from.add(a);
        }
        assertEquals(Set.of(1, 3, 6, 10, 15, 21, 28, 36), from);
        assertEquals("{\"a\":1,\"b\":3,\"score\":2.0}", pairs.get(0).toString());
        JsonNode offsets = api.call(
                        "POST",
                        "/collections/docs/points/search/matrix/offsets",
                        "{'sample':8,'limit':3,'filter':{'must':[{'has_id':[1,3,6,10,15,21,28,36]}]}}")
                .ok();
        assertEquals("[1,3,6,10,15,21,28,36]", offsets.get("ids").toString());
        for (int i = 0; i < 24; i++) {
            assertEquals(i / 3, offsets.get("offsets_row").get(i).asInt());
            assertEquals(pairs.get(i).get("score"), offsets.get("scores").get(i));
            int column = offsets.get("offsets_col").get(i).asInt();
            assertEquals(pairs.get(i).get("b"), offsets.get("ids").get(column));
        }
        assertEquals(
                30,
                api.call("POST", "/collections/docs/points/search/matrix/pairs", "{}")
                        .ok()
                        .get("pairs")
                        .size());
        assertEquals(
                0,
                api.call("POST", "/collections/docs/points/search/matrix/pairs", "{'filter':{'must':[{'has_id':[1]}]}}")
                        .ok()
                        .get("pairs")
                        .size());
        assertEquals(
                422,
                api.call("POST", "/collections/docs/points/search/matrix/pairs", "{'sample':1}")
                        .status());
        assertEquals(
                422,
                api.call("POST", "/collections/docs/points/search/matrix/pairs", "{'sample':100000}")
                        .status());
        api.call("POST", "/collections/docs/points/search/matrix/pairs", "{'using':'none'}")
                .refused(400, "Wrong input: Not existing vector name error: none (using)");
    }
}
