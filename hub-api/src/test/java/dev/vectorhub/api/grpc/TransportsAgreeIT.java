package dev.vectorhub.api.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.api.Calls;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.grpc.form.Queries;
import dev.vectorhub.plan.Limits;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorInputFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Datatype;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.MultiVectorComparator;
import io.qdrant.client.grpc.Collections.MultiVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.ContextInput;
import io.qdrant.client.grpc.Points.ContextInputPair;
import io.qdrant.client.grpc.Points.CreateVectorNameRequest;
import io.qdrant.client.grpc.Points.DecayParamsExpression;
import io.qdrant.client.grpc.Points.DeleteVectorNameRequest;
import io.qdrant.client.grpc.Points.DenseVectorCreationConfig;
import io.qdrant.client.grpc.Points.DiscoverInput;
import io.qdrant.client.grpc.Points.Expression;
import io.qdrant.client.grpc.Points.FeedbackItem;
import io.qdrant.client.grpc.Points.FeedbackStrategy;
import io.qdrant.client.grpc.Points.Formula;
import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.GroupId;
import io.qdrant.client.grpc.Points.Mmr;
import io.qdrant.client.grpc.Points.MultExpression;
import io.qdrant.client.grpc.Points.NaiveFeedbackStrategy;
import io.qdrant.client.grpc.Points.NearestInputWithMmr;
import io.qdrant.client.grpc.Points.PointGroup;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPointGroups;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RecommendInput;
import io.qdrant.client.grpc.Points.RecommendStrategy;
import io.qdrant.client.grpc.Points.RelevanceFeedbackInput;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.Rrf;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.SumExpression;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.VectorInput;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.PointsGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Random queries of every kind give the same points with the same scores over REST and over gRPC. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class TransportsAgreeIT {

    private static final int POINTS = 200;
    private static final int QUERIES = 100;
    private static final String DENSE = "dense";
    private static final String ROWS = "rows";
    private static final String WORDS = "words";
    /** Added to the collection after it was made. */
    private static final String BYTES = "bytes";

    private static final ObjectMapper TREES = new ObjectMapper();

    @Inject
    Tenants tenants;

    @Inject
    GrpcServer server;

    private final Random random = new Random(20_26);

    @Test
    void queriesAgree() throws Exception {
        Limits limits = new Limits(10, 100_000, 1L << 30, 10_000_000);
        String key = tenants.key(tenants.limited("agree", limits)).secret();
        ManagedChannel channel = Calls.channel(server.port());
        try (HttpClient http = HttpClient.newHttpClient()) {
            QdrantClient grpc = new QdrantClient(
                    QdrantGrpcClient.newBuilder(channel).withApiKey(key).build());
            create(grpc);
            addAndRemove(PointsGrpc.newBlockingStub(channel).withInterceptors(Calls.with(key)), grpc, http, key);
            fill(grpc);
            for (int i = 0; i < 10; i++) {
                vectorsAgree(grpc, http, key);
            }
            for (int i = 0; i < QUERIES; i++) {
                QueryPoints query = query();
                List<ScoredPoint> found = grpc.queryAsync(query).get(30, TimeUnit.SECONDS);
                JsonNode rest = post(http, key, "query", Queries.of(query)).at("/result/points");
                assertEquals(shown(found), shown(rest), query::toString);
            }
            for (int i = 0; i < QUERIES / 10; i++) {
                String using = using();
                QueryPointGroups query = QueryPointGroups.newBuilder()
                        .setCollectionName("agree")
                        .setUsing(using)
                        .setQuery(Query.newBuilder().setNearest(input(using)))
                        .setGroupBy("g")
                        .setGroupSize(1 + random.nextInt(5))
                        .setLimit(1 + random.nextInt(6))
                        .build();
                List<PointGroup> found = grpc.queryGroupsAsync(query).get(30, TimeUnit.SECONDS);
                JsonNode rest =
                        post(http, key, "query/groups", Queries.of(query)).at("/result/groups");
                assertEquals(found.size(), rest.size());
                for (int g = 0; g < found.size(); g++) {
                    GroupId id = found.get(g).getId();
                    assertEquals(id.getUnsignedValue(), rest.get(g).get("id").asLong());
                    assertEquals(
                            shown(found.get(g).getHitsList()), shown(rest.get(g).get("hits")));
                }
            }
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    /** Vectors of a collection come and go over both transports alike. */
    private static void addAndRemove(PointsGrpc.PointsBlockingStub stub, QdrantClient grpc, HttpClient http, String key)
            throws Exception {
        DenseVectorCreationConfig.Builder dense = DenseVectorCreationConfig.newBuilder()
                .setSize(4)
                .setDistance(Distance.Cosine)
                .setDatatype(Datatype.Uint8);
        CreateVectorNameRequest.Builder create = CreateVectorNameRequest.newBuilder()
                .setCollectionName("agree")
                .setVectorName(BYTES)
                .setDenseConfig(dense);
        assertEquals(
                UpdateStatus.Completed,
                stub.createVectorName(create.build()).getResult().getStatus());
        String same = "{\"dense\": {\"size\": 4, \"distance\": \"Cosine\", \"datatype\": \"uint8\"}}";
        assertEquals(200, send(http, key, "PUT", BYTES, same).statusCode());
        HttpResponse<String> other = send(http, key, "PUT", BYTES, same.replace("4", "5"));
        assertEquals(400, other.statusCode());
        assertTrue(other.body().contains("Vector `bytes` already exists with a different configuration"), other.body());
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class,
                () -> stub.createVectorName(
                        create.setDenseConfig(dense.setSize(5)).build()));
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        assertEquals(
                200,
                send(http, key, "PUT", "late", "{\"sparse\": {\"modifier\": \"idf\"}}")
                        .statusCode());
        assertEquals(
                Set.of(WORDS, "late"),
                params(grpc).getSparseVectorsConfig().getMapMap().keySet());
        for (int i = 0; i < 2; i++) {
            assertEquals(200, send(http, key, "DELETE", "late", "").statusCode());
            stub.deleteVectorName(DeleteVectorNameRequest.newBuilder()
                    .setCollectionName("agree")
                    .setVectorName("late")
                    .build());
        }
        assertEquals(
                Set.of(WORDS), params(grpc).getSparseVectorsConfig().getMapMap().keySet());
        assertEquals(
                Set.of(DENSE, ROWS, BYTES),
                params(grpc).getVectorsConfig().getParamsMap().getMapMap().keySet());
    }

    private static CollectionParams params(QdrantClient grpc) throws Exception {
        return grpc.getCollectionInfoAsync("agree")
                .get(30, TimeUnit.SECONDS)
                .getConfig()
                .getParams();
    }

    private static HttpResponse<String> send(HttpClient http, String key, String method, String vector, String body)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + RestAssured.port + "/collections/agree/vectors/" + vector))
                        .header("api-key", key)
                        .header("content-type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void create(QdrantClient grpc) throws Exception {
        VectorParams.Builder dense = VectorParams.newBuilder().setSize(4).setDistance(Distance.Euclid);
        VectorParams.Builder rows = VectorParams.newBuilder()
                .setSize(3)
                .setDistance(Distance.Cosine)
                .setDatatype(Datatype.Float16)
                .setMultivectorConfig(MultiVectorConfig.newBuilder().setComparator(MultiVectorComparator.MaxSim));
        grpc.createCollectionAsync(CreateCollection.newBuilder()
                        .setCollectionName("agree")
                        .setVectorsConfig(VectorsConfig.newBuilder()
                                .setParamsMap(VectorParamsMap.newBuilder()
                                        .putMap(DENSE, dense.build())
                                        .putMap(ROWS, rows.build())))
                        .setSparseVectorsConfig(SparseVectorConfig.newBuilder()
                                .putMap(
                                        WORDS,
                                        SparseVectorParams.newBuilder()
                                                .setModifier(Modifier.Idf)
                                                .build()))
                        .build())
                .get(30, TimeUnit.SECONDS);
    }

    private void fill(QdrantClient grpc) throws Exception {
        List<PointStruct> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(PointStruct.newBuilder()
                    .setId(PointIdFactory.id(i))
                    .setVectors(VectorsFactory.namedVectors(Map.of(
                            DENSE, VectorFactory.vector(vector()),
                            BYTES, VectorFactory.vector(large()),
                            ROWS, VectorFactory.multiVector(rows()),
                            WORDS, VectorFactory.vector(values(5), indices(5)))))
                    .putAllPayload(Map.of(
                            "g", ValueFactory.value(random.nextInt(7)), "n", ValueFactory.value(random.nextDouble())))
                    .build());
        }
        grpc.upsertAsync("agree", points).get(30, TimeUnit.SECONDS);
    }

    /** A point as both transports show it. */
    private void vectorsAgree(QdrantClient grpc, HttpClient http, String key) throws Exception {
        RetrievedPoint found = grpc.retrieveAsync("agree", id(), false, true, null)
                .get(30, TimeUnit.SECONDS)
                .getFirst();
        byte[] body =
                ("{\"ids\":[" + found.getId().getNum() + "],\"with_vector\":true}").getBytes(StandardCharsets.UTF_8);
        JsonNode rest = post(http, key, "", body).at("/result/0/vector");
        Map<String, VectorOutput> vectors = found.getVectors().getVectors().getVectorsMap();
        List<Float> shown = new ArrayList<>();
        rest.get(DENSE).forEach(component -> shown.add(component.floatValue()));
        assertEquals(Objects.requireNonNull(vectors.get(DENSE)).getDense().getDataList(), shown);
        List<Float> bytes =
                Objects.requireNonNull(vectors.get(BYTES)).getDense().getDataList();
        for (int i = 0; i < bytes.size(); i++) {
            assertTrue(bytes.get(i) == Math.rint(bytes.get(i)) && bytes.get(i) >= 0 && bytes.get(i) <= 255);
            assertEquals(bytes.get(i), rest.at("/" + BYTES + "/" + i).floatValue());
        }
        SparseVector words = Objects.requireNonNull(vectors.get(WORDS)).getSparse();
        List<Integer> indices = new ArrayList<>();
        rest.at("/" + WORDS + "/indices").forEach(index -> indices.add((int) index.asLong()));
        assertEquals(words.getIndicesList(), indices);
        assertEquals(words.getValuesCount(), rest.at("/" + WORDS + "/values").size());
        var rows = Objects.requireNonNull(vectors.get(ROWS)).getMultiDense();
        assertEquals(rows.getVectorsCount(), rest.get(ROWS).size());
        float component = rows.getVectors(0).getData(2);
        assertEquals(component, rest.at("/" + ROWS + "/0/2").floatValue());
        assertEquals(Float.float16ToFloat(Float.floatToFloat16(component)), component);
    }

    private static JsonNode post(HttpClient http, String key, String path, byte[] body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/collections/agree/points"
                                + (path.isEmpty() ? "" : "/" + path)))
                        .header("api-key", key)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        JsonNode tree = TREES.readTree(answer.body());
        assertTrue(tree.has("usage"));
        return tree;
    }

    private static List<String> shown(List<ScoredPoint> points) {
        return points.stream()
                .map(point -> point.getId().getNum() + " " + point.getScore())
                .toList();
    }

    private static List<String> shown(JsonNode points) {
        List<String> shown = new ArrayList<>();
        points.forEach(point ->
                shown.add(point.get("id").asLong() + " " + point.get("score").floatValue()));
        return shown;
    }

    // ---- queries

    private List<Float> vector() {
        List<Float> vector = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            vector.add((float) random.nextGaussian());
        }
        return vector;
    }

    /** Some of it beyond what a byte holds. */
    private List<Float> large() {
        return vector().stream().map(component -> 128 + 90 * component).toList();
    }

    private PointId id() {
        return PointIdFactory.id(random.nextInt(POINTS));
    }

    private List<List<Float>> rows() {
        List<List<Float>> rows = new ArrayList<>();
        for (int row = random.nextInt(4); row >= 0; row--) {
            rows.add(vector().subList(0, 3));
        }
        return rows;
    }

    private List<Float> values(int count) {
        List<Float> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(random.nextFloat());
        }
        return values;
    }

    /** In no order. */
    private List<Integer> indices(int count) {
        Set<Integer> indices = new LinkedHashSet<>();
        while (indices.size() < count) {
            indices.add(random.nextInt(30) * 140_000_000);
        }
        return List.copyOf(indices);
    }

    private String using() {
        return List.of(DENSE, WORDS, ROWS, BYTES).get(random.nextInt(4));
    }

    private VectorInput input(String using) {
        return switch (random.nextBoolean() ? using : "") {
            case DENSE -> VectorInputFactory.vectorInput(vector());
            case BYTES -> VectorInputFactory.vectorInput(large());
            case WORDS -> VectorInputFactory.vectorInput(values(4), indices(4));
            case ROWS -> VectorInputFactory.multiVectorInput(rows());
            default -> VectorInputFactory.vectorInput(id());
        };
    }

    private QueryPoints query() {
        QueryPoints.Builder query = QueryPoints.newBuilder()
                .setCollectionName("agree")
                .setLimit(1 + random.nextInt(20))
                .setOffset(random.nextInt(4));
        int prefetches = random.nextInt(2) == 0 ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < prefetches; i++) {
            String using = using();
            query.addPrefetch(PrefetchQuery.newBuilder()
                    .setQuery(kind(0, using))
                    .setUsing(using)
                    .setLimit(5 + random.nextInt(30)));
        }
        if (random.nextInt(3) == 0) {
            query.setFilter(Filter.newBuilder().addMust(ConditionFactory.match("g", random.nextInt(7))));
        }
        String using = using();
        return query.setQuery(kind(prefetches, using)).setUsing(using).build();
    }

    private Query kind(int prefetches, String using) {
        Query.Builder query = Query.newBuilder();
        if (prefetches > 0 && random.nextBoolean()) {
            return switch (random.nextInt(4)) {
                case 0 -> query.setFusion(Fusion.RRF).build();
                case 1 -> query.setFusion(Fusion.DBSF).build();
                case 2 -> {
                    Rrf.Builder rrf = Rrf.newBuilder().setK(1 + random.nextInt(60));
                    for (int i = 0; i < prefetches; i++) {
                        rrf.addWeights(random.nextFloat());
                    }
                    yield query.setRrf(rrf).build();
                }
                default -> query.setFormula(formula()).build();
            };
        }
        return switch (random.nextInt(6)) {
            case 0 ->
                query.setRecommend(RecommendInput.newBuilder()
                                .addPositive(input(using))
                                .addNegative(input(using))
                                // rows have no average
                                .setStrategy(RecommendStrategy.forNumber(
                                        using.equals(ROWS) ? 1 + random.nextInt(2) : random.nextInt(3))))
                        .build();
            case 1 ->
                query.setDiscover(DiscoverInput.newBuilder()
                                .setTarget(input(using))
                                .setContext(context(using)))
                        .build();
            case 2 -> query.setContext(context(using)).build();
            case 3 ->
                query.setNearestWithMmr(NearestInputWithMmr.newBuilder()
                                .setNearest(input(using))
                                .setMmr(Mmr.newBuilder()
                                        .setDiversity(random.nextFloat())
                                        .setCandidatesLimit(40)))
                        .build();
            case 4 ->
                query.setRelevanceFeedback(RelevanceFeedbackInput.newBuilder()
                                .setTarget(input(using))
                                .addFeedback(FeedbackItem.newBuilder()
                                        .setExample(input(using))
                                        .setScore(0.9f))
                                .addFeedback(FeedbackItem.newBuilder()
                                        .setExample(input(using))
                                        .setScore(0.2f))
                                .setStrategy(FeedbackStrategy.newBuilder()
                                        .setNaive(NaiveFeedbackStrategy.newBuilder()
                                                .setA(1)
                                                .setB(0.5f)
                                                .setC(0.3f))))
                        .build();
            default -> query.setNearest(input(using)).build();
        };
    }

    private ContextInput context(String using) {
        return ContextInput.newBuilder()
                .addPairs(
                        ContextInputPair.newBuilder().setPositive(input(using)).setNegative(input(using)))
                .build();
    }

    private static Formula formula() {
        return Formula.newBuilder()
                .setExpression(Expression.newBuilder()
                        .setSum(SumExpression.newBuilder()
                                .addSum(Expression.newBuilder().setVariable("$score"))
                                .addSum(Expression.newBuilder()
                                        .setMult(MultExpression.newBuilder()
                                                .addMult(Expression.newBuilder().setConstant(0.5f))
                                                .addMult(Expression.newBuilder()
                                                        .setCondition(ConditionFactory.match("g", 3)))))
                                .addSum(Expression.newBuilder()
                                        .setGaussDecay(DecayParamsExpression.newBuilder()
                                                .setX(Expression.newBuilder().setVariable("n"))
                                                .setScale(0.3f)))))
                .build();
    }
}
