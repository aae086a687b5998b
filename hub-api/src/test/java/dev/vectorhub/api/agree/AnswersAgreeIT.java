package dev.vectorhub.api.agree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.agree.Level.Answer;
import dev.vectorhub.api.agree.Level.Order;
import dev.vectorhub.api.agree.Level.Scored;
import dev.vectorhub.api.grpc.GrpcServer;
import dev.vectorhub.api.grpc.form.Queries;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Points.PointGroup;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPointGroups;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.WithLookup;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random queries of every kind over random collections: what REST answers, what gRPC answers and what brute force finds are the
 * same points in the same order with the same scores. {@code -Dhub.test.queries=N} asks N queries, {@code -Dhub.test.seed=S}
 * others.
 */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class AnswersAgreeIT {

    private static final int QUERIES = Integer.getInteger("hub.test.queries", 400);
    private static final long SEED = Long.getLong("hub.test.seed", 20_26);
    private static final int QUERIES_EACH = 100;
    private static final double NEAR = 1e-4;
    private static final Distance[] DISTANCES = {Distance.Dot, Distance.Euclid, Distance.Cosine, Distance.Manhattan};
    private static final ObjectMapper TREES = new ObjectMapper();

    @Inject
    Tenants tenants;

    @Inject
    PlanService plans;

    @Inject
    GrpcServer server;

    private final HttpClient http = HttpClient.newHttpClient();
    private String key = "";
    private ManagedChannel channel;
    private QdrantClient grpc;

    @BeforeEach
    void connect() {
        Limits limits = new Limits(100, 100_000, 1L << 30, 100_000_000);
        plans.put(new PlanSpec("agree", "agree", limits, IsolationMode.COLLECTION), Change.by(Tenants.TEST, "test"));
        key = tenants.key(tenants.active("agree", "agree")).secret();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
                .build();
        grpc = new QdrantClient(
                QdrantGrpcClient.newBuilder(channel).withApiKey(key).build());
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        http.close();
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void queriesAgree() throws Exception {
        lookups();
        for (int round = 0; round * QUERIES_EACH < QUERIES; round++) {
            Random random = new Random(SEED + round);
            Distance distance = DISTANCES[round % DISTANCES.length];
            String collection = "agree-" + round;
            List<Doc> docs = fill(collection, distance, random);
            Questions questions = new Questions(docs, distance, random);
            for (int i = 0; i < QUERIES_EACH; i++) {
                if (i % 10 == 9) {
                    grouped(collection, docs, questions.level(3), random);
                } else {
                    ask(collection, docs, questions.level(0), random.nextBoolean());
                }
            }
            get(grpc.deleteCollectionAsync(collection));
        }
    }

    private void ask(String collection, List<Doc> docs, Level level, boolean exact) throws Exception {
        QueryPoints question = level.question(collection, exact);
        List<Scored> overGrpc = scored(get(grpc.queryAsync(question)));
        List<Scored> overRest =
                scored(post(collection, "query", Queries.of(question)).at("/result/points"));
        Answer expected = level.answer(docs);
        if (level.order() == Order.RANDOM) {
            sampled(expected, overRest, question);
            sampled(expected, overGrpc, question);
            return;
        }
        assertEquals(overGrpc, overRest, question::toString);
        assertEquals(expected.points().size(), overRest.size(), question::toString);
        if (level.order() == Order.EXACT) {
            assertEquals(ids(expected.points()), ids(overRest), question::toString);
        }
        Map<Long, Double> scores = new HashMap<>();
        expected.all().forEach(scored -> scores.put(scored.id(), scored.score()));
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < overRest.size(); i++) {
            Scored found = overRest.get(i);
            double wanted = expected.points().get(i).score();
            String place = "place " + i + " of " + overRest + ", expected " + expected.points() + ", of " + question;
            assertEquals(wanted, found.score(), near(wanted), place);
            // where rounding makes neighbours change places, their scores are the same to the eye
            double own = Objects.requireNonNull(scores.get(found.id()), place);
            assertEquals(own, found.score(), near(own), place);
            assertTrue(seen.add(found.id()), place);
            // distances are roots: two that are shown as one may differ
            if (level.up()
                    && level.order() == Order.BY_SCORE
                    && i > 0
                    && overRest.get(i - 1).score() == found.score()) {
                assertTrue(overRest.get(i - 1).id() < found.id(), place);
            }
        }
    }

    private static double near(double score) {
        return NEAR * Math.max(1, Math.abs(score));
    }

    private static void sampled(Answer expected, List<Scored> found, QueryPoints question) {
        Set<Long> drawn = new HashSet<>(ids(found));
        assertEquals(expected.points().size(), drawn.size(), question::toString);
        assertEquals(found.size(), drawn.size(), question::toString);
        assertTrue(ids(expected.all()).containsAll(drawn), question::toString);
    }

    /** Groups are filled from the whole ranking, best first. */
    private void grouped(String collection, List<Doc> docs, Level level, Random random) throws Exception {
        int groups = 1 + random.nextInt(6);
        int size = 1 + random.nextInt(5);
        QueryPoints question = level.question(collection, true);
        QueryPointGroups.Builder query = QueryPointGroups.newBuilder()
                .setCollectionName(collection)
                .setQuery(question.getQuery())
                .setGroupBy("g")
                .setGroupSize(size)
                .setLimit(groups)
                .setWithLookup(WithLookup.newBuilder()
                        .setCollection("lookups")
                        .setWithPayload(WithPayloadSelectorFactory.enable(true)));
        if (question.hasFilter()) {
            query.setFilter(question.getFilter());
        }
        if (question.hasScoreThreshold()) {
            query.setScoreThreshold(question.getScoreThreshold());
        }
        if (level.order() != Order.EXACT || question.getQuery().hasNearestWithMmr()) {
            return;
        }
        Map<Long, Doc> byId = new HashMap<>();
        docs.forEach(doc -> byId.put(doc.id(), doc));
        Map<Long, List<Long>> expected = new LinkedHashMap<>();
        for (Scored hit : level.answer(docs).all()) {
            Long group = Objects.requireNonNull(byId.get(hit.id())).group();
            if (group != null && level.good(hit) && (expected.containsKey(group) || expected.size() < groups)) {
                List<Long> of = expected.computeIfAbsent(group, none -> new ArrayList<>());
                if (of.size() < size) {
                    of.add(hit.id());
                }
            }
        }
        Map<Long, List<Long>> overGrpc = new LinkedHashMap<>();
        for (PointGroup group : get(grpc.queryGroupsAsync(query.build()))) {
            long id = group.getId().getUnsignedValue();
            overGrpc.put(id, ids(scored(group.getHitsList())));
            assertEquals(
                    "group " + id, group.getLookup().getPayloadOrThrow("title").getStringValue());
        }
        Map<Long, List<Long>> overRest = new LinkedHashMap<>();
        for (JsonNode group :
                post(collection, "query/groups", Queries.of(query.build())).at("/result/groups")) {
            long id = group.get("id").asLong();
            overRest.put(id, ids(scored(group.get("hits"))));
            assertEquals("group " + id, group.at("/lookup/payload/title").asText());
        }
        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(overRest.entrySet()), query::toString);
        assertEquals(List.copyOf(overRest.entrySet()), List.copyOf(overGrpc.entrySet()), query::toString);
    }

    // ---- collections

    private void lookups() throws Exception {
        get(grpc.createCollectionAsync(
                "lookups",
                VectorParams.newBuilder().setSize(1).setDistance(Distance.Dot).build()));
        List<PointStruct> points = new ArrayList<>();
        for (int g = 0; g < Doc.GROUPS; g++) {
            points.add(PointStruct.newBuilder()
                    .setId(PointIdFactory.id(g))
                    .setVectors(VectorsFactory.vectors(List.of(1f)))
                    .putPayload("title", ValueFactory.value("group " + g))
                    .build());
        }
        get(grpc.upsertAsync("lookups", points));
    }

    /** With points that were there before and are other ones now, and some that are no more; indexes for some fields. */
    private List<Doc> fill(String collection, Distance distance, Random random) throws Exception {
        get(grpc.createCollectionAsync(
                collection,
                VectorParams.newBuilder()
                        .setSize(Doc.DIMENSIONS)
                        .setDistance(distance)
                        .build()));
        get(grpc.createPayloadIndexAsync(collection, "n", PayloadSchemaType.Float, null, null, null, null));
        if (random.nextBoolean()) {
            get(grpc.createPayloadIndexAsync(collection, "g", PayloadSchemaType.Integer, null, null, null, null));
        }
        int count = 60 + random.nextInt(200);
        List<Doc> before = Doc.some(count, distance, random);
        get(grpc.upsertAsync(collection, before.stream().map(Doc::point).toList()));
        List<Doc> docs = new ArrayList<>(Doc.some(count - 20, distance, random));
        get(grpc.upsertAsync(collection, docs.stream().map(Doc::point).toList()));
        docs.addAll(before.subList(count - 20, count - 10));
        get(grpc.deleteAsync(
                collection,
                before.subList(count - 10, count).stream()
                        .map(doc -> PointIdFactory.id(doc.id()))
                        .toList()));
        return docs;
    }

    // ---- calls

    private static <T> T get(Future<T> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    private JsonNode post(String collection, String path, byte[] body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/collections/" + collection
                                + "/points/" + path))
                        .header("api-key", key)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return TREES.readTree(answer.body());
    }

    private static List<Long> ids(List<Scored> points) {
        return points.stream().map(Scored::id).toList();
    }

    private static List<Scored> scored(List<ScoredPoint> points) {
        return points.stream()
                .map(point -> new Scored(point.getId().getNum(), point.getScore()))
                .toList();
    }

    private static List<Scored> scored(JsonNode points) {
        List<Scored> scored = new ArrayList<>();
        points.forEach(point -> scored.add(
                new Scored(point.get("id").asLong(), point.get("score").floatValue())));
        return scored;
    }
}
