package dev.vectorhub.api.qdrant;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.api.Calls;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.grpc.GrpcServer;
import dev.vectorhub.plan.Limits;
import io.grpc.ManagedChannel;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A read ends when its time is over or its caller is gone: half a minute of work, none of which is waited for. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class GivenUpReadsIT {

    private static final String PLAN = "given-up-it";
    private static final int SIZE = 16;
    private static final int POINTS = 800;
    private static final int ROWS = 100;
    private static final int QUERY_ROWS = 250;
    private static final int QUERIES = 500;

    @Inject
    Tenants tenants;

    @Inject
    GrpcServer grpc;

    private String key;
    private Api api;

    @BeforeEach
    void points() {
        key = tenants.key(tenants.limited(PLAN, new Limits(20, 10_000, 1L << 40, 10_000_000)))
                .secret();
        api = new Api(URI.create("http://127.0.0.1:" + RestAssured.port + "/"), key);
        api.collection("rows", "{'size':16,'distance':'Dot','multivector_config':{'comparator':'max_sim'}}");
        StringBuilder body = new StringBuilder("{'points':[");
        for (int i = 0; i < POINTS; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{'id':")
                    .append(i)
                    .append(",'vector':")
                    .append(rows(ROWS))
                    .append('}');
        }
        api.call("PUT", "/collections/rows/points?wait=true", body.append("]}").toString())
                .ok();
    }

    private static String rows(int count) {
        String row = "[" + String.join(",", Collections.nCopies(SIZE, "1")) + "]";
        return "[" + String.join(",", Collections.nCopies(count, row)) + "]";
    }

    private static String batch() {
        String search = "{'query':" + rows(QUERY_ROWS) + "}";
        return ("{'searches':[" + String.join(",", Collections.nCopies(QUERIES, search)) + "]}").replace('\'', '"');
    }

    private static boolean isReading() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().endsWith(".collection.Searching"));
    }

    private static void readingBecomes(boolean reading) {
        await().atMost(Duration.ofSeconds(15)).until(() -> isReading() == reading);
    }

    @Test
    void itsTimeIsOver() {
        api.send("POST", "/collections/rows/points/query/batch?timeout=1", batch())
                .refused(408, "Timeout error: Operation 'Search' timed out after 1 seconds");
        assertEquals(false, isReading(), "the thread that answered has read");
    }

    @Test
    void itsCallerClosesTheConnection() throws Exception {
        byte[] body = batch().getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /collections/rows/points/query/batch HTTP/1.1\r\nhost: hub\r\napi-key: " + key
                            + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            readingBecomes(true);
        }
        readingBecomes(false);
    }

    @Test
    void itsCallerCancels() throws Exception {
        ManagedChannel channel = Calls.channel(grpc.port());
        try {
            QdrantClient client = new QdrantClient(
                    QdrantGrpcClient.newBuilder(channel).withApiKey(key).build());
            float[][] rows = new float[QUERY_ROWS][SIZE];
            for (float[] row : rows) {
                Arrays.fill(row, 1);
            }
            QueryPoints query = QueryPoints.newBuilder()
                    .setCollectionName("rows")
                    .setQuery(QueryFactory.nearest(rows))
                    .build();
            Future<?> answer = client.queryBatchAsync("rows", List.copyOf(Collections.nCopies(QUERIES, query)));
            readingBecomes(true);
            answer.cancel(true);
            readingBecomes(false);
        } finally {
            channel.shutdownNow();
        }
    }
}
