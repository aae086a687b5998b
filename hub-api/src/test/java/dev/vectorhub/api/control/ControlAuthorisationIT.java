package dev.vectorhub.api.control;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.tenant.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every operation of the control API that the served document names, called with keys that must not get through. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class ControlAuthorisationIT {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

    /** What only the first tenant has in its names. */
    private static final String TRACE = "ledger-of-the-first";

    /** What a key that is restricted to other collections may have of its tenant: the plan and its limits. */
    private static final Set<String> OPEN_TO_RESTRICTED = Set.of("GET /v1/tenant");

    private static final Map<String, String> BODIES = Map.of(
            "POST /v1/keys", "{\"name\":\"more\",\"scopes\":[\"READ\"]}",
            "POST /v1/backups", "{\"label\":\"mine\"}",
            "POST /v1/backups/{id}/restore", "{\"prefix\":\"back-\"}",
            "PUT /v1/collections/{collection}/index", "{\"efSearch\":77}");

    @Inject
    Tenants tenants;

    @Test
    void noOperationOpensToAKeyThatMayNot() {
        TenantId first = tenants.active("First", "default");
        String own = tenants.key(first).secret();
        assertEquals(
                200,
                call(own, "PUT", "/collections/" + TRACE, "{\"vectors\":{\"size\":4,\"distance\":\"Dot\"}}")
                        .statusCode());
        String key = call(own, "POST", "/v1/keys", "{\"name\":\"" + TRACE + "\",\"scopes\":[\"READ\"]}")
                .path("id");
        String backup = call(own, "POST", "/v1/backups", "{\"label\":\"" + TRACE + "\"}")
                .path("id");
        String stranger = tenants.key(tenants.active("Second", "default")).secret();
        String readsAndWrites = tenants.key(first, EnumSet.of(KeyScope.READ, KeyScope.WRITE), List.of(), null)
                .secret();
        String restricted = tenants.key(first, EnumSet.allOf(KeyScope.class), List.of("other-*"), null)
                .secret();
        String before = state(own, key, backup);
        List<String> failures = new ArrayList<>();
        Set<String> operations = operations();
        assertTrue(operations.size() > 30, operations::toString);
        for (String operation : operations) {
            String[] parts = operation.split(" ", 2);
            String path = parts[1].replace("/keys/{id}", "/keys/" + key)
                    .replace("/tenants/{id}", "/tenants/" + first)
                    .replace("{id}", backup)
                    .replace("{collection}", TRACE)
                    .replace("{code}", "default")
                    .replace("{subject}", "somebody");
            String body = BODIES.getOrDefault(operation, parts[0].equals("GET") ? "" : "{}");
            expect(failures, operation, "no key", call("", parts[0], path, body), 401);
            expect(failures, operation, "no scope manage", call(readsAndWrites, parts[0], path, body), 403);
            Response foreign = call(stranger, parts[0], path, body);
            if (foreign.statusCode() >= 500
                    || tells(foreign)
                    || (path.contains(key) || path.contains(backup) || path.contains(TRACE))
                            && !Set.of(403, 404).contains(foreign.statusCode())) {
                failures.add(operation + " with another tenant's key: " + foreign.statusCode() + foreign.asString());
            }
            expect(
                    failures,
                    operation,
                    "a key of other collections",
                    call(restricted, parts[0], path, body),
                    OPEN_TO_RESTRICTED.contains(operation) ? 200 : 403);
        }
        assertEquals(List.of(), failures);
        assertEquals(before, state(own, key, backup), "no refused operation has changed anything");
    }

    @Test
    void aRestrictedKeyTunesItsOwnCollectionsAndThroughNoAliasAnother() {
        TenantId tenant = tenants.active("Tuning", "default");
        String own = tenants.key(tenant).secret();
        String restricted = tenants.key(tenant, EnumSet.of(KeyScope.MANAGE), List.of("mine-*"), null)
                .secret();
        for (String name : List.of("mine-a", "secret")) {
            call(own, "PUT", "/collections/" + name, "{\"vectors\":{\"size\":4,\"distance\":\"Dot\"}}");
        }
        call(
                own,
                "POST",
                "/collections/aliases",
                "{\"actions\":[{\"create_alias\":{\"collection_name\":\"secret\",\"alias_name\":\"mine-door\"}}]}");
        assertEquals(
                200,
                call(restricted, "PUT", "/v1/collections/mine-a/index", "{\"efSearch\":77}")
                        .statusCode());
        assertEquals(
                404,
                call(restricted, "GET", "/v1/collections/mine-door/index", "").statusCode());
        assertEquals(
                404,
                call(restricted, "PUT", "/v1/collections/mine-door/index", "{\"efSearch\":77}")
                        .statusCode());
    }

    @Test
    void aKeyGivesNoRightThatItLacks() {
        TenantId tenant = tenants.active("Issuing", "default");
        String wide = tenants.key(tenant).key().id().toString();
        String narrow = tenants.key(tenant, EnumSet.of(KeyScope.READ), List.of(), null)
                .key()
                .id()
                .toString();
        String issuer = tenants.key(tenant, EnumSet.of(KeyScope.READ, KeyScope.MANAGE), List.of(), null)
                .secret();
        Response refused = call(issuer, "POST", "/v1/keys", "{\"name\":\"w\",\"scopes\":[\"READ\",\"WRITE\"]}");
        assertEquals(403, refused.statusCode());
        assertTrue(refused.asString().contains("'write'"), refused::asString);
        assertEquals(
                403, call(issuer, "POST", "/v1/keys/" + wide + "/rotate", "{}").statusCode());
        assertEquals(
                201,
                call(issuer, "POST", "/v1/keys", "{\"name\":\"r\",\"scopes\":[\"READ\"]}")
                        .statusCode());
        assertEquals(
                201,
                call(issuer, "POST", "/v1/keys/" + narrow + "/rotate", "{}").statusCode());
    }

    private static void expect(List<String> failures, String operation, String kind, Response answer, int status) {
        if (answer.statusCode() != status || tells(answer)) {
            failures.add(operation + " with " + kind + ": " + answer.statusCode() + " " + answer.asString());
        }
    }

    /** Whether it says more of the first tenant than the path that was asked for. */
    private static boolean tells(Response answer) {
        return answer.asString()
                .replaceAll("\"(instance|detail)\":\"[^\"]*" + TRACE + "[^\"]*\"", "")
                .contains(TRACE);
    }

    /** The signup is for everybody, so its operations have no part in this. */
    private static Set<String> operations() {
        Map<String, Map<String, Object>> paths =
                given().header("accept", "application/json").get("/q/openapi").path("paths");
        Set<String> operations = new TreeSet<>();
        paths.forEach((path, item) -> {
            if (path.startsWith("/v1") && !path.startsWith("/v1/signup")) {
                item.keySet().stream()
                        .filter(VERBS::contains)
                        .forEach(verb -> operations.add(verb.toUpperCase(Locale.ROOT) + " " + path));
            }
        });
        return operations;
    }

    private static String state(String own, String key, String backup) {
        return call(own, "GET", "/v1/keys/" + key, "").path("revokedAt")
                + call(own, "GET", "/v1/keys", "")
                        .<List<Object>>path("items.id")
                        .toString()
                + call(own, "GET", "/v1/backups", "").<List<Object>>path("items.id")
                + call(own, "GET", "/v1/backups/restores", "").<List<Object>>path("items.id")
                + call(own, "GET", "/v1/backups/" + backup, "").path("label")
                + call(own, "GET", "/v1/collections/" + TRACE + "/index", "").path("efSearch");
    }

    private static Response call(String key, String method, String path, String body) {
        RequestSpecification request = key.isEmpty() ? given() : given().header("api-key", key);
        if (!body.isEmpty()) {
            request = request.contentType("application/json").body(body);
        }
        return request.request(method, path);
    }
}
