package dev.vectorhub.api.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.qdrant.Api.Answer;
import dev.vectorhub.plan.Limits;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader sees while others write, what a writer sees of its own, and what is left of a request that was refused. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class VisibilityIT {

    private static final int POINTS = 400;
    private static final int SCROLLS = Integer.getInteger("hub.test.scrolls", 12);
    private static final int POINTS_MAX = 1_000;

    @Inject
    Tenants tenants;

    private Api api;

    @BeforeEach
    void tenant() {
        Limits limits = new Limits(10, POINTS_MAX, 1L << 30, 100_000_000);
        api = new Api(
                URI.create("http://127.0.0.1:" + RestAssured.port + "/"),
                tenants.key(tenants.limited("visible", limits)).secret());
        api.collection("busy", "{'size':2,'distance':'Dot'}");
    }

    private static String points(int from, int to, int step, String payload) {
        StringBuilder points = new StringBuilder("{'points':[");
        for (int id = from; id < to; id += step) {
            points.append(id == from ? "" : ",").append("{'id':").append(id).append(",'vector':[1,");
            points.append(id).append("],'payload':").append(payload).append('}');
        }
        return points.append("]}").toString();
    }

    private int count() {
        return api.call("POST", "/collections/busy/points/count", "{'exact':true}")
                .ok()
                .get("count")
                .asInt();
    }

    /** Odd points stay as they are; even ones come, change and go all the time. Each writer sees what it wrote. */
    @Test
    void aScrollSeesEachUntouchedPointOnce() throws Exception {
        api.call("PUT", "/collections/busy/points?wait=true", points(1, POINTS, 2, "{'kind':'still'}"))
                .ok();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService writers = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> writing = new ArrayList<>();
            for (int w = 0; w < 3; w++) {
                int writer = w;
                writing.add(writers.submit(() -> write(writer, over)));
            }
            try {
                for (int i = 0; i < SCROLLS; i++) {
                    scroll(
                            7 + 10 * (i % 4),
                            i % 2 == 0 ? "" : ",'filter':{'must':[{'key':'kind','match':{'value':'still'}}]}");
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> writes : writing) {
                assertTrue(writes.get() > 0);
            }
        }
    }

    private void scroll(int page, String filter) {
        Set<Long> seen = new HashSet<>();
        String offset = "";
        while (true) {
            JsonNode found = api.call(
                            "POST", "/collections/busy/points/scroll", "{'limit':" + page + offset + filter + "}")
                    .ok();
            for (JsonNode point : found.get("points")) {
                long id = point.get("id").asLong();
                assertTrue(seen.add(id), "point " + id + " twice");
                assertEquals(
                        id % 2 == 1 ? "still" : "busy",
                        point.at("/payload/kind").asText());
            }
            if (found.get("next_page_offset").isNull()) {
                break;
            }
            offset = ",'offset':" + found.get("next_page_offset").asLong();
        }
        for (long id = 1; id < POINTS; id += 2) {
            assertTrue(seen.contains(id), "point " + id + " was not seen");
        }
    }

    /** @return how often it wrote */
    private int write(int writer, AtomicBoolean over) {
        Random random = new Random(writer);
        int writes = 0;
        while (!over.get()) {
            // the points of a writer are its own
            int id = 2 + 2 * (writer + 3 * random.nextInt(POINTS / 6));
            writes++;
            String payload = "{'kind':'busy','write':" + writes + "}";
            api.call("PUT", "/collections/busy/points?wait=true", points(id, id + 1, 1, payload))
                    .ok();
            JsonNode point = api.call("GET", "/collections/busy/points/" + id).ok();
            assertEquals(writes, point.at("/payload/write").asInt());
            if (random.nextBoolean()) {
                api.call("POST", "/collections/busy/points/delete?wait=true", "{'points':[" + id + "]}")
                        .ok();
                assertEquals(
                        404, api.call("GET", "/collections/busy/points/" + id).status());
            } else {
                api.call(
                                "POST",
                                "/collections/busy/points/payload?wait=true",
                                "{'payload':{'set':" + writes + "},'points':[" + id + "]}")
                        .ok();
                JsonNode set = api.call("GET", "/collections/busy/points/" + id).ok();
                assertEquals(writes, set.at("/payload/set").asInt());
            }
        }
        return writes;
    }

    /** One bad point, and a quota that the last points would exceed, leave nothing of the request behind. */
    @Test
    void aRefusedUpsertLeavesNothing() {
        String some = points(1, 100, 1, "{}");
        Answer wrong = api.call(
                "PUT", "/collections/busy/points?wait=true", some.replace("'vector':[1,57]", "'vector':[1,57,3]"));
        assertEquals(400, wrong.status());
        assertTrue(wrong.error().contains("points[56].vector"), wrong.error());
        assertEquals(0, count());
        api.call("PUT", "/collections/busy/points?wait=true", some).ok();
        Answer tooMany =
                api.call("PUT", "/collections/busy/points?wait=true", points(50, POINTS_MAX + 2, 1, "{'late':1}"));
        assertEquals(403, tooMany.status(), tooMany.text());
        assertEquals(99, count());
        JsonNode late = api.call(
                        "POST",
                        "/collections/busy/points/count",
                        "{'filter':{'must_not':[{'is_empty':{'key':'late'}}]},'exact':true}")
                .ok();
        assertEquals(0, late.get("count").asInt());
    }

    /** Operations of a batch are done one after another; a refusal says which it was and what is done. */
    @Test
    void aBatchSaysWhatIsDone() {
        String upsert = "{'upsert':" + points(1, 4, 1, "{}") + "}";
        String missing = "{'update_vectors':{'points':[{'id':1,'vector':[5,5]},{'id':9,'vector':[1,1]}]}}";
        String delete = "{'delete':{'points':[1,2,3]}}";
        Answer refused = api.call(
                "POST",
                "/collections/busy/points/batch?wait=true",
                "{'operations':[" + upsert + "," + missing + "," + delete + "]}");
        refused.refused(404, "Not found: No point with id 9 found (operations[1]; the 1 before it are done)");
        assertEquals(3, count());
        JsonNode first = api.call("GET", "/collections/busy/points/1").ok();
        assertEquals("[1.0,1.0]", first.get("vector").toString());
        // What cannot be read is refused before anything is done.
        String unread = "{'operations':[{'delete':{'points':[1]}},{'upsert':{'points':[{'id':7,'vector':[1]}]}}]}";
        Answer whole = api.call("POST", "/collections/busy/points/batch?wait=true", unread);
        assertEquals(400, whole.status());
        assertTrue(whole.error().contains("operations[1].upsert.points[0].vector"), whole.error());
        assertEquals(3, count());
    }
}
