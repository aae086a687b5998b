package dev.vectorhub.api.pipeline;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the tenant API that the served document names, called with each kind of credential that must not
 * get through. What belongs to the first tenant is a collection with two points whose payload says so; no refused answer
 * may show a trace of it, and after all of them it must be as it was.
 */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class AuthorisationMatrixIT {

    private static final String COLLECTION = "ledger";
    private static final String DOOR = "other-door";
    private static final String TRACE = "only-the-first-tenant-knows";
    private static final Set<String> PUBLIC = Set.of("GET /", "GET /healthz", "GET /livez", "GET /readyz");

    /** The newest of the collection's, and its bytes. */
    private static String snapshot = "none.snapshot";

    private static byte[] snapshotFile = {};

    @Inject
    Tenants tenants;

    @Inject
    TenantService states;

    @Inject
    ApiKeyService keys;

    @Inject
    PlanService plans;

    @Inject
    OperationRegistry registry;

    @Test
    void noOperationOpensToAWrongCredential() {
        plans.put(
                new PlanSpec(
                        "matrix", "Matrix", new Limits(100, 1_000_000, 1L << 30, 1_000_000), IsolationMode.COLLECTION),
                Change.by(Tenants.TEST, "test"));
        Map<String, Operation> operations = servedOperations();
        assertTrue(operations.size() >= 20, "the document names the tenant API's operations: " + operations.keySet());
        TenantId first = tenants.active("First", "matrix");
        TenantId second = tenants.active("Second", "matrix");
        String own = tenants.key(first).secret();
        Map<String, String> wrong = wrongCredentials(first, second);
        fill(own);
        snapshot(own);
        door(own);
        String before = scroll(own);
        List<String> failures = new ArrayList<>();
        operations.forEach((name, operation) -> {
            wrong.forEach((kind, key) -> check(failures, name, kind, call(name, key), expected(kind)));
            // The other tenant may have made a collection of that name for itself.
            call("DELETE /collections/{collection_name}", wrong.getOrDefault("other tenant", ""));
            String lacking = tenants.key(first, EnumSet.complementOf(EnumSet.of(operation.scope())), List.of(), null)
                    .secret();
            check(failures, name, "wrong scope", call(name, lacking), 403);
            if (name.contains("{collection_name}")) {
                String elsewhere = tenants.key(first, EnumSet.allOf(KeyScope.class), List.of("other-*"), null)
                        .secret();
                check(failures, name, "wrong collection", call(name, elsewhere), 403);
                throughAlias(failures, name, own, elsewhere);
            }
        });
        assertEquals(List.of(), failures);
        assertEquals(before, scroll(own), "no refused operation has changed anything");
        refusalsDoNotTellWhetherACollectionExists(operations.keySet(), own, first);
        operations.keySet().forEach(name -> {
            fill(own);
            snapshot(own);
            if (name.equals("PUT /collections/{collection_name}")) {
                call("DELETE /collections/{collection_name}", own);
            }
            int status = call(name, own).statusCode();
            assertTrue(
                    forOperators(name) ? status == 403 : status < 300,
                    name + " with the tenant's own key answered " + status);
        });
        fill(own);
        String twin = tenants.key(second).secret();
        fill(twin);
        for (String name : operations.keySet()) {
            call(name, twin);
        }
        assertEquals(before, scroll(own), "the second tenant's operations on names of its own leave the first's alone");
    }

    private void refusalsDoNotTellWhetherACollectionExists(Set<String> operations, String own, TenantId tenant) {
        String elsewhere = tenants.key(tenant, EnumSet.allOf(KeyScope.class), List.of("other-*"), null)
                .secret();
        Map<String, String> there = new TreeMap<>();
        Map<String, String> missing = new TreeMap<>();
        for (Map<String, String> answers : List.of(there, missing)) {
            for (String name : operations) {
                if (name.contains("{collection_name}")) {
                    Response answer = call(name, elsewhere);
                    answers.put(name, answer.statusCode() + " " + sentence(answer));
                }
            }
            call("DELETE /collections/{collection_name}", own);
        }
        assertEquals(there, missing);
    }

    /** What is wrong with a key is said in plain text. */
    private static String sentence(Response answer) {
        return answer.contentType().startsWith("text/plain") ? answer.asString() : answer.path("status.error");
    }

    private static int expected(String kind) {
        return switch (kind) {
            case "suspended" -> 403;
            // The same names and ids under another tenant: not there, or an empty answer.
            case "other tenant" -> 0;
            default -> 401;
        };
    }

    private void check(List<String> failures, String name, String kind, Response answer, int expected) {
        String line = name + " with " + kind + ": " + answer.statusCode() + " " + answer.asString();
        if (answer.asString().contains(TRACE) || answer.statusCode() >= 500) {
            failures.add(line);
        } else if (expected != 0 && answer.statusCode() != expected) {
            failures.add(line);
        } else if (expected == 0 && !refusedOrEmpty(name, answer)) {
            failures.add(line);
        }
    }

    /** Refused whoever asks. */
    private static boolean forOperators(String name) {
        return Stream.of("cluster", "/shards", " /snapshots", " /issues", " /quotas")
                .anyMatch(name::contains);
    }

    private static boolean refusedOrEmpty(String name, Response answer) {
        if (forOperators(name)) {
            return answer.statusCode() == 403;
        }
        if (name.endsWith("/snapshots/upload")) {
            // The first tenant's file: it says itself that it is not the second's.
            return answer.statusCode() == 400;
        }
        if (answer.statusCode() == 404) {
            return name.contains("{collection_name}") || name.equals("POST /collections/aliases");
        }
        return switch (name) {
            case "GET /collections" -> answer.path("result.collections.size()").equals(0);
            case "GET /telemetry" ->
                answer.path("result.collections.number_of_collections").equals(0);
            case "GET /metrics" -> answer.asString().contains("collections_total 0");
            case "GET /aliases" -> answer.path("result.aliases.size()").equals(0);
            case "GET /collections/{collection_name}/exists" ->
                answer.path("result.exists").equals(false);
            // Makes one of its own, deletes nothing of the other's: the state afterwards is compared.
            case "PUT /collections/{collection_name}", "DELETE /collections/{collection_name}" ->
                answer.statusCode() == 200;
            default -> false;
        };
    }

    private Map<String, String> wrongCredentials(TenantId first, TenantId second) {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("none", "");
        wrong.put("malformed", "vhk_test_what");
        IssuedKey revoked = tenants.key(first);
        keys.revoke(first, revoked.key().id(), Tenants.TEST, "test");
        wrong.put("revoked", revoked.secret());
        IssuedKey expired = tenants.key(
                first, EnumSet.allOf(KeyScope.class), List.of(), Instant.now().plusMillis(300));
        wrong.put("expired", expired.secret());
        TenantId suspended = tenants.active("Suspended", "matrix");
        wrong.put("suspended", tenants.key(suspended).secret());
        states.suspend(suspended, Change.by(Tenants.TEST, "test"));
        wrong.put("other tenant", tenants.key(second).secret());
        for (String kind : List.of("revoked", "expired")) {
            await().atMost(Duration.ofSeconds(3))
                    .until(() -> call("GET /collections", wrong.getOrDefault(kind, ""))
                                    .statusCode()
                            == 401);
        }
        await().atMost(Duration.ofSeconds(3))
                .until(() -> call("GET /collections", wrong.getOrDefault("suspended", ""))
                                .statusCode()
                        == 403);
        return wrong;
    }

    /** What the document names, beside what the code declares: neither may know an operation that the other does not. */
    private Map<String, Operation> servedOperations() {
        Map<String, Map<String, Object>> paths =
                given().header("accept", "application/json").get("/q/openapi").path("paths");
        Map<String, Operation> declared = new TreeMap<>();
        for (Method method : registry.resourceMethods()) {
            TenantOperation operation = method.getAnnotation(TenantOperation.class);
            if (operation != null && !operation.name().startsWith("bench.")) {
                declared.put(verb(method) + " " + path(method), Operation.of(operation));
            }
        }
        Set<String> served = new java.util.TreeSet<>();
        paths.forEach((path, item) -> {
            if (!path.startsWith("/v1")) {
                item.keySet().stream()
                        .filter(key ->
                                Set.of("get", "put", "post", "delete", "patch").contains(key))
                        .forEach(verb -> served.add(verb.toUpperCase(java.util.Locale.ROOT) + " " + path));
            }
        });
        served.removeAll(PUBLIC);
        assertEquals(declared.keySet(), served);
        return declared;
    }

    private static String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value();
            }
        }
        throw new AssertionError(method);
    }

    private static String path(Method method) {
        String base = method.getDeclaringClass().getAnnotation(Path.class).value();
        Path own = method.getAnnotation(Path.class);
        String joined = own == null ? base : base + "/" + own.value();
        return joined.replaceAll("/+", "/").replaceAll("(.)/$", "$1");
    }

    private static Response call(String operation, String key) {
        return call(operation, key, COLLECTION);
    }

    private static Response call(String operation, String key, String collection) {
        String[] parts = operation.split(" ", 2);
        String path = parts[1].replace("{collection_name}", collection)
                .replace("{id}", "1")
                .replace("{peer_id}", "1")
                .replace("{shard_id}", "0")
                .replace("{snapshot_name}", snapshot)
                .replace("{field_name}", "kind")
                .replace("{vector_name}", "late");
        assertFalse(path.contains("{"), "a path parameter without a sample: " + path);
        RequestSpecification request = key.isEmpty() ? given() : given().header("api-key", key);
        String body = SampleBodies.of(operation).replace("{snapshot_name}", snapshot);
        if (parts[1].endsWith("/snapshots/upload")) {
            request = request.multiPart("snapshot", "a.snapshot", snapshotFile);
        } else if (!body.isEmpty()) {
            request = request.contentType("application/json").body(body);
        }
        String wait = parts[0].equals("GET") ? "" : "?wait=true";
        return request.request(parts[0], path + wait);
    }

    /** By an alias that the key reaches, of a collection that it does not, and that a key with all rights has just used. */
    private void throughAlias(List<String> failures, String name, String own, String elsewhere) {
        assertTrue(call("POST /collections/{collection_name}/points/scroll", own, DOOR)
                .asString()
                .contains(TRACE));
        Response answer = call(name, elsewhere, DOOR);
        boolean nothing = Set.of("GET /collections/{collection_name}/exists", "DELETE /collections/{collection_name}")
                .contains(name);
        if (nothing ? !answer.path("result").toString().contains("false") : answer.statusCode() / 100 != 4) {
            failures.add(name + " through an alias: " + answer.statusCode() + " " + answer.asString());
        }
    }

    private static void door(String key) {
        given().header("api-key", key)
                .contentType("application/json")
                .body("{\"actions\":[{\"create_alias\":{\"collection_name\":\"" + COLLECTION + "\",\"alias_name\":\""
                        + DOOR + "\"}}]}")
                .post("/collections/aliases")
                .then()
                .statusCode(200);
    }

    /** The collection with its two points, whatever was there. */
    private static void fill(String key) {
        call("DELETE /collections/{collection_name}", key);
        if (call("GET /collections/{collection_name}/exists", key).<Boolean>path("result.exists")) {
            throw new AssertionError("the collection was not deleted");
        }
        assertEquals(200, call("PUT /collections/{collection_name}", key).statusCode());
        String points = "{\"points\":[{\"id\":1,\"vector\":[1,0,0,0],\"payload\":{\"kind\":\"" + TRACE
                + "\"}},{\"id\":2,\"vector\":[0,1,0,0],\"payload\":{\"kind\":\"" + TRACE + "\"}}]}";
        given().header("api-key", key)
                .contentType("application/json")
                .body(points)
                .put("/collections/" + COLLECTION + "/points?wait=true")
                .then()
                .statusCode(200);
        given().header("api-key", key)
                .contentType("application/json")
                .body("{\"field_name\":\"kind\",\"field_schema\":\"keyword\"}")
                .put("/collections/" + COLLECTION + "/index?wait=true")
                .then()
                .statusCode(200);
    }

    private static void snapshot(String key) {
        for (String old : list(key)) {
            given().header("api-key", key)
                    .delete("/collections/" + COLLECTION + "/snapshots/" + old)
                    .then()
                    .statusCode(200);
        }
        snapshot = given().header("api-key", key)
                .post("/collections/" + COLLECTION + "/snapshots")
                .path("result.name");
        snapshotFile = given().header("api-key", key)
                .get("/collections/" + COLLECTION + "/snapshots/" + snapshot)
                .asByteArray();
    }

    private static List<String> list(String key) {
        return given().header("api-key", key)
                .get("/collections/" + COLLECTION + "/snapshots")
                .path("result.name");
    }

    private static String scroll(String key) {
        Response answer = call("POST /collections/{collection_name}/points/scroll", key);
        assertEquals(200, answer.statusCode(), answer.asString());
        assertTrue(answer.asString().contains(TRACE));
        return answer.asString().replaceAll("\"time\":[^,}]*", "").replaceAll("\"usage\":\\{.*?\\}\\}", "");
    }
}
