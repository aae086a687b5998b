package dev.vectorhub.api.agree;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vector;
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
 * @param vectors by their names; where a collection has several, some points lack some
 * @param group null where it has none
 * @param price null where it has none
 * @param note words; null where it has none or where it is null
 * @param nullNote whether it is null
 */
record Doc(
        long id,
        Map<String, dev.vectorhub.api.agree.Value> vectors,
        @Nullable Long group,
        @Nullable Double price,
        List<Long> tags,
        Instant when,
        double lon,
        double lat,
        @Nullable String note,
        boolean nullNote,
        List<Item> items) {

    /** An object among several of a point. */
    record Item(long kind, long count) {}

    static final int GROUPS = 7;
    static final int KINDS = 3;
    static final Instant SPRING = Instant.parse("2024-04-01T00:00:00Z");
    static final int SECONDS = 10_000_000;
    static final List<String> WORDS = List.of("Red", "green", "apple", "PEAR", "tree");

    static List<Doc> some(int count, List<Space> spaces, Random random) {
        List<Doc> docs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            docs.add(one(i + 1, spaces, random));
        }
        return docs;
    }

    private static Doc one(long id, List<Space> spaces, Random random) {
        Map<String, dev.vectorhub.api.agree.Value> vectors = new HashMap<>();
        for (Space space : spaces) {
            if (spaces.size() == 1 || random.nextInt(9) > 0) {
                vectors.put(space.name(), space.draw(random));
            }
        }
        List<Long> tags = new ArrayList<>();
        for (int t = random.nextInt(4); t > 0; t--) {
            tags.add((long) random.nextInt(5));
        }
        List<Item> items = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            items.add(new Item(random.nextInt(KINDS), random.nextInt(10)));
        }
        int note = random.nextInt(8);
        return new Doc(
                id,
                vectors,
                random.nextInt(9) == 0 ? null : (long) random.nextInt(GROUPS),
                random.nextInt(9) == 0 ? null : random.nextInt(60) / 4.0,
                tags,
                SPRING.plusSeconds(random.nextInt(SECONDS)),
                random.nextInt(300) - 150,
                random.nextInt(140) - 70,
                note < 2 ? null : words(1 + random.nextInt(5), random),
                note == 0,
                items);
    }

    static String words(int count, Random random) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return String.join(" ", words);
    }

    PointStruct point(List<Space> spaces) {
        Map<String, Vector> named = new HashMap<>();
        for (Space space : spaces) {
            dev.vectorhub.api.agree.Value value = vectors.get(space.name());
            if (value != null) {
                named.put(space.name(), space.vector(value));
            }
        }
        Vector only = named.get("");
        return PointStruct.newBuilder()
                .setId(PointIdFactory.id(id))
                .setVectors(only == null ? VectorsFactory.namedVectors(named) : VectorsFactory.vectors(only))
                .putAllPayload(payload())
                .build();
    }

    private Map<String, Value> payload() {
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
        if (note != null) {
            payload.put("note", ValueFactory.value(note));
        } else if (nullNote) {
            payload.put("note", ValueFactory.nullValue());
        }
        payload.put(
                "items",
                ValueFactory.list(items.stream()
                        .map(item -> ValueFactory.value(Map.of(
                                "kind", ValueFactory.value(item.kind()), "count", ValueFactory.value(item.count()))))
                        .toList()));
        return payload;
    }
}
