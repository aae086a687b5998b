package dev.vectorhub.api.qdrant;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.plan.Limits;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots of a tenant's collections over HTTP, against the real services, database and engine. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class SnapshotsIT {

    private static final String PLAN = "snapshots-it";
    private static final String SNAPSHOTS = "/collections/docs/snapshots";
    private static final int POINTS = 300;

    @Inject
    Tenants tenants;

    private Api api;
    private String key;

    @BeforeEach
    void tenant() {
        key = key(new Limits(20, 1_000_000, 1L << 40, 10_000_000), PLAN);
        api = new Api(root(), key);
        fill(api);
    }

    private static URI root() {
        return URI.create("http://127.0.0.1:" + RestAssured.port + "/");
    }

    private String key(Limits limits, String plan) {
        return tenants.key(tenants.limited(plan, limits)).secret();
    }

    private static void fill(Api api) {
        api.call("PUT", "/collections/docs", """
                {'vectors':{'size':4,'distance':'Dot'},'hnsw_config':{'m':24},'metadata':{'owner':'me'}}""").ok();
        api.call("PUT", "/collections/docs/index?wait=true", "{'field_name':'n','field_schema':'integer'}")
                .ok();
        StringBuilder points = new StringBuilder("{'points':[");
        for (int i = 0; i < POINTS; i++) {
            points.append(i == 0 ? "" : ",")
                    .append("{'id':" + i + ",'vector':[" + i + ",1,0,0],'payload':{'n':" + i + "}}");
        }
        api.call(
                        "PUT",
                        "/collections/docs/points?wait=true",
                        points.append("]}").toString())
                .ok();
    }

    private static int count(Api api, String collection) {
        return api.call("POST", "/collections/" + collection + "/points/count", "{}")
                .ok()
                .get("count")
                .asInt();
    }

    private byte[] download(String name) {
        Response answer = RestAssured.given().header("api-key", key).get(SNAPSHOTS + "/" + name);
        assertEquals(200, answer.statusCode());
        return answer.asByteArray();
    }

    private static Response upload(String key, String collection, byte[] file, String query) {
        return RestAssured.given()
                .header("api-key", key)
                .multiPart("snapshot", "mine.snapshot", file)
                .post("/collections/" + collection + "/snapshots/upload" + query);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void whatASnapshotHoldsComesBackWholeAndAtOneStroke() throws Exception {
        api.call("POST", "/collections/aliases", """
                {'actions':[{'create_alias':{'collection_name':'docs','alias_name':'books'}}]}""").ok();
        JsonNode before = api.call("GET", "/collections/docs").ok();
        JsonNode made = api.call("POST", SNAPSHOTS).ok();
        assertEquals(List.of(made), listed(api));
        byte[] file = download(made.get("name").asText());
        assertEquals(made.get("size").asInt(), file.length);
        assertEquals(made.get("checksum").asText(), sha256(file));
        assertTrue(made.get("creation_time").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"));
        api.call("POST", "/collections/docs/points/delete?wait=true", "{'filter':{}}")
                .ok();
        api.call("PUT", "/collections/docs/points?wait=true", "{'points':[{'id':1000,'vector':[1,2,3,4]}]}")
                .ok();
        AtomicBoolean done = new AtomicBoolean();
        List<Integer> seen = new ArrayList<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                seen.add(count(api, "docs"));
            }
        });
        assertTrue(api.call(
                        "PUT",
                        SNAPSHOTS + "/recover",
                        "{'location':'" + made.get("name").asText() + "'}")
                .ok()
                .asBoolean());
        done.set(true);
        reader.join();
        assertTrue(seen.stream().allMatch(n -> n == 1 || n == POINTS), seen::toString);
        assertEquals(POINTS, count(api, "docs"));
        assertEquals(POINTS, count(api, "books"));
        JsonNode after = api.call("GET", "/collections/docs").ok();
        for (String part : List.of("config", "payload_schema", "points_count")) {
            assertEquals(before.get(part), after.get(part), part);
        }
        JsonNode best = api.call("POST", "/collections/docs/points/query", """
                {'query':[1,0,0,0],'limit':1,'with_payload':true,'filter':{'must':[{'key':'n','range':{'lt':100}}]}}""").ok();
        assertEquals(99, best.at("/points/0/payload/n").asInt());
        assertEquals(1, api.call("GET", "/collections").ok().get("collections").size());
    }

    private static List<JsonNode> listed(Api api) {
        List<JsonNode> found = new ArrayList<>();
        api.call("GET", SNAPSHOTS).ok().forEach(found::add);
        return found;
    }

    @Test
    void aSnapshotOutlivesItsCollection() {
        String name = api.call("POST", SNAPSHOTS).ok().get("name").asText();
        api.call("DELETE", "/collections/docs").ok();
        assertEquals(1, listed(api).size());
        String url = root().resolve(SNAPSHOTS + "/" + name).toString();
        api.call("PUT", SNAPSHOTS + "/recover", "{'location':'" + url + "','priority':'snapshot'}")
                .ok();
        assertEquals(POINTS, count(api, "docs"));
        api.call("PUT", "/collections/copy/snapshots/recover", "{'location':'" + SNAPSHOTS + "/" + name + "'}")
                .ok();
        assertEquals(POINTS, count(api, "copy"));
        api.call("DELETE", SNAPSHOTS + "/" + name).ok();
        api.call("DELETE", SNAPSHOTS + "/" + name).refused(404, "Not found: Snapshot `" + name + "` doesn't exist!");
        api.call("GET", SNAPSHOTS + "/" + name).refused(404, "Not found: Snapshot `" + name + "` doesn't exist!");
        api.call("DELETE", "/collections/docs").ok();
        api.call("GET", SNAPSHOTS).refused(404, "Not found: Collection `docs` doesn't exist!");
    }

    @Test
    void anUploadIsTheTenantsOwnOrChangesNothing() throws Exception {
        byte[] file = download(api.call("POST", SNAPSHOTS).ok().get("name").asText());
        Response copied = upload(key, "copy", file, "?checksum=" + sha256(file) + "&priority=snapshot");
        assertEquals(200, copied.statusCode(), copied.asString());
        assertEquals(POINTS, count(api, "copy"));

        String stranger = key(new Limits(20, 1_000_000, 1L << 40, 10_000_000), PLAN);
        assertEquals(400, upload(stranger, "docs", file, "").statusCode());
        assertFalse(new Api(root(), stranger)
                .call("GET", "/collections/docs/exists")
                .ok()
                .get("exists")
                .asBoolean());

        api.call("POST", "/collections/docs/points/delete?wait=true", "{'points':[7]}")
                .ok();
        Map<String, byte[]> hostile = Map.of(
                "cut in the seal", Arrays.copyOf(file, file.length - 1),
                "cut in the middle", Arrays.copyOf(file, file.length / 2),
                "nothing", new byte[0],
                "less than a seal", Arrays.copyOf(file, 20),
                "zeros", new byte[1 << 20],
                "longer", Arrays.copyOf(file, file.length + 1),
                "flipped at the start", flipped(file, 9),
                "flipped in a point", flipped(file, file.length / 2),
                "flipped in the seal", flipped(file, file.length - 5),
                "a frame that promises 2 GB", promising(file));
        hostile.forEach((how, bytes) -> {
            Response answer = upload(key, "docs", bytes, "");
            assertEquals(400, answer.statusCode(), how + ": " + answer.asString());
            String error = answer.path("status.error");
            assertTrue(error.startsWith("No sound snapshot: "), how + ": " + error);
        });
        assertEquals(400, upload(key, "docs", file, "?checksum=00").statusCode());
        assertEquals(
                400,
                RestAssured.given()
                        .header("api-key", key)
                        .multiPart("other", "mine.snapshot", file)
                        .post(SNAPSHOTS + "/upload")
                        .statusCode());
        assertEquals(
                415,
                RestAssured.given()
                        .header("api-key", key)
                        .contentType("application/octet-stream")
                        .body(file)
                        .post(SNAPSHOTS + "/upload")
                        .statusCode());
        assertEquals(POINTS - 1, count(api, "docs"));
        assertEquals(2, api.call("GET", "/collections").ok().get("collections").size());
    }

    private static byte[] flipped(byte[] file, int at) {
        byte[] spoilt = file.clone();
        spoilt[at] ^= 4;
        return spoilt;
    }

    /** The preamble, then a length. */
    private static byte[] promising(byte[] file) {
        byte[] spoilt = file.clone();
        Arrays.fill(spoilt, 8, 12, (byte) 0x7F);
        return spoilt;
    }

    @Test
    void nothingIsReadOrFetchedThatIsNotTheTenantsOwn() {
        for (String location : List.of(
                "file:///etc/passwd",
                "FILE:/etc/passwd",
                "http://169.254.169.254/latest/meta-data",
                "https://example.com/collections/docs/snapshots/a.snapshot",
                "s3://bucket/key",
                "../../../etc/passwd",
                "/etc/passwd")) {
            Api.Answer answer = api.call("PUT", SNAPSHOTS + "/recover", "{'location':'" + location + "'}");
            assertEquals(403, answer.status(), location + answer.text());
            assertTrue(answer.error().startsWith("Not available to tenants"), answer.text());
        }
        String name = api.call("POST", SNAPSHOTS).ok().get("name").asText();
        Api other = new Api(root(), key(new Limits(20, 1_000_000, 1L << 40, 10_000_000), PLAN));
        for (String location : List.of(name, root() + "collections/docs/snapshots/" + name, "..", "none.snapshot")) {
            assertEquals(
                    404,
                    other.call("PUT", SNAPSHOTS + "/recover", "{'location':'" + location + "'}")
                            .status(),
                    location);
        }
        assertEquals(404, other.call("GET", SNAPSHOTS + "/" + name).status());
        assertEquals(404, other.call("GET", SNAPSHOTS).status());
        assertEquals(404, other.call("DELETE", SNAPSHOTS + "/" + name).status());
        assertEquals(1, listed(api).size());
    }

    @Test
    void theirNumberAndTheirBytesAreBounded() {
        for (int i = 0; i < 10; i++) {
            api.call("POST", SNAPSHOTS).ok();
        }
        Api.Answer refused = api.call("POST", SNAPSHOTS);
        assertEquals(403, refused.status(), refused.text());
        assertEquals(10, refused.body().at("/status/limit").asInt());
        api.call("DELETE", SNAPSHOTS + "/" + listed(api).getFirst().get("name").asText())
                .ok();
        api.call("POST", SNAPSHOTS).ok();

        String small = "snapshots-small";
        Api tight = new Api(root(), key(new Limits(20, 1_000_000, 40_000, 10_000_000), small));
        fill(tight);
        long bytes = tight.call("POST", SNAPSHOTS).ok().get("size").asLong();
        // Two more of them do not fit beside the points.
        Api.Answer full = tight.call("POST", SNAPSHOTS);
        for (int i = 0; i < 4 && full.status() == 200; i++) {
            full = tight.call("POST", SNAPSHOTS);
        }
        assertEquals(403, full.status(), full.text());
        assertEquals("max_storage_bytes", full.body().at("/status/quota").asText());
        assertTrue(full.body().at("/status/used").asLong() > bytes, full.text());
        String large = "x".repeat(40_000 - (int) full.body().at("/status/used").asLong());
        Api.Answer point = tight.call(
                "PUT",
                "/collections/docs/points?wait=true",
                "{'points':[{'id':9999,'vector':[1,2,3,4],'payload':{'t':'" + large + "'}}]}");
        assertEquals(403, point.status(), point.text());
        assertEquals(40_000, point.body().at("/status/limit").asLong(), point.text());
        // One that takes the place of as much fits, though both are there for a while.
        tight.call(
                        "PUT",
                        SNAPSHOTS + "/recover",
                        "{'location':'" + listed(tight).getFirst().get("name").asText() + "'}")
                .ok();
        assertEquals(POINTS, count(tight, "docs"));
    }

    @Test
    void whoDoesNotWaitIsToldSo() {
        Api.Answer accepted = api.call("POST", SNAPSHOTS + "?wait=false");
        assertTrue(accepted.status() == 202 || accepted.status() == 200, accepted.text());
        if (accepted.status() == 202) {
            assertEquals("accepted", accepted.body().get("status").asText());
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> listed(api).size() == 1);
        api.call("DELETE", "/collections/docs").ok();
        int status = api.call(
                        "PUT",
                        SNAPSHOTS + "/recover?wait=false",
                        "{'location':'" + listed(api).getFirst().get("name").asText() + "'}")
                .status();
        assertTrue(status == 202 || status == 200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.call("GET", "/collections/docs").status() == 200);
        assertEquals(POINTS, count(api, "docs"));
        assertEquals(400, api.call("POST", SNAPSHOTS + "?wait=maybe").status());
        assertNotNull(api.call("GET", SNAPSHOTS).ok());
    }
}
