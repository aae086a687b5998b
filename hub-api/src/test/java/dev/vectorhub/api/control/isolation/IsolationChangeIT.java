package dev.vectorhub.api.control.isolation;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A tenant changes its isolation while its clients read and write: no request fails, and the files end where they should. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class IsolationChangeIT {
    private static final int COLLECTIONS = 3;
    private static final int POINTS = 60;

    @Inject
    Tenants tenants;

    @Inject
    PlanService plans;

    @Inject
    PlacementService placements;

    @ConfigProperty(name = "storage.data_dir")
    String data;

    @Test
    void noRequestOfTheTenantFails() throws Exception {
        plans.put(
                new PlanSpec("moving", "Moving", new Limits(10, 10_000, 1L << 30, 1_000_000), IsolationMode.NONE),
                Change.by(Tenants.TEST, "test"));
        TenantId tenant = tenants.active("Moving", "moving");
        String key = tenants.key(tenant).secret();
        for (int i = 0; i < COLLECTIONS; i++) {
            put(key, "/collections/c" + i, "{\"vectors\":{\"size\":4,\"distance\":\"Dot\"}}");
            put(key, "/collections/c" + i + "/points?wait=true", points(0));
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        List<String> failures = new CopyOnWriteArrayList<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < COLLECTIONS; i++) {
            String collection = "/collections/c" + i;
            clients.add(Thread.ofPlatform().start(() -> {
                for (int round = 1; !stop.get(); round++) {
                    check(failures, request(key, points(round)).put(collection + "/points?wait=true"), 0);
                    check(
                            failures,
                            request(key, "{\"query\":[1,0,0,0],\"limit\":5}").post(collection + "/points/query"),
                            5);
                    sent.addAndGet(2);
                }
            }));
        }
        for (IsolationMode mode : List.of(IsolationMode.STORAGE, IsolationMode.COLLECTION, IsolationMode.NONE)) {
            int before = sent.get();
            placements.changeIsolation(tenant, mode, Change.by(Tenants.TEST, "test"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> isolation(key).path("state").equals("SETTLED"));
            isolation(key)
                    .then()
                    .body("isolation", equalTo(mode.name()))
                    .body("collections.done", equalTo(COLLECTIONS))
                    .body("points.total", equalTo(COLLECTIONS * POINTS));
            assertEquals(mode == IsolationMode.STORAGE, files("tenants/tenant_" + tenant) > 0, "after " + mode);
            assertTrue(sent.get() > before, "requests were under way");
        }
        stop.set(true);
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(List.of(), failures);
    }

    @Test
    void aKeyMaySeeItAndOnlyAnOwnerMayChangeIt() {
        TenantId tenant = tenants.active("Keyed", "default");
        String key = tenants.key(tenant).secret();
        isolation(key).then().statusCode(200).body("state", equalTo("SETTLED"));
        request(key, "{\"isolation\":\"STORAGE\",\"reason\":\"more\"}")
                .post("/v1/tenant/isolation")
                .then()
                .statusCode(403);
        request(key, "{\"isolation\":\"STORAGE\",\"reason\":\"more\"}")
                .post("/v1/tenants/" + tenant + "/isolation")
                .then()
                .statusCode(403);
    }

    private static void check(List<String> failures, Response answer, int hits) {
        if (answer.statusCode() != 200
                || (hits > 0 && answer.<List<?>>path("result.points").size() != hits)) {
            failures.add(answer.statusCode() + " " + answer.asString());
        }
    }

    private static Response isolation(String key) {
        return given().header("api-key", key).get("/v1/tenant/isolation");
    }

    private static io.restassured.specification.RequestSpecification request(String key, String body) {
        return given().header("api-key", key).contentType("application/json").body(body);
    }

    private static void put(String key, String path, String body) {
        request(key, body).put(path).then().statusCode(200);
    }

    private static String points(int round) {
        StringBuilder json = new StringBuilder("{\"points\":[");
        for (int id = 1; id <= POINTS; id++) {
            json.append(id == 1 ? "" : ",")
                    .append("{\"id\":%d,\"vector\":[%d,1,0,0],\"payload\":{\"round\":%d}}".formatted(id, id, round));
        }
        return json.append("]}").toString();
    }

    private long files(String under) {
        Path folder = Path.of(data, under);
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
