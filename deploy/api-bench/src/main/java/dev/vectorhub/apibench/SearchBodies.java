package dev.vectorhub.apibench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.SearchPoints;
import io.qdrant.client.grpc.Points.SearchResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The held-out queries of a data set, ten points each, in the form of a transport. */
final class SearchBodies implements Work {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Load.Transport transport;
    private final String path;
    private final byte[][] bodies = new byte[DataSet.QUERIES][];
    private final int[] found = new int[DataSet.QUERIES * Truth.K];
    private boolean look;

    SearchBodies(Load.Transport transport, DataSet set, String collection, int beam) {
        this.transport = transport;
        this.path = transport == Load.Transport.REST
                ? "POST /collections/" + collection + "/points/search"
                : "/qdrant.Points/Search";
        DataSet.Vectors vectors = set.vectors();
        for (int q = 0; q < bodies.length; q++) {
            float[] query = vectors.query(q);
            bodies[q] = transport == Load.Transport.REST ? json(query, beam) : message(query, collection, beam);
        }
    }

    Load.Transport transport() {
        return transport;
    }

    private static byte[] json(float[] query, int beam) {
        return ("{\"vector\":" + Arrays.toString(query) + ",\"limit\":" + Truth.K + ",\"params\":{\"hnsw_ef\":" + beam
                        + "}}")
                .replace(", ", ",")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] message(float[] query, String collection, int beam) {
        SearchPoints.Builder search = SearchPoints.newBuilder()
                .setCollectionName(collection)
                .setLimit(Truth.K)
                .setParams(SearchParams.newBuilder().setHnswEf(beam));
        for (float component : query) {
            search.addVector(component);
        }
        return search.build().toByteArray();
    }

    /** Asks each query once. */
    double recall(Load load, int connections, Truth truth) {
        Arrays.fill(found, -1);
        look = true;
        load.run(connections, this, 0, DataSet.QUERIES);
        look = false;
        return truth.recall(0, found);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public int size(long request) {
        return body(request).length;
    }

    @Override
    public void write(long request, ByteBuffer out) {
        out.put(body(request));
    }

    private byte[] body(long request) {
        return bodies[(int) (request % bodies.length)];
    }

    @Override
    public void answered(long request, ByteBuffer body) {
        if (!look) {
            return;
        }
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        int at = (int) (request % bodies.length) * Truth.K;
        try {
            if (transport == Load.Transport.REST) {
                for (JsonNode point : JSON.readTree(bytes).path("result")) {
                    found[at++] = point.path("id").asInt(-1);
                }
            } else {
                for (var point : SearchResponse.parseFrom(bytes).getResultList()) {
                    found[at++] = (int) point.getId().getNum();
                }
            }
        } catch (IOException e) {
            throw new Failure("an answer is not what the API promises: " + e.getMessage(), e);
        }
    }
}
