package dev.vectorhub.api.pipeline;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.tenant.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that is restricted to {@code mine-*} names a collection of its tenant's elsewhere than in the path. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class RestrictedKeysIT {

    private static final String LOOKUP = "\"lookup_from\":{\"collection\":\"secret\"}";

    @Inject
    Tenants tenants;

    private String own = "";
    private String restricted = "";

    @BeforeEach
    void twoCollectionsOfWhichTheKeyReachesOne() {
        TenantId tenant = tenants.active("Restricted", "default");
        own = tenants.key(tenant).secret();
        restricted = tenants.key(tenant, EnumSet.allOf(KeyScope.class), List.of("mine-*"), null)
                .secret();
        for (String name : List.of("mine-a", "secret")) {
            call(own, "PUT", "/collections/" + name, "{\"vectors\":{\"size\":2,\"distance\":\"Dot\"}}", 200);
            call(
                    own,
                    "PUT",
                    "/collections/" + name + "/points?wait=true",
                    "{\"points\":[{\"id\":7,\"vector\":[1,0],\"payload\":{\"of\":\"" + name + "\",\"group\":7}}]}",
                    200);
        }
    }

    @Test
    void noQueryLooksUpInACollectionThatTheKeyDoesNotReach() {
        String query = "/collections/mine-a/points/query";
        String looking = "{\"query\":7," + LOOKUP + ",\"limit\":3}";
        String grouped = "{\"query\":[1,0],\"group_by\":\"group\",\"with_lookup\":\"secret\",\"limit\":3}";
        String recommend = "{\"positive\":[7]," + LOOKUP + ",\"limit\":3}";
        String discover = "{\"target\":7," + LOOKUP + ",\"limit\":3}";
        call(own, "POST", query, looking, 200);
        call(own, "POST", query + "/groups", grouped, 200);
        for (String[] refused : new String[][] {
            {query, looking},
            {query, "{\"prefetch\":" + looking + ",\"query\":[1,0]}"},
            {query, "{\"prefetch\":[{\"prefetch\":[" + looking + "],\"query\":[1,0]}],\"query\":{\"fusion\":\"rrf\"}}"},
            {query + "/batch", "{\"searches\":[{\"query\":[1,0]}," + looking + "]}"},
            {query + "/groups", grouped},
            {query + "/groups", grouped.replace("\"secret\"", "{\"collection\":\"secret\",\"with_payload\":true}")},
            {query + "/groups", "{\"query\":7," + LOOKUP + ",\"group_by\":\"group\"}"},
            {"/collections/mine-a/points/search/groups", grouped.replace("\"query\"", "\"vector\"")},
            {"/collections/mine-a/points/recommend", recommend},
            {"/collections/mine-a/points/recommend/batch", "{\"searches\":[" + recommend + "]}"},
            {
                "/collections/mine-a/points/recommend/groups",
                recommend.replace(",\"limit\":3", ",\"limit\":3,\"group_by\":\"group\",\"group_size\":1")
            },
            {"/collections/mine-a/points/discover", discover},
            {"/collections/mine-a/points/discover/batch", "{\"searches\":[" + discover + "]}"}
        }) {
            Response answer = call(restricted, "POST", refused[0], refused[1], 404);
            assertFalse(answer.asString().contains("\"of\""), answer::asString);
        }
    }

    @Test
    void noAliasIsMadeOrMovedOverABorder() {
        String aliases = "/collections/aliases";
        call(own, "POST", aliases, alias("create_alias", "collection_name", "secret", "alias_name", "mine-door"), 200);
        for (String[] refused : new String[][] {
            {"create_alias", "collection_name", "secret", "alias_name", "mine-b", "404"},
            {"create_alias", "collection_name", "mine-a", "alias_name", "other", "403"},
            {"create_alias", "collection_name", "mine-door", "alias_name", "mine-b", "404"},
            // it leads somewhere that the key does not reach, so it is not the key's to turn
            {"create_alias", "collection_name", "mine-a", "alias_name", "mine-door", "403"},
            {"rename_alias", "old_alias_name", "mine-door", "new_alias_name", "mine-gate", "404"}
        }) {
            call(
                    restricted,
                    "POST",
                    aliases,
                    alias(refused[0], refused[1], refused[2], refused[3], refused[4]),
                    Integer.parseInt(refused[5]));
        }
        call(restricted, "POST", aliases, "{\"actions\":[{\"delete_alias\":{\"alias_name\":\"mine-door\"}}]}", 200);
        assertEquals(
                "secret",
                call(own, "GET", "/aliases", "", 200)
                        .path("result.aliases.find { it.alias_name == 'mine-door' }.collection_name"));
        assertEquals(0, call(restricted, "GET", "/aliases", "", 200).<Integer>path("result.aliases.size()"));
    }

    @Test
    void noListNamesWhatTheKeyDoesNotReach() {
        for (String path : List.of(
                "/collections", "/telemetry?details_level=3", "/metrics", "/collections/mine-a", "/v1/tenant")) {
            Response answer = call(restricted, "GET", path, "", 200);
            assertFalse(answer.asString().contains("secret"), () -> path + answer.asString());
        }
    }

    @Test
    void noSnapshotOfAnotherCollectionIsRecoveredInTheKeysOwn() {
        String snapshot =
                call(own, "POST", "/collections/secret/snapshots", "", 200).path("result.name");
        String recover = "/collections/mine-a/snapshots/recover";
        String location = "{\"location\":\"" + snapshot + "\"}";
        call(restricted, "PUT", recover, location, 404);
        for (String other : List.of(
                "/collections/secret/snapshots/" + snapshot,
                "file:///collections/secret/snapshots/" + snapshot,
                "../secret/" + snapshot)) {
            int status = call(restricted, "PUT", recover, "{\"location\":\"" + other + "\"}")
                    .statusCode();
            assertEquals(4, status / 100, () -> other + " answered " + status);
        }
        call(restricted, "GET", "/collections/mine-a/snapshots/" + snapshot, "", 404);
        call(restricted, "DELETE", "/collections/mine-a/snapshots/" + snapshot, "", 404);
        assertEquals(
                "mine-a",
                call(own, "POST", "/collections/mine-a/points", "{\"ids\":[7],\"with_payload\":true}", 200)
                        .path("result[0].payload.of"));
    }

    private static String alias(String action, String field, String value, String otherField, String other) {
        return "{\"actions\":[{\"" + action + "\":{\"" + field + "\":\"" + value + "\",\"" + otherField + "\":\""
                + other + "\"}}]}";
    }

    private static Response call(String key, String method, String path, String body, int status) {
        Response answer = call(key, method, path, body);
        assertEquals(status, answer.statusCode(), () -> method + " " + path + " " + body + ": " + answer.asString());
        return answer;
    }

    private static Response call(String key, String method, String path, String body) {
        var request = given().header("api-key", key);
        if (!body.isEmpty()) {
            request = request.contentType("application/json").body(body);
        }
        return request.request(method, path);
    }
}
