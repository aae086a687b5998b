package dev.vectorhub.api.agree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.api.Calls;
import io.grpc.ManagedChannel;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The hub over both transports, with one key. */
final class Asked {

    private static final ObjectMapper TREES = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ManagedChannel channel;
    private final QdrantClient grpc;
    private final int port;
    private final String key;

    Asked(int port, int grpcPort, String key) {
        this.port = port;
        this.key = key;
        channel = Calls.channel(grpcPort);
        grpc = new QdrantClient(
                QdrantGrpcClient.newBuilder(channel).withApiKey(key).build());
    }

    QdrantClient grpc() {
        return grpc;
    }

    <T> T done(Future<T> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    JsonNode post(String collection, String path, byte[] body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/collections/" + collection + "/" + path))
                        .header("api-key", key)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return TREES.readTree(answer.body());
    }

    void close() throws InterruptedException {
        http.close();
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
}
