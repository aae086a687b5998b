package dev.vectorhub.api.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.Calls;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.grpc.GrpcServer;
import dev.vectorhub.billing.rollup.Granularity;
import dev.vectorhub.billing.rollup.UsageQueryService;
import dev.vectorhub.billing.usage.BillableMeter;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.tenant.TenantId;
import io.grpc.ManagedChannel;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.Document;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorInput;
import io.qdrant.client.grpc.Points.Vectors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Texts in the places of vectors, against the real model, database and engine. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class TextsIT {

    private static final String PLAN = "texts-it";
    private static final String MODEL = "'model':'sentence-transformers/all-MiniLM-L6-v2'";
    private static final List<String> TEXTS = List.of(
            "A cat sleeps on the warm windowsill.",
            "The central bank raised its interest rates again.",
            "Fresh bread is baked every morning in the village.",
            "The football team won the championship final.",
            "A new telescope observes distant galaxies.");

    @Inject
    Tenants tenants;

    @Inject
    UsageQueryService usage;

    @Inject
    GrpcServer grpc;

    private static @Nullable String shared;

    private String key = "";
    private Api api;

    @BeforeEach
    void tenant() {
        String known = shared;
        if (known == null) {
            Limits limits = new Limits(100, 1_000_000, 1L << 40, 10_000_000, 10_000_000);
            known = tenants.key(tenantWith(PLAN, limits)).secret();
            shared = known;
        }
        key = known;
        api = api(key);
    }

    private static Api api(String key) {
        return new Api(URI.create("http://127.0.0.1:" + RestAssured.port + "/"), key);
    }

    private TenantId tenantWith(String plan, Limits limits) {
        return tenants.limited(plan, limits);
    }

    private static String text(String text) {
        return "{'text':\"" + text + "\"," + MODEL + "}";
    }

    private static Api.Answer fill(Api api, String collection) {
        api.collection(collection, "{'size':384,'distance':'Cosine'}");
        StringBuilder points = new StringBuilder("{'points':[");
        for (int i = 0; i < TEXTS.size(); i++) {
            points.append(i == 0 ? "" : ",")
                    .append("{'id':" + i + ",'vector':" + text(TEXTS.get(i)) + ",'payload':{'n':" + i + "}}");
        }
        Api.Answer answer = api.call("PUT", "/collections/" + collection + "/points?wait=true", points + "]}");
        answer.ok();
        return answer;
    }

    private JsonNode hits(String collection, String query) {
        return api.call("POST", "/collections/" + collection + "/points/query", "{'query':" + query + ",'limit':5}")
                .ok()
                .get("points");
    }

    private static int best(JsonNode hits) {
        return hits.get(0).get("id").asInt();
    }

    @Test
    void aTextFindsWhatMeansTheSame() {
        fill(api, "texts");
        assertEquals(0, best(hits("texts", text("a sleepy kitten"))));
        assertEquals(1, best(hits("texts", "{'nearest':" + text("monetary policy and inflation") + "}")));
        assertEquals(
                4, best(hits("texts", "{'nearest':" + text("stars in the universe") + ",'mmr':{'diversity':0.1}}")));
        assertEquals(3, best(hits("texts", "{'recommend':{'positive':[" + text("sports victory") + "]}}")));
        assertEquals(
                2,
                best(hits(
                        "texts",
                        "{'discover':{'target':" + text("loaf from the bakery") + ",'context':[{'positive':"
                                + text("food") + ",'negative':" + text("money") + "}]}}")));
        assertEquals(
                5,
                hits("texts", "{'context':[{'positive':" + text("astronomy") + ",'negative':" + text("economy") + "}]}")
                        .size());
        assertEquals(
                0,
                best(hits(
                        "texts",
                        "{'relevance_feedback':{'target':" + text("pets") + ",'feedback':[{'example':" + text("cats")
                                + ",'score':0.9}],'strategy':{'naive':{'a':1,'b':0,'c':0}}}}")));
        JsonNode fused = api.call(
                        "POST",
                        "/collections/texts/points/query",
                        "{'prefetch':[{'query':" + text("kitten") + ",'limit':3},{'query':" + text("an animal at rest")
                                + ",'limit':3}],'query':{'fusion':'rrf'},'limit':2}")
                .ok();
        assertEquals(0, best(fused.get("points")));
        JsonNode batch = api.call(
                        "POST",
                        "/collections/texts/points/query/batch",
                        "{'searches':[{'query':" + text("bakery") + ",'limit':1},{'query':" + text("galaxies")
                                + ",'limit':1}]}")
                .ok();
        assertEquals(2, best(batch.get(0).get("points")));
        assertEquals(4, best(batch.get(1).get("points")));
    }

    @Test
    void wordsAndMeaningsTogether() {
        api.call("DELETE", "/collections/hybrid").ok();
        api.call(
                        "PUT",
                        "/collections/hybrid",
                        "{'vectors':{'dense':{'size':384,'distance':'Cosine'}},'sparse_vectors':{'words':{'modifier':'idf'}}}")
                .ok();
        List<String> manuals = List.of(
                "Replace the filter of model XR-200 every spring.",
                "Replace the filter of model XR-900 every spring.",
                "The pump of model XR-200 hums when air is in it.",
                "Our office is closed on holidays.");
        StringBuilder points = new StringBuilder("{'points':[");
        for (int i = 0; i < manuals.size(); i++) {
            points.append(i == 0 ? "" : ",")
                    .append("{'id':" + i + ",'vector':{'dense':" + text(manuals.get(i)) + ",'words':"
                            + words(manuals.get(i)) + "}}");
        }
        api.call("PUT", "/collections/hybrid/points?wait=true", points + "]}").ok();
        JsonNode byWords = api.call(
                        "POST",
                        "/collections/hybrid/points/query",
                        "{'query':" + words("filters of the XR 900") + ",'using':'words','limit':4}")
                .ok()
                .get("points");
        assertEquals(1, best(byWords), byWords::toString);
        JsonNode both = api.call(
                        "POST",
                        "/collections/hybrid/points/query",
                        "{'prefetch':[{'query':" + words("XR-900 maintenance") + ",'using':'words','limit':3},{'query':"
                                + text("XR-900 maintenance") + ",'using':'dense','limit':3}],"
                                + "'query':{'fusion':'rrf'},'limit':4}")
                .ok()
                .get("points");
        assertEquals(1, best(both), both::toString);
        api.call("POST", "/collections/hybrid/points/query", "{'query':" + words("x") + ",'using':'dense'}")
                .refused(400, "Wrong input: Conversion between sparse and regular vectors failed (query)");
        api.call("POST", "/collections/hybrid/points/query", "{'query':" + text("x") + ",'using':'words'}")
                .refused(400, "Wrong input: Conversion between sparse and regular vectors failed (query)");
    }

    private static String words(String text) {
        return "{'text':\"" + text + "\",'model':'Qdrant/bm25'}";
    }

    @Test
    void textsAreStoredByEveryWayOfWriting() {
        api.collection("ways", "{'a':{'size':384,'distance':'Cosine'},'b':{'size':384,'distance':'Dot'}}");
        String cat = text(TEXTS.get(0));
        String bank = text(TEXTS.get(1));
        api.call(
                        "PUT",
                        "/collections/ways/points?wait=true",
                        "{'points':[{'id':1,'vector':{'a':" + cat + ",'b':" + bank + "}}]}")
                .ok();
        api.call(
                        "PUT",
                        "/collections/ways/points?wait=true",
                        "{'batch':{'ids':[2,3],'vectors':{'a':[" + bank + "," + cat + "],'b':[" + cat + "," + cat
                                + "]}}}")
                .ok();
        api.call(
                        "PUT",
                        "/collections/ways/points/vectors?wait=true",
                        "{'points':[{'id':2,'vector':{'b':" + bank + "}}]}")
                .ok();
        api.call(
                        "POST",
                        "/collections/ways/points/batch?wait=true",
                        "{'operations':[{'upsert':{'points':[{'id':4,'vector':{'a':" + cat + "}}]}},"
                                + "{'update_vectors':{'points':[{'id':3,'vector':{'b':" + bank + "}}]}}]}")
                .ok();
        JsonNode points = api.call("POST", "/collections/ways/points", "{'ids':[1,2,3,4],'with_vector':true}")
                .ok();
        JsonNode stored = points.get(0).get("vector");
        assertEquals(stored.get("a"), points.get(2).get("vector").get("a"));
        assertEquals(stored.get("a"), points.get(3).get("vector").get("a"));
        for (int i = 0; i < 3; i++) {
            assertEquals(stored.get("b"), points.get(i).get("vector").get("b"), "point " + (i + 1));
        }
    }

    @Test
    void theAnswerSaysWhatWasUsedAndTheLedgerKeepsIt() {
        TenantId counted = tenants.active("counted", PLAN);
        Api counting = api(tenants.key(counted).secret());
        int stored = tokens(fill(counting, "used"));
        assertTrue(stored > 5 * TEXTS.size(), "stored " + stored);
        String query = "/collections/used/points/query";
        // the words, and the marks around them
        assertEquals(5, tokens(counting.call("POST", query, "{'query':" + text("one two three") + "}")));
        Api.Answer without = counting.call("POST", query, "{'query':0}");
        assertTrue(without.body().at("/usage/inference").isMissingNode(), without.text());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(stored + 5, metered(counted)));
    }

    private static int tokens(Api.Answer answer) {
        answer.ok();
        return answer.body()
                .at("/usage/inference/models")
                .path("sentence-transformers/all-MiniLM-L6-v2")
                .path("tokens")
                .asInt();
    }

    private long metered(TenantId tenant) {
        Instant now = Instant.now();
        return usage.usage(tenant.value(), now.minusSeconds(600), now.plusSeconds(60), Granularity.TOTAL).stream()
                .filter(line -> line.meter() == BillableMeter.INFERENCE_TOKENS)
                .mapToLong(line -> line.quantity())
                .sum();
    }

    /** More than a second's work for any machine. */
    @Test
    void nobodyWaitsLongerForTextsThanTheRequestSays() {
        api.collection("late", "{'size':384,'distance':'Cosine'}");
        StringBuilder points = new StringBuilder("{'points':[");
        StringBuilder searches = new StringBuilder("{'searches':[");
        for (int i = 0; i < 900; i++) {
            String text = text(i + " word".repeat(250));
            points.append(i == 0 ? "" : ",").append("{'id':" + i + ",'vector':" + text + "}");
            searches.append(i == 0 ? "" : ",").append("{'query':" + text + "}");
        }
        String late = "Timeout error: Operation 'Inference' timed out after 1 seconds";
        api.call("PUT", "/collections/late/points?wait=true&timeout=1", points + "]}")
                .refused(408, late);
        api.call("POST", "/collections/late/points/query/batch?timeout=1", searches + "]}")
                .refused(408, late);
        assertEquals(
                0,
                api.call("POST", "/collections/late/points/count", "{}")
                        .ok()
                        .get("count")
                        .asInt());
    }

    @Test
    void aPlanBoundsTheTokensOfAMinute() {
        TenantId small = tenantWith("texts-it-small", new Limits(10, 1_000, 1L << 30, 10_000, 30));
        Api poor = api(tenants.key(small).secret());
        poor.collection("poor", "{'size':384,'distance':'Cosine'}");
        String query = "/collections/poor/points/query";
        Api.Answer tooLong = poor.call("POST", query, "{'query':" + text("word ".repeat(40)) + "}");
        assertEquals(403, tooLong.status(), tooLong.text());
        assertTrue(tooLong.error().contains("max_inference_tokens_per_minute"), tooLong.error());
        poor.call("POST", query, "{'query':" + text("word ".repeat(18)) + "}").ok();
        Api.Answer exhausted = poor.call("POST", query, "{'query':" + text("word ".repeat(18)) + "}");
        assertEquals(429, exhausted.status(), exhausted.text());
        assertTrue(exhausted.error().contains("30 tokens of text a minute"), exhausted.error());
        assertTrue(exhausted.http().headers().firstValue("retry-after").isPresent());
        poor.call("POST", query, "{'query':[" + "0,".repeat(383) + "1]}").ok();
    }

    @Test
    void whatCannotBeEmbeddedIsNamed() {
        fill(api, "wrong");
        api.collection("narrow", "{'size':4,'distance':'Cosine'}");
        api.call("POST", "/collections/narrow/points/query", "{'query':" + text("x") + "}")
                .refused(400, "Wrong input: Vector dimension error: expected dim: 4, got 384 (query)");
        api.call("PUT", "/collections/narrow/points", "{'points':[{'id':1,'vector':" + text("x") + "}]}")
                .refused(400, "Wrong input: Vector dimension error: expected dim: 4, got 384 (points[0].vector)");
        String models = "; the models are sentence-transformers/all-MiniLM-L6-v2 and Qdrant/bm25";
        api.call("POST", "/collections/wrong/points/query", "{'query':{'nearest':{'text':'x','model':'other/model'}}}")
                .refused(400, "Wrong input: query.nearest.model: unknown model \"other/model\"" + models);
        api.call(
                        "PUT",
                        "/collections/wrong/points",
                        "{'points':[{'id':1,'vector':{'image':'http://x','model':'clip'}}]}")
                .refused(
                        400,
                        "Wrong input: points[0].vector: only texts can be embedded, no images and no objects" + models);
        api.call("POST", "/collections/wrong/points/query", "{'query':{'object':{'a':1},'model':'clip'}}")
                .refused(400, "Wrong input: query: only texts can be embedded, no images and no objects" + models);
    }

    @Test
    void grpcGivesAndTakesTheSameTexts() throws Exception {
        fill(api, "both");
        ManagedChannel channel = Calls.channel(grpc.port());
        try (QdrantClient client = new QdrantClient(
                QdrantGrpcClient.newBuilder(channel, true).withApiKey(key).build())) {
            Document added = Document.newBuilder()
                    .setText("Snow covers the mountain peaks.")
                    .setModel("all-minilm-l6-v2")
                    .build();
            PointStruct point = PointStruct.newBuilder()
                    .setId(PointId.newBuilder().setNum(9))
                    .setVectors(
                            Vectors.newBuilder().setVector(Vector.newBuilder().setDocument(added)))
                    .build();
            client.upsertAsync("both", List.of(point)).get(30, TimeUnit.SECONDS);
            for (String query : List.of("winter in the alps", "a sleepy kitten")) {
                Document sought = added.toBuilder().setText(query).build();
                List<ScoredPoint> found = client.queryAsync(QueryPoints.newBuilder()
                                .setCollectionName("both")
                                .setQuery(Query.newBuilder()
                                        .setNearest(VectorInput.newBuilder().setDocument(sought)))
                                .setLimit(5)
                                .build())
                        .get(30, TimeUnit.SECONDS);
                JsonNode rest = hits("both", text(query));
                assertFalse(found.isEmpty());
                for (int i = 0; i < found.size(); i++) {
                    assertEquals(
                            rest.get(i).get("id").asLong(), found.get(i).getId().getNum());
                    assertEquals(
                            rest.get(i).get("score").asDouble(), found.get(i).getScore(), 1e-6);
                }
            }
            assertEquals(9, best(hits("both", text("winter in the alps"))));
        }
    }
}
