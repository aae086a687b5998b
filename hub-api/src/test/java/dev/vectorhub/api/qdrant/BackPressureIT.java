package dev.vectorhub.api.qdrant;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.grpc.GrpcServer;
import dev.vectorhub.api.qdrant.Api.Answer;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Points.PointStruct;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * More is written than graphs are built for: whose points wait has further ones refused, is read and deletes, and writes again when
 * the graphs are there; others notice nothing, and nothing that was acknowledged is lost.
 */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class BackPressureIT {
    private static final String PLAN = "back-pressure-it";
    private static final int BATCH = 1000;
    private static final Duration WAIT = Duration.ofSeconds(60);

    @Inject
    Tenants tenants;

    @Inject
    PlanService plans;

    @Inject
    GrpcServer grpc;

    @Inject
    MeterRegistry registry;

    private int written;

    @SuppressWarnings("NullAway.Init") // by the container
    BackPressureIT() {}

    @Test
    void whoWritesTooFastIsHeldBackUntilTheGraphsAreThere() throws Exception {
        plans.put(
                new PlanSpec(PLAN, PLAN, new Limits(20, 1_000_000, 1L << 40, 10_000_000), IsolationMode.COLLECTION),
                new Change(Tenants.TEST, "test", null));
        URI root = URI.create("http://127.0.0.1:" + RestAssured.port + "/");
        String key = tenants.key(tenants.active("Fast", PLAN)).secret();
        Api fast = new Api(root, key);
        Api other = new Api(root, tenants.key(tenants.active("Slow", PLAN)).secret());
        other.collection("docs", "{'size':8,'distance':'Dot'}");
        fast.call(
                        "PUT",
                        "/collections/docs",
                        "{'vectors':{'size':8,'distance':'Dot'},'hnsw_config':{'m':4,'ef_construct':4,'full_scan_threshold':10}}")
                .ok();
        while (written <= HubServers.BACKLOG_POINTS) {
            upsert(fast).ok();
            written += BATCH;
        }
        await().atMost(WAIT).until(() -> upsertsOneMore(fast) == 503);

        Answer refused = upsert(fast);
        assertEquals(503, refused.status(), refused.text());
        assertTrue(refused.error().contains("points of the tenant wait for their graph"), refused.text());
        assertTrue(refused.error().contains("the command was not written"), refused.text());
        assertEquals("1", refused.http().headers().firstValue("Retry-After").orElse("none"));
        refusedOverGrpc(key);
        assertTrue(refusals() >= 3, "the operator sees them");
        assertEquals(
                10,
                fast.call("POST", "/collections/docs/points/query", "{'query':[1,0,0,0,0,0,0,0],'limit':10}")
                        .ok()
                        .path("points")
                        .size());
        upsert(other).ok();
        fast.call("POST", "/collections/docs/points/delete?wait=true", "{'points':[0,1,2]}")
                .ok();

        await().atMost(WAIT).until(() -> upsertsOneMore(fast) == 200);
        assertEquals(written - 3, count(fast));
        assertEquals(BATCH, count(other));
    }

    private int upsertsOneMore(Api api) {
        int status = upsert(api).status();
        written += status == 200 ? BATCH : 0;
        return status;
    }

    private Answer upsert(Api api) {
        StringBuilder points = new StringBuilder("{'points':[");
        for (int i = 0; i < BATCH; i++) {
            int id = written + i;
            points.append(i == 0 ? "" : ",").append("{'id':").append(id).append(",'vector':[1");
            for (int c = 1; c < 8; c++) {
                points.append(',').append((id * 31 * c) % 101);
            }
            points.append("]}");
        }
        return api.call("PUT", "/collections/docs/points?wait=true", points + "]}");
    }

    private double refusals() {
        return registry.counter("hub.writes.refused", "status", "503").count();
    }

    private static int count(Api api) {
        return api.call("POST", "/collections/docs/points/count", "{'exact':true}")
                .ok()
                .path("count")
                .asInt();
    }

    private void refusedOverGrpc(String key) throws InterruptedException {
        ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + grpc.port(), InsecureChannelCredentials.create())
                .build();
        try (QdrantClient client = new QdrantClient(
                QdrantGrpcClient.newBuilder(channel).withApiKey(key).build())) {
            PointStruct point = PointStruct.newBuilder()
                    .setId(PointIdFactory.id(1_000_000))
                    .setVectors(VectorsFactory.vectors(1, 0, 0, 0, 0, 0, 0, 0))
                    .build();
            ExecutionException failed = assertThrows(
                    ExecutionException.class,
                    () -> client.upsertAsync("docs", List.of(point)).get(30, TimeUnit.SECONDS));
            StatusRuntimeException refusal = assertInstanceOf(StatusRuntimeException.class, failed.getCause());
            assertEquals(Status.Code.UNAVAILABLE, refusal.getStatus().getCode(), refusal.getMessage());
            assertTrue(
                    String.valueOf(refusal.getStatus().getDescription()).contains("wait for their graph"),
                    refusal.getMessage());
            Metadata trailers = refusal.getTrailers();
            assertEquals(
                    "1",
                    trailers == null
                            ? null
                            : trailers.get(Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER)));
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
