package dev.vectorhub.api.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.Calls;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.grpc.GrpcServer;
import dev.vectorhub.plan.Limits;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QuantizationSearchParams;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ReadConsistency;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.SearchMatrixOffsets;
import io.qdrant.client.grpc.Points.SearchMatrixPair;
import io.qdrant.client.grpc.Points.SearchMatrixPoints;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.WriteOrdering;
import io.qdrant.client.grpc.PointsGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tenant forbids itself, matrices, and what is said of copies: over gRPC as over REST, word for word. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class StrictModeOverGrpcIT {

    private static final String PLAN = "strict-grpc-it";

    @Inject
    Tenants tenants;

    @Inject
    GrpcServer server;

    private ManagedChannel channel;
    private PointsGrpc.PointsBlockingStub points;
    private Api rest;

    @BeforeEach
    void connect() {
        String key = tenants.key(tenants.limited(PLAN, new Limits(20, 1_000, 1L << 40, 10_000_000)))
                .secret();
        channel = Calls.channel(server.port());
        points = PointsGrpc.newBlockingStub(channel).withInterceptors(Calls.with(key));
        rest = new Api(URI.create("http://127.0.0.1:" + RestAssured.port + "/"), key);
        rest.collection("docs", "{'size':2,'distance':'Dot'}");
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    private void strict(String options) {
        rest.call("PATCH", "/collections/docs", "{'strict_mode_config':{'enabled':true," + options + "}}")
                .ok();
    }

    /** The same refusal over both. */
    private void forbidden(Runnable overGrpc, String method, String path, String body) {
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, overGrpc::run);
        Api.Answer answer = rest.call(method, "/collections/docs/" + path, body);
        assertEquals(403, answer.status(), answer.text());
        assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode(), refused.getMessage());
        assertEquals(answer.error(), refused.getStatus().getDescription());
    }

    private static QueryPoints.Builder query() {
        return QueryPoints.newBuilder().setCollectionName("docs").setQuery(QueryFactory.nearest(1f, 1f));
    }

    private static Filter filter(int ids) {
        Filter.Builder filter = Filter.newBuilder();
        for (int i = 0; i < ids; i++) {
            filter.addMust(ConditionFactory.hasId(PointIdFactory.id(1)));
        }
        return filter.build();
    }

    private static PointStruct point(long id, float x, float y) {
        return PointStruct.newBuilder()
                .setId(PointIdFactory.id(id))
                .setVectors(VectorsFactory.vectors(x, y))
                .build();
    }

    @Test
    void readsAreLimitedAlike() {
        strict(
                "'max_query_limit':5,'search_max_hnsw_ef':50,'search_allow_exact':false,'search_max_oversampling':2,"
                        + "'search_max_batchsize':1,'max_timeout':9,'filter_max_conditions':2,'unindexed_filtering_retrieve':false");
        String near = "{'query':[1,1],";
        forbidden(() -> points.query(query().setLimit(6).build()), "POST", "points/query", near + "'limit':6}");
        forbidden(
                () -> points.query(query().setParams(SearchParams.newBuilder().setHnswEf(51))
                        .build()),
                "POST",
                "points/query",
                near + "'params':{'hnsw_ef':51}}");
        forbidden(
                () -> points.query(query().setParams(SearchParams.newBuilder().setExact(true))
                        .build()),
                "POST",
                "points/query",
                near + "'params':{'exact':true}}");
        forbidden(
                () -> points.query(query().setParams(SearchParams.newBuilder()
                                .setQuantization(
                                        QuantizationSearchParams.newBuilder().setOversampling(3)))
                        .build()),
                "POST",
                "points/query",
                near + "'params':{'quantization':{'oversampling':3}}}");
        forbidden(
                () -> points.queryBatch(QueryBatchPoints.newBuilder()
                        .setCollectionName("docs")
                        .addQueryPoints(query())
                        .addQueryPoints(query())
                        .build()),
                "POST",
                "points/query/batch",
                "{'searches':[{'query':[1,1]},{'query':[1,1]}]}");
        forbidden(
                () -> points.query(query().setTimeout(10).build()),
                "POST",
                "points/query?timeout=10",
                near + "'limit':1}");
        String three = "{'must':[{'has_id':[1]},{'has_id':[1]},{'has_id':[1]}]}";
        forbidden(
                () -> points.count(CountPoints.newBuilder()
                        .setCollectionName("docs")
                        .setFilter(filter(3))
                        .build()),
                "POST",
                "points/count",
                "{'filter':" + three + "}");
        forbidden(
                () -> points.scroll(ScrollPoints.newBuilder()
                        .setCollectionName("docs")
                        .setLimit(5)
                        .setFilter(filter(3))
                        .build()),
                "POST",
                "points/scroll",
                "{'limit':5,'filter':" + three + "}");
        forbidden(
                () -> points.facet(FacetCounts.newBuilder()
                        .setCollectionName("docs")
                        .setKey("k")
                        .setLimit(6)
                        .build()),
                "POST",
                "facet",
                "{'key':'k','limit':6}");
        points.query(query().setLimit(5).setFilter(filter(2)).setTimeout(9).build());
        StatusRuntimeException unindexed = assertThrows(
                StatusRuntimeException.class,
                () -> points.query(query().setLimit(5)
                        .setFilter(Filter.newBuilder().addMust(ConditionFactory.match("n", 1)))
                        .build()));
        Api.Answer answer = rest.call(
                "POST",
                "/collections/docs/points/query",
                near + "'limit':5,'filter':{'must':[{'key':'n','match':{'value':1}}]}}");
        assertEquals(400, answer.status(), answer.text());
        assertEquals(Status.Code.INVALID_ARGUMENT, unindexed.getStatus().getCode());
        assertEquals(answer.error(), unindexed.getStatus().getDescription());
    }

    @Test
    void writesAreLimitedAlike() {
        strict("'upsert_max_batchsize':2,'filter_max_conditions':2,'max_points_count':3");
        UpsertPoints.Builder upsert =
                UpsertPoints.newBuilder().setCollectionName("docs").setWait(true);
        StringBuilder list = new StringBuilder();
        for (int i = 1; i <= 3; i++) {
            upsert.addPoints(point(i, i, 1));
            list.append(i == 1 ? "" : ",").append("{'id':").append(i).append(",'vector':[1,1]}");
        }
        forbidden(() -> points.upsert(upsert.build()), "PUT", "points", "{'points':[" + list + "]}");
        forbidden(
                () -> points.delete(DeletePoints.newBuilder()
                        .setCollectionName("docs")
                        .setPoints(PointsSelector.newBuilder().setFilter(filter(3)))
                        .build()),
                "POST",
                "points/delete",
                "{'filter':{'must':[{'has_id':[1]},{'has_id':[1]},{'has_id':[1]}]}}");
        points.upsert(upsert.clearPoints()
                .addPoints(point(1, 1, 1))
                .addPoints(point(2, 1, 1))
                .build());
        points.upsert(upsert.clearPoints().addPoints(point(3, 1, 1)).build());
        StatusRuntimeException full = assertThrows(
                StatusRuntimeException.class,
                () -> points.upsert(
                        upsert.clearPoints().addPoints(point(4, 1, 1)).build()));
        Api.Answer answer =
                rest.call("PUT", "/collections/docs/points?wait=true", "{'points':[{'id':4,'vector':[1,1]}]}");
        assertTrue(answer.status() >= 400, answer.text());
        assertEquals(answer.error(), full.getStatus().getDescription());
    }

    @Test
    void matricesAreTheSame() {
        UpsertPoints.Builder upsert =
                UpsertPoints.newBuilder().setCollectionName("docs").setWait(true);
        for (int i = 1; i <= 8; i++) {
            upsert.addPoints(point(i, i, 9 - i));
        }
        points.upsert(upsert.build());
        SearchMatrixPoints wanted = SearchMatrixPoints.newBuilder()
                .setCollectionName("docs")
                .setSample(8)
                .setLimit(3)
                .setFilter(Filter.newBuilder().addMustNot(ConditionFactory.hasId(PointIdFactory.id(8))))
                .build();
        String body = "{'sample':8,'limit':3,'filter':{'must_not':[{'has_id':[8]}]}}";
        List<String> overGrpc = new ArrayList<>();
        for (SearchMatrixPair pair :
                points.searchMatrixPairs(wanted).getResult().getPairsList()) {
            overGrpc.add(pair.getA().getNum() + "," + pair.getB().getNum() + "," + pair.getScore());
        }
        List<String> overRest = new ArrayList<>();
        for (JsonNode pair : rest.call("POST", "/collections/docs/points/search/matrix/pairs", body)
                .ok()
                .get("pairs")) {
            overRest.add(pair.get("a") + "," + pair.get("b") + ","
                    + pair.get("score").floatValue());
        }
        assertEquals(21, overRest.size());
        assertEquals(overRest, overGrpc);
        SearchMatrixOffsets offsets = points.searchMatrixOffsets(wanted).getResult();
        JsonNode shown = rest.call("POST", "/collections/docs/points/search/matrix/offsets", body)
                .ok();
        for (int i = 0; i < 21; i++) {
            assertEquals(shown.at("/offsets_row/" + i).asLong(), offsets.getOffsetsRow(i));
            assertEquals(shown.at("/offsets_col/" + i).asLong(), offsets.getOffsetsCol(i));
            assertEquals(shown.at("/scores/" + i).floatValue(), offsets.getScores(i));
        }
        for (int i = 0; i < 7; i++) {
            assertEquals(shown.at("/ids/" + i).asLong(), offsets.getIds(i).getNum());
        }
    }

    @Test
    void whatIsSaidOfCopiesIsChecked() {
        wrong(
                "ordering.type",
                () -> points.upsert(UpsertPoints.newBuilder()
                        .setCollectionName("docs")
                        .setOrdering(WriteOrdering.newBuilder().setTypeValue(7))
                        .addPoints(point(1, 1, 1))
                        .build()));
        for (ReadConsistency wrong : List.of(
                ReadConsistency.newBuilder().setTypeValue(9).build(),
                ReadConsistency.newBuilder().setFactor(0).build(),
                ReadConsistency.getDefaultInstance())) {
            wrong(
                    "read_consistency",
                    () -> points.query(query().setReadConsistency(wrong).build()));
            wrong(
                    "read_consistency",
                    () -> points.count(CountPoints.newBuilder()
                            .setCollectionName("docs")
                            .setReadConsistency(wrong)
                            .build()));
        }
        assertEquals(
                0,
                points.count(CountPoints.newBuilder().setCollectionName("docs").build())
                        .getResult()
                        .getCount());
        points.query(query().setReadConsistency(ReadConsistency.newBuilder().setFactor(2))
                .build());
    }

    private static void wrong(String field, Runnable call) {
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call::run);
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains(field), refused.getMessage());
    }
}
