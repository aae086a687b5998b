package dev.vectorhub.api.pipeline;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.apikey.ApiKeyService;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The request pipeline as a client meets it. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class PipelineIT {

    @Inject
    Tenants tenants;

    @Inject
    TenantService states;

    @Inject
    ApiKeyService keys;

    @Inject
    PlanService plans;

    @Test
    void anAdmittedRequestCarriesItsIdAndItsRateLimit() {
        String key = tenants.key(tenants.active("Headers", "default")).secret();
        call(key)
                .statusCode(200)
                .header("x-request-id", matchesPattern("[0-9a-f-]{36}"))
                .header("RateLimit-Policy", equalTo("\"requests\";q=1000;w=60"))
                .header("RateLimit", matchesPattern("\"requests\";r=\\d+;t=\\d+"));
        given().header("authorization", "Bearer " + key)
                .header("x-request-id", "my-own.id/1")
                .get("/bench/pipeline")
                .then()
                .statusCode(200)
                .header("x-request-id", equalTo("my-own.id/1"));
        given().header("api-key", key)
                .header("x-request-id", "two words")
                .get("/bench/pipeline")
                .then()
                .header("x-request-id", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void withoutAValidKeyNothingIsTold() {
        given().get("/bench/pipeline")
                .then()
                .statusCode(401)
                .header("www-authenticate", containsString("Bearer"))
                .contentType("text/plain")
                .body(equalTo("Must provide an API key or an Authorization bearer token"));
        String key = tenants.key(tenants.active("Keys", "default")).secret();
        String mistyped = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");
        String answer = bodyOf(call(mistyped).statusCode(401));
        assertEquals(answer, bodyOf(call("not-a-key").statusCode(401)), "one answer for every kind of wrong key");
    }

    @Test
    void scopeAndCollectionPatternsBindBeforeAnythingElse() {
        TenantId tenant = tenants.active("Scopes", "default");
        String write =
                tenants.key(tenant, Set.of(KeyScope.WRITE), List.of(), null).secret();
        call(write).statusCode(403).contentType("text/plain").body(containsString("'read'"));
        String some = tenants.key(tenant, EnumSet.allOf(KeyScope.class), List.of("logs-*"), null)
                .secret();
        given().header("api-key", some).get("/collections/images").then().statusCode(403);
        given().header("api-key", some).get("/collections/logs-1").then().statusCode(404);
    }

    @Test
    void overTheLimitIs429WithTheTimeToWait() {
        plans.put(
                new PlanSpec("tiny", "Tiny", new Limits(10, 1000, 1 << 20, 5), IsolationMode.NONE),
                Change.by(Tenants.TEST, "test"));
        String key = tenants.key(tenants.active("Throttled", "tiny")).secret();
        for (int i = 0; i < 5; i++) {
            call(key).statusCode(200);
        }
        call(key)
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-9]\\d*"))
                .header("RateLimit-Policy", equalTo("\"requests\";q=5;w=60"))
                .header("RateLimit", containsString("r=0"))
                .body("status.type", equalTo("urn:vectorhub:problem:rate-limited"))
                .body("status.limit", equalTo(5))
                .body("status.layer", equalTo("tenant"))
                .body("status.retryAfterSeconds", greaterThan(0));
    }

    @Test
    void aKeysOwnLimitIsSetWhereTheKeyIsMadeAndBindsItAlone() {
        String manager = tenants.key(tenants.active("Layers", "default")).secret();
        given().header("api-key", manager)
                .contentType("application/json")
                .body("{\"name\":\"slow\",\"scopes\":[\"READ\"],\"requestsPerMinute\":0}")
                .post("/v1/keys")
                .then()
                .statusCode(422)
                .body("errors[0].field", containsString("requestsPerMinute"));
        String slow = given().header("api-key", manager)
                .contentType("application/json")
                .body("{\"name\":\"slow\",\"scopes\":[\"READ\"],\"requestsPerMinute\":2}")
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .header("RateLimit-Policy", equalTo("\"requests\";q=1000;w=60"))
                .body("requestsPerMinute", equalTo(2))
                .extract()
                .path("secret");
        call(slow).statusCode(200).header("RateLimit-Policy", equalTo("\"requests\";q=2;w=60"));
        call(slow).statusCode(200);
        call(slow)
                .statusCode(429)
                .body("status.layer", equalTo("key"))
                .body("status.limit", equalTo(2))
                .body("status.error", containsString("API key's limit"));
        call(manager).statusCode(200);
    }

    @Test
    void theStateGateHolds() {
        TenantId tenant = tenants.active("States", "default");
        String key = tenants.key(tenant).secret();
        call(key).statusCode(200);
        states.suspend(tenant, Change.by(Tenants.TEST, "unpaid"));
        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> call(key)
                        .statusCode(403)
                        .body("status.type", equalTo("urn:vectorhub:problem:tenant-suspended")));
        states.resume(tenant, Change.by(Tenants.TEST, "paid"));
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> call(key).statusCode(200));
        states.transition(tenant, TenantState.READ_ONLY, Change.by(Tenants.TEST, "over quota"));
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> given().header("api-key", key)
                        .contentType("application/json")
                        .body("{\"vectors\":{\"size\":4,\"distance\":\"Dot\"}}")
                        .put("/collections/more")
                        .then()
                        .statusCode(403)
                        .body("status.type", equalTo("urn:vectorhub:problem:read-only")));
        call(key).statusCode(200);
    }

    @Test
    void aRevokedKeyIsRefusedWithinTwoSeconds() {
        TenantId tenant = tenants.active("Revoked", "default");
        IssuedKey key = tenants.key(tenant);
        call(key.secret()).statusCode(200);
        keys.revoke(tenant, key.key().id(), Tenants.TEST, "lost");
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> call(key.secret()).statusCode(401));
    }

    @Test
    void eachServedRequestIsBilledOnceAndRefusedOnesAreNot() {
        TenantId tenant = tenants.active("Billed", "default");
        String key = tenants.key(tenant).secret();
        for (int i = 0; i < 7; i++) {
            call(key).statusCode(200);
        }
        String write =
                tenants.key(tenant, Set.of(KeyScope.WRITE), List.of(), null).secret();
        call(write).statusCode(403);
        call("not-a-key").statusCode(401);
        // The caller's mistake was worked on: one read.
        given().header("api-key", key).get("/collections/none").then().statusCode(404);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> usage(key)
                        .statusCode(200)
                        .body("requests.read", equalTo(8))
                        .body("requests.write", equalTo(0))
                        .body("totals.find { it.meter == 'egress_bytes' }.quantity", greaterThan(0)));
    }

    @Test
    void noErrorIsTheFrameworksOwn() {
        problem(given().get("/nothing/here").then(), 404, false);
        problem(given().get("/v1/nothing").then(), 404, true);
        problem(given().delete("/v1/signup").then(), 405, true);
        problem(given().delete("/healthz").then(), 405, false);
        problem(given().body("x").contentType("text/plain").post("/v1/signup").then(), 415, true);
        problem(
                        given().body("{\"organisation\":")
                                .contentType("application/json")
                                .post("/v1/signup")
                                .then(),
                        400,
                        true)
                .body("detail", containsString("JSON"));
        problem(
                        given().body("{\"colour\":1}")
                                .contentType("application/json")
                                .post("/v1/signup")
                                .then(),
                        400,
                        true)
                .body("detail", containsString("colour"));
        problem(
                        given().body("{}")
                                .contentType("application/json")
                                .post("/v1/signup")
                                .then(),
                        422,
                        true)
                .body("errors.field", org.hamcrest.Matchers.hasItem("email"));
        problem(given().get("/v1/tenants/x/usage?from=yesterday").then(), 401, true);
        String key = tenants.key(tenants.active("Errors", "default")).secret();
        problem(given().header("api-key", key).get("/v1/usage?from=yesterday").then(), 422, true)
                .body("errors[0].field", equalTo("from"));
        problem(given().header("api-key", key).get("/v1/keys?limit=many").then(), 422, true)
                .body("errors[0].field", equalTo("limit"));
        problem(given().header("api-key", key).get("/v1/keys/not-an-id").then(), 404, true);
        problem(given().header("api-key", key).get("/v1/tenants").then(), 403, true);
        problem(
                        given().header("authorization", "Bearer not.a.token")
                                .get("/v1/tenant")
                                .then(),
                        503,
                        true)
                .header("Retry-After", notNullValue());
    }

    @Test
    void aBodyOverTheLimitIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            String head = "PUT /collections/big/points HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json"
                    + "\r\ncontent-length: " + (1L << 40) + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
            assertTrue(answer.contains("urn:vectorhub:problem:payload-too-large"), answer);
        }
    }

    @Test
    void aKeyManagesKeysOfItsTenantOnly() {
        TenantId tenant = tenants.active("Manager", "default");
        String key = tenants.key(tenant).secret();
        String body = "{\"name\":\"ci\",\"scopes\":[\"READ\",\"write\"],\"collectionPatterns\":[\"a*\"]}";
        String created = json(key)
                .header("Idempotency-Key", "k1")
                .body(body)
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .body("secret", notNullValue())
                .body("scopes.size()", equalTo(2))
                .extract()
                .asString();
        String again = json(key)
                .header("Idempotency-Key", "k1")
                .body(body)
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        assertEquals(created, again, "the same request under the same Idempotency-Key makes nothing new");
        json(key)
                .header("Idempotency-Key", "k1")
                .body(body.replace("ci", "cd"))
                .post("/v1/keys")
                .then()
                .statusCode(422);
        String id = io.restassured.path.json.JsonPath.from(created).getString("id");
        given().header("api-key", key).get("/v1/keys").then().statusCode(200).body("items.size()", equalTo(2));
        given().header("api-key", key)
                .get("/v1/keys/" + id)
                .then()
                .statusCode(200)
                .body("secret", equalTo(null));
        json(key)
                .body("{\"overlapSeconds\":60}")
                .post("/v1/keys/" + id + "/rotate")
                .then()
                .statusCode(201)
                .body("rotates", equalTo(id));
        String foreign = tenants.key(tenants.active("Other", "default")).secret();
        String missing = given().header("api-key", foreign)
                .get("/v1/keys/" + new java.util.UUID(1, 2))
                .then()
                .statusCode(404)
                .extract()
                .path("detail");
        assertEquals(
                missing.replace(new java.util.UUID(1, 2).toString(), id),
                given().header("api-key", foreign)
                        .get("/v1/keys/" + id)
                        .then()
                        .statusCode(404)
                        .extract()
                        .path("detail"));
        given().header("api-key", foreign).delete("/v1/keys/" + id).then().statusCode(404);
        given().header("api-key", key)
                .delete("/v1/keys/" + id)
                .then()
                .statusCode(200)
                .body("revokedAt", notNullValue());
        given().header("api-key", key)
                .get("/v1/audit?action=key.revoke")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        given().header("api-key", key)
                .get("/v1/tenant")
                .then()
                .statusCode(200)
                .header("etag", notNullValue())
                .body("state", equalTo("ACTIVE"))
                .body("limits.maxCollections", equalTo(100));
        given().header("api-key", key)
                .get("/v1/usage/export?format=focus-csv")
                .then()
                .statusCode(200)
                .contentType(containsString("text/csv"))
                .body(containsString("BilledCost"));
    }

    @Test
    void operatorsToolsFindWhatTheyNeed() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.find { it.name == 'identity' }.data.degraded", equalTo(true))
                .body("checks.find { it.name == 'engine' }.status", equalTo("UP"));
        String metrics =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        for (String name : List.of(
                "vectorizer_cpu_usage",
                "vectorizer_memory_usage",
                "vectorizer_memory_limit",
                "vectorizer_search_latency_seconds_bucket",
                "vectorizer_search_latency_p99",
                "vectorizer_request_queue_depth",
                "process_cpu_seconds_total")) {
            assertTrue(metrics.contains("\n" + name), name);
        }
        String document = given().header("accept", "application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("openapi", containsString("3.1"))
                .extract()
                .asString();
        assertTrue(document.contains("application/problem+json"));
    }

    private static io.restassured.specification.RequestSpecification json(String key) {
        return given().header("api-key", key).contentType("application/json");
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, boolean control) {
        response.statusCode(status)
                .contentType(control ? "application/problem+json" : "application/json")
                .header("x-request-id", notNullValue())
                .body(not(containsString("Exception")));
        return control
                ? response.body("status", equalTo(status)).body("type", containsString("urn:vectorhub:problem:"))
                : response.body("status.error", notNullValue());
    }

    private static ValidatableResponse call(String key) {
        return given().header("api-key", key).get("/bench/pipeline").then();
    }

    private static ValidatableResponse usage(String key) {
        return given().header("api-key", key).get("/v1/usage?granularity=total").then();
    }

    private static String bodyOf(ValidatableResponse response) {
        return response.extract().asString().replaceAll("\"time\":[^}]*", "");
    }
}
