package dev.vectorhub.api.agree;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A point.
 *
 * @param group null where it has none
 * @param price null where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // told apart by id
record Doc(
        long id,
        float[] vector,
        @Nullable Long group,
        @Nullable Double price,
        List<Long> tags,
        Instant when,
        double lon,
        double lat) {

    static final int DIMENSIONS = 5;
    static final int GROUPS = 7;
    private static final Instant SPRING = Instant.parse("2024-04-01T00:00:00Z");

    static List<Doc> some(int count, Distance distance, Random random) {
        List<Doc> docs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Long> tags = new ArrayList<>();
            for (int t = random.nextInt(4); t > 0; t--) {
                tags.add((long) random.nextInt(5));
            }
            docs.add(new Doc(
                    i + 1,
                    vector(distance, random),
                    random.nextInt(9) == 0 ? null : (long) random.nextInt(GROUPS),
                    random.nextInt(9) == 0 ? null : random.nextInt(60) / 4.0,
                    tags,
                    SPRING.plusSeconds(random.nextInt(10_000_000)),
                    random.nextInt(300) - 150,
                    random.nextInt(140) - 70));
        }
        return docs;
    }

    /** Of quarters, so that products and differences are the same in any precision and equal scores are frequent; cosine has neither. */
    static float[] vector(Distance distance, Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = distance == Distance.Cosine ? (float) random.nextGaussian() : (random.nextInt(17) - 8) / 4f;
        }
        return vector;
    }

    PointStruct point() {
        List<Float> components = new ArrayList<>();
        for (float x : vector) {
            components.add(x);
        }
        Map<String, Value> payload = new HashMap<>();
        if (group != null) {
            payload.put("g", ValueFactory.value(group));
        }
        if (price != null) {
            payload.put("n", ValueFactory.value(price));
        }
        payload.put(
                "tags", ValueFactory.list(tags.stream().map(ValueFactory::value).toList()));
        payload.put("when", ValueFactory.value(when.toString()));
        payload.put(
                "place", ValueFactory.value(Map.of("lon", ValueFactory.value(lon), "lat", ValueFactory.value(lat))));
        return PointStruct.newBuilder()
                .setId(PointIdFactory.id(id))
                .setVectors(VectorsFactory.vectors(components))
                .putAllPayload(payload)
                .build();
    }
}
