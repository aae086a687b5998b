package dev.vectorhub.api.control.backup;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.backup.BackupService;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups from the request to the file, and back into collections of the same tenant and of a new one. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class BackupIT {
    private static final int POINTS = 300;

    @Inject
    Tenants tenants;

    @Inject
    BackupService backups;

    @Inject
    PlanService plans;

    @ConfigProperty(name = "storage.data_dir")
    String data;

    private TenantId tenant;
    private String key;

    @SuppressWarnings("NullAway.Init") // by the method below, before each test
    BackupIT() {}

    @BeforeEach
    void fill() {
        tenant = tenants.active("Backed up", "default");
        key = tenants.key(tenant).secret();
        for (String name : List.of("docs", "images")) {
            call(key, "{\"vectors\":{\"size\":4,\"distance\":\"Dot\"},\"hnsw_config\":{\"m\":24}}")
                    .put("/collections/" + name)
                    .then()
                    .statusCode(200);
            upsert(name, 1);
        }
        call(key, "{\"field_name\":\"kind\",\"field_schema\":\"keyword\"}")
                .put("/collections/docs/index?wait=true")
                .then()
                .statusCode(200);
        call(key, "{\"actions\":[{\"create_alias\":{\"collection_name\":\"docs\",\"alias_name\":\"current\"}}]}")
                .post("/collections/aliases")
                .then()
                .statusCode(200);
    }

    @Test
    void whatWasBackedUpComesBackBesideAndAsATenantOfItsOwn() throws Exception {
        String backup = written("before");
        upsert("docs", 2);
        call(key, "{}").delete("/collections/images").then().statusCode(200);

        String restore = call(key, "{\"prefix\":\"old-\"}")
                .post("/v1/backups/" + backup + "/restore")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        done(restore);
        assertEquals(Set.of("docs", "old-docs", "old-images"), names(key));
        assertEquals(POINTS, round(key, "old-docs", 1), "as it was");
        assertEquals(POINTS, round(key, "docs", 2), "the live one is as it was left");
        assertEquals(POINTS, round(key, "old-current", 1), "the alias leads to the restored one");
        given().header("api-key", key)
                .get("/collections/old-docs")
                .then()
                .body("result.config.hnsw_config.m", equalTo(24))
                .body("result.payload_schema.kind.data_type", equalTo("keyword"));
        call(key, "{\"prefix\":\"old-\"}")
                .post("/v1/backups/" + backup + "/restore")
                .then()
                .statusCode(202);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().header("api-key", key)
                        .get("/v1/backups/restores")
                        .path("items[0].state")
                        .equals("FAILED"));
        given().header("api-key", key)
                .get("/v1/backups/restores")
                .then()
                .body("items", hasSize(2))
                .body("items[0].error", containsString("old-docs"));

        Restoration asked = backups.restoreAsTenant(
                UUID.fromString(backup),
                new NewTenant("Twin", null, null, "default", null, TenantState.PROVISIONING),
                Tenants.TEST);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> backups.restoration(asked.id()).state() == Restoration.State.DONE);
        String twin = tenants.key(asked.tenant()).secret();
        assertEquals(Set.of("docs", "images"), names(twin));
        assertEquals(POINTS, round(twin, "current", 1));
        assertEquals(
                List.of(2L, 2L * POINTS),
                List.of(
                        backups.restoration(asked.id()).collections(),
                        backups.restoration(asked.id()).pointsDone()));
    }

    @Test
    void theFileHasTheChecksumThatIsShownAndGoesWithTheBackup() throws Exception {
        String backup = written("sum");
        Path file = file(backup);
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        given().header("api-key", key)
                .get("/v1/backups/" + backup)
                .then()
                .body("sha256", equalTo(sum))
                .body("bytes", equalTo((int) Files.size(file)))
                .body("points", equalTo(2 * POINTS));
        given().header("api-key", key).delete("/v1/backups/" + backup).then().statusCode(202);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().header("api-key", key)
                                .get("/v1/backups/" + backup)
                                .statusCode()
                        == 404);
        assertTrue(Files.notExists(file));
    }

    @Test
    void aDamagedFileIsRefusedWhole() throws Exception {
        String backup = written("damaged");
        Path file = file(backup);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        String restore = call(key, "{\"prefix\":\"bad-\"}")
                .post("/v1/backups/" + backup + "/restore")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().header("api-key", key)
                        .get("/v1/backups/restores/" + restore)
                        .path("state")
                        .equals("FAILED"));
        assertEquals(Set.of("docs", "images"), names(key));
    }

    @Test
    void aRestoreHasTheRoomThatSnapshotsLeave() {
        int limit = 100_000;
        plans.put(
                new PlanSpec("backup-small", "Small", new Limits(20, 1_000_000, limit, 10_000_000), IsolationMode.NONE),
                new Change(Tenants.TEST, "test", null));
        tenant = tenants.active("Small", "backup-small");
        key = tenants.key(tenant).secret();
        call(key, "{\"vectors\":{\"size\":4,\"distance\":\"Dot\"}}")
                .put("/collections/docs")
                .then()
                .statusCode(200);
        upsert("docs", 1);
        String backup = written("small");
        Response refused = call(key, "{}").post("/collections/docs/snapshots");
        for (int i = 0; i < 9 && refused.statusCode() == 200; i++) {
            refused = call(key, "{}").post("/collections/docs/snapshots");
        }
        refused.then().statusCode(403);
        int left = limit - refused.<Integer>path("status.used");
        call(
                        key,
                        "{\"points\":[{\"id\":9999,\"vector\":[1,2,3,4],\"payload\":{\"t\":\"" + "x".repeat(left - 1000)
                                + "\"}}]}")
                .put("/collections/docs/points?wait=true")
                .then()
                .statusCode(200);
        String restore = call(key, "{\"prefix\":\"big-\"}")
                .post("/v1/backups/" + backup + "/restore")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Response seen = given().header("api-key", key).get("/v1/backups/restores/" + restore);
            assertTrue(!seen.path("state").equals("DONE"), seen.asString());
            return seen.path("state").equals("FAILED");
        });
        assertEquals(Set.of("docs"), names(key));
    }

    @Test
    void foreignBackupsDoNotExistAndEveryNumberIsBounded() {
        String backup = written("mine");
        String other = tenants.key(tenants.active("Other", "default")).secret();
        given().header("api-key", other).get("/v1/backups/" + backup).then().statusCode(404);
        given().header("api-key", other).delete("/v1/backups/" + backup).then().statusCode(404);
        call(other, "{\"prefix\":\"x-\"}")
                .post("/v1/backups/" + backup + "/restore")
                .then()
                .statusCode(404);
        given().header("api-key", other)
                .get("/v1/backups?tenant=" + tenant)
                .then()
                .statusCode(404);
        given().header("api-key", other)
                .get("/v1/backups")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        String reader =
                tenants.key(tenant, Set.of(KeyScope.READ), List.of(), null).secret();
        given().header("api-key", reader).get("/v1/backups").then().statusCode(403);
        call(key, "{\"organisation\":\"Mine too\"}")
                .post("/v1/backups/" + backup + "/restore")
                .then()
                .statusCode(403);
        call(key, "{}").post("/v1/backups/" + backup + "/restore").then().statusCode(422);
        for (int i = 1; i < 7; i++) {
            call(key, "{\"label\":\"more\"}").post("/v1/backups").then().statusCode(202);
        }
        call(key, "{\"label\":\"too many\"}")
                .post("/v1/backups")
                .then()
                .statusCode(403)
                .body("limit", equalTo(7));
    }

    private String written(String label) {
        String backup = call(key, "{\"label\":\"" + label + "\"}")
                .post("/v1/backups")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Response seen = given().header("api-key", key).get("/v1/backups/" + backup);
            assertTrue(!seen.path("state").equals("FAILED"), seen.asString());
            return seen.path("state").equals("READY");
        });
        return backup;
    }

    private void done(String restore) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Response seen = given().header("api-key", key).get("/v1/backups/restores/" + restore);
            assertTrue(!seen.path("state").equals("FAILED"), seen.asString());
            return seen.path("state").equals("DONE");
        });
    }

    private Path file(String backup) {
        return Path.of(data, "backups", tenant.toString(), backup + ".vhb");
    }

    private void upsert(String collection, int round) {
        StringBuilder json = new StringBuilder("{\"points\":[");
        for (int id = 1; id <= POINTS; id++) {
            json.append(id == 1 ? "" : ",")
                    .append("{\"id\":%d,\"vector\":[%d,1,0,0],\"payload\":{\"kind\":\"r%d\"}}"
                            .formatted(id, id, round));
        }
        call(key, json.append("]}").toString())
                .put("/collections/" + collection + "/points?wait=true")
                .then()
                .statusCode(200);
    }

    private static int round(String key, String collection, int round) {
        return call(
                        key,
                        "{\"exact\":true,\"filter\":{\"must\":[{\"key\":\"kind\",\"match\":{\"value\":\"r" + round
                                + "\"}}]}}")
                .post("/collections/" + collection + "/points/count")
                .then()
                .statusCode(200)
                .extract()
                .path("result.count");
    }

    private static Set<String> names(String key) {
        List<String> names = given().header("api-key", key).get("/collections").path("result.collections.name");
        return Set.copyOf(names);
    }

    private static RequestSpecification call(String key, String body) {
        return given().header("api-key", key).contentType("application/json").body(body);
    }
}
