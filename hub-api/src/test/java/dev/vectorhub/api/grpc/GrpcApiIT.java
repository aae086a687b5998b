package dev.vectorhub.api.grpc;

import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.range;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.Calls;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.QuantizationConfig;
import io.qdrant.client.grpc.Collections.QuantizationType;
import io.qdrant.client.grpc.Collections.ScalarQuantization;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SearchPoints;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tenant API over gRPC with Qdrant's own Java client, against the real services, database and engine. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class GrpcApiIT {

    private static final String PLAN = "grpc-it";

    @Inject
    Tenants tenants;

    @Inject
    PlanService plans;

    @Inject
    GrpcServer server;

    private ManagedChannel channel;
    private TenantId tenant;
    private QdrantClient client;

    @BeforeEach
    void connect() {
        plan(PLAN, new Limits(100, 1_000_000, 1L << 40, 10_000_000));
        channel = Calls.channel(server.port());
        tenant = tenants.active(PLAN, PLAN);
        client = client(tenants.key(tenant).secret());
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    private void plan(String name, Limits limits) {
        plans.put(new PlanSpec(name, name, limits, IsolationMode.COLLECTION), new Change(Tenants.TEST, "test", null));
    }

    private QdrantClient client(String key) {
        return new QdrantClient(
                QdrantGrpcClient.newBuilder(channel).withApiKey(key).build());
    }

    private static <T> T get(Future<T> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static StatusRuntimeException refused(Future<?> answer) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> answer.get(30, TimeUnit.SECONDS));
        return (StatusRuntimeException) Objects.requireNonNull(failed.getCause());
    }

    private static void refused(Status.Code code, String sentence, Future<?> answer) {
        StatusRuntimeException refusal = refused(answer);
        assertEquals(code, refusal.getStatus().getCode(), refusal.getMessage());
        assertTrue(String.valueOf(refusal.getStatus().getDescription()).contains(sentence), refusal.getMessage());
    }

    private void points() throws Exception {
        get(client.createCollectionAsync(
                "docs",
                VectorParams.newBuilder().setSize(4).setDistance(Distance.Dot).build()));
        get(client.upsertAsync(
                "docs",
                List.of(
                        PointStruct.newBuilder()
                                .setId(id(1))
                                .setVectors(vectors(1f, 0f, 0f, 0f))
                                .putAllPayload(Map.of(
                                        "city", value("Berlin"),
                                        "n", value(7),
                                        "x", value(0.5),
                                        "tags", list(List.of(value("a"), value(true)))))
                                .build(),
                        PointStruct.newBuilder()
                                .setId(id(2))
                                .setVectors(vectors(0f, 1f, 0f, 0f))
                                .putAllPayload(Map.of("city", value("London"), "n", value(9)))
                                .build(),
                        PointStruct.newBuilder()
                                .setId(id(UUID.fromString("936da01f-9abd-4d9d-80c7-02af85c822a8")))
                                .setVectors(vectors(0f, 0f, 1f, 0f))
                                .build())));
    }

    @Test
    void tellsItsVersionAndHealthToAnybody() throws Exception {
        try (QdrantClient nobody = new QdrantClient(
                QdrantGrpcClient.newBuilder(channel, false, false).build())) {
            assertEquals("1.19.0", get(nobody.healthCheckAsync()).getVersion());
            refused(Status.Code.UNAUTHENTICATED, "Must provide an API key", nobody.listCollectionsAsync());
        }
    }

    @Test
    void readsWhatItWrote() throws Exception {
        points();
        List<RetrievedPoint> found = get(client.retrieveAsync("docs", List.of(id(2), id(1)), true, true, null));
        assertEquals(
                List.of(id(2), id(1)), found.stream().map(RetrievedPoint::getId).toList());
        RetrievedPoint first = found.get(1);
        assertEquals(value("Berlin"), first.getPayloadMap().get("city"));
        assertEquals(value(7), first.getPayloadMap().get("n"));
        assertEquals(value(0.5), first.getPayloadMap().get("x"));
        assertEquals(
                list(List.of(value("a"), value(true))), first.getPayloadMap().get("tags"));
        assertEquals(
                List.of(1f, 0f, 0f, 0f),
                first.getVectors().getVector().getDense().getDataList());

        ScrollResponse page = get(client.scrollAsync(
                ScrollPoints.newBuilder().setCollectionName("docs").setLimit(2).build()));
        assertEquals(2, page.getResultCount());
        assertEquals(
                "936da01f-9abd-4d9d-80c7-02af85c822a8", page.getNextPageOffset().getUuid());
        assertEquals(3, get(client.countAsync("docs")));
    }

    @Test
    void searchesWithFilters() throws Exception {
        points();
        List<ScoredPoint> all = get(client.queryAsync(QueryPoints.newBuilder()
                .setCollectionName("docs")
                .setQuery(nearest(0.9f, 0.8f, 0.7f, 0f))
                .setLimit(2)
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .setWithVectors(WithVectorsSelectorFactory.enable(true))
                .build()));
        assertEquals(List.of(id(1), id(2)), all.stream().map(ScoredPoint::getId).toList());
        assertEquals(0.9f, all.getFirst().getScore());
        assertEquals(value("Berlin"), all.getFirst().getPayloadMap().get("city"));
        List<ScoredPoint> filtered = get(client.searchAsync(SearchPoints.newBuilder()
                .setCollectionName("docs")
                .addAllVector(List.of(1f, 1f, 1f, 1f))
                .setLimit(10)
                .setFilter(Filter.newBuilder()
                        .addMust(matchKeyword("city", "London"))
                        .addMust(range("n", Range.newBuilder().setGte(8).build())))
                .build()));
        assertEquals(List.of(id(2)), filtered.stream().map(ScoredPoint::getId).toList());
        assertEquals(
                2,
                get(client.queryBatchAsync(
                                "docs",
                                List.of(
                                        QueryPoints.newBuilder()
                                                .setQuery(nearest(1f, 0f, 0f, 0f))
                                                .build(),
                                        QueryPoints.newBuilder()
                                                .setQuery(nearest(id(1)))
                                                .setLimit(1)
                                                .build())))
                        .size());
    }

    @Test
    void changesAndDeletes() throws Exception {
        points();
        assertEquals(
                UpdateStatus.Completed,
                get(client.setPayloadAsync("docs", Map.of("seen", value(true)), id(1), true, null, null))
                        .getStatus());
        assertEquals(
                value(true),
                get(client.retrieveAsync("docs", id(1), null))
                        .getFirst()
                        .getPayloadMap()
                        .get("seen"));
        PointsSelector first = PointsSelector.newBuilder()
                .setPoints(PointsIdsList.newBuilder().addIds(id(1)))
                .build();
        // As in Qdrant, which takes no notice of the key where the whole payload is replaced.
        get(client.overwritePayloadAsync("docs", Map.of("only", value(1)), first, true, "below", null, null));
        assertEquals(
                Map.of("only", value(1)),
                get(client.retrieveAsync("docs", id(1), null)).getFirst().getPayloadMap());
        get(client.deletePayloadAsync("docs", List.of("city"), id(2), true, null, null));
        assertEquals(
                Map.of("n", value(9)),
                get(client.retrieveAsync("docs", id(2), null)).getFirst().getPayloadMap());
        get(client.clearPayloadAsync("docs", id(1), true, null, null));
        assertEquals(
                Map.of(),
                get(client.retrieveAsync("docs", id(1), null)).getFirst().getPayloadMap());
        get(client.createPayloadIndexAsync("docs", "n", PayloadSchemaType.Integer, null, true, null, null));
        assertEquals(
                PayloadSchemaType.Integer,
                Objects.requireNonNull(get(client.getCollectionInfoAsync("docs"))
                                .getPayloadSchemaMap()
                                .get("n"))
                        .getDataType());
        get(client.deletePayloadIndexAsync("docs", "n", true, null, null));
        get(client.deleteAsync("docs", List.of(id(1))));
        get(client.deleteAsync(
                "docs",
                Filter.newBuilder()
                        .addMust(range("n", Range.newBuilder().setGt(1).build()))
                        .build()));
        assertEquals(1, get(client.countAsync("docs")));
    }

    @Test
    void collectionsKeepTheirConfiguration() throws Exception {
        get(client.createCollectionAsync(CreateCollection.newBuilder()
                .setCollectionName("kept")
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParams(VectorParams.newBuilder()
                                .setSize(8)
                                .setDistance(Distance.Cosine)
                                .setOnDisk(true)))
                .setHnswConfig(HnswConfigDiff.newBuilder().setM(24))
                .setQuantizationConfig(QuantizationConfig.newBuilder()
                        .setScalar(ScalarQuantization.newBuilder()
                                .setType(QuantizationType.Int8)
                                .setAlwaysRam(true)))
                .putMetadata("made_by", value("grpc"))
                .build()));
        CollectionInfo info = get(client.getCollectionInfoAsync("kept"));
        assertEquals(CollectionStatus.Green, info.getStatus());
        assertTrue(info.getOptimizerStatus().getOk());
        assertEquals(24, info.getConfig().getHnswConfig().getM());
        assertEquals(200, info.getConfig().getHnswConfig().getEfConstruct());
        VectorParams vector = info.getConfig().getParams().getVectorsConfig().getParams();
        assertEquals(8, vector.getSize());
        assertEquals(Distance.Cosine, vector.getDistance());
        assertTrue(vector.getOnDisk());
        assertEquals(
                QuantizationType.Int8,
                info.getConfig().getQuantizationConfig().getScalar().getType());
        assertEquals(Map.of("made_by", value("grpc")), info.getConfig().getMetadataMap());
        assertTrue(get(client.collectionExistsAsync("kept")));
        assertEquals(List.of("kept"), get(client.listCollectionsAsync()));
        refused(
                Status.Code.ALREADY_EXISTS,
                "already exists",
                client.createCollectionAsync(
                        "kept",
                        VectorParams.newBuilder()
                                .setSize(4)
                                .setDistance(Distance.Dot)
                                .build()));
        get(client.deleteCollectionAsync("kept"));
        refused(Status.Code.NOT_FOUND, "Collection `kept` doesn't exist!", client.getCollectionInfoAsync("kept"));
    }

    @Test
    void errorsNameWhatIsWrong() throws Exception {
        points();
        refused(
                Status.Code.INVALID_ARGUMENT,
                "expected dim: 4, got 2",
                client.upsertAsync(
                        "docs",
                        List.of(PointStruct.newBuilder()
                                .setId(id(9))
                                .setVectors(vectors(1f, 2f))
                                .build())));
        refused(
                Status.Code.INVALID_ARGUMENT,
                "points[1].vectors[0]",
                client.upsertAsync(
                        "docs",
                        List.of(
                                PointStruct.newBuilder()
                                        .setId(id(8))
                                        .setVectors(vectors(1f, 2f, 3f, 4f))
                                        .build(),
                                PointStruct.newBuilder()
                                        .setId(id(9))
                                        .setVectors(vectors(Float.NaN, 0f, 0f, 0f))
                                        .build())));
        assertEquals(3, get(client.countAsync("docs")), "nothing of a refused batch is written");
        refused(
                Status.Code.NOT_FOUND,
                "No point with id 77 found",
                client.queryAsync(QueryPoints.newBuilder()
                        .setCollectionName("docs")
                        .setQuery(nearest(id(77)))
                        .build()));
        refused(
                Status.Code.UNAUTHENTICATED,
                "Invalid API key",
                client("vhk_test_none").listCollectionsAsync());
    }

    @Test
    void limitsAnswerWithWhenToRetry() {
        plan("grpc-slow", new Limits(10, 1_000, 1L << 30, 60));
        QdrantClient slow =
                client(tenants.key(tenants.active("slow", "grpc-slow")).secret());
        StatusRuntimeException denied = null;
        for (int i = 0; i < 200 && denied == null; i++) {
            denied = denied(slow);
        }
        assertNotNull(denied, "a plan of 60 requests a minute must refuse some of 200 at once");
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, denied.getStatus().getCode());
        Metadata trailers = Objects.requireNonNull(denied.getTrailers());
        assertTrue(Integer.parseInt(Objects.requireNonNull(trailers.get(ascii("retry-after")))) >= 1);
        assertNotNull(trailers.get(ascii("ratelimit-policy")));
    }

    private static @Nullable StatusRuntimeException denied(QdrantClient client) {
        try {
            get(client.listCollectionsAsync());
            return null;
        } catch (Exception e) {
            return (StatusRuntimeException) e.getCause();
        }
    }

    private static Metadata.Key<String> ascii(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @Test
    void bearerTokensAreKeysAsWell() {
        Metadata bearer = new Metadata();
        bearer.put(ascii("authorization"), "Bearer " + tenants.key(tenant).secret());
        assertEquals(
                0,
                CollectionsGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer))
                        .list(ListCollectionsRequest.getDefaultInstance())
                        .getCollectionsCount());
    }

    @Test
    void snapshotsAreMadeListedAndDeleted() throws Exception {
        points();
        var made = get(client.createSnapshotAsync("docs"));
        var listed = get(client.listSnapshotAsync("docs"));
        assertEquals(List.of(made), listed);
        assertTrue(made.getSize() > 32);
        get(client.deleteSnapshotAsync("docs", made.getName()));
        assertEquals(List.of(), get(client.listSnapshotAsync("docs")));
        refused(Status.Code.NOT_FOUND, "doesn't exist", client.deleteSnapshotAsync("docs", made.getName()));
        refused(Status.Code.NOT_FOUND, "doesn't exist", client.createSnapshotAsync("nothing"));
        refused(Status.Code.PERMISSION_DENIED, "many tenants", client.createFullSnapshotAsync());
        refused(Status.Code.PERMISSION_DENIED, "many tenants", client.listFullSnapshotAsync());
    }
}
