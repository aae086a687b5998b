package dev.vectorhub.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.query.Grouping;
import dev.vectorhub.engine.core.query.Query;
import dev.vectorhub.engine.core.query.QuerySpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of read asks again and again whether somebody waits for it, and ends at once when nobody does. */
class GivenUpTest {
    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID COLLECTION = new UUID(2, 2);
    private static final int POINTS = 12_000;
    private static final int SIZE = 4;

    @TempDir
    Path directory;

    private static PointRecord point(int i, Random random) {
        float[] rows = new float[4 * SIZE];
        for (int c = 0; c < rows.length; c++) {
            rows[c] = random.nextFloat() - 0.5f;
        }
        return new PointRecord(
                PointId.of(i),
                List.of(
                        new NamedVector("", vector(random)),
                        new NamedVector("rows", new VectorValue.Multi(rows, 4)),
                        new NamedVector("words", new VectorValue.Sparse(new int[] {i % 3, 5 + i % 7}, new float[] {
                            random.nextFloat(), 1
                        }))),
                ("{\"n\":" + i + ",\"g\":" + i % 2000 + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static float[] vector(Random random) {
        float[] vector = new float[SIZE];
        for (int c = 0; c < SIZE; c++) {
            vector[c] = random.nextFloat() - 0.5f;
        }
        return vector;
    }

    private static SearchSpec using(String name, VectorValue query, @Nullable Filter filter, int limit) {
        SearchSpec plain = SearchSpec.nearest(new float[SIZE], limit);
        return new SearchSpec(
                name,
                new SearchSpec.Query.ByVector(query),
                filter,
                limit,
                0,
                null,
                0,
                false,
                false,
                QuantizationSearch.DEFAULT,
                PayloadSelection.NONE,
                plain.vectors());
    }

    private static Map<String, Supplier<Object>> reads(EngineStore store) {
        Map<String, Supplier<Object>> reads = new LinkedHashMap<>();
        float[] query = vector(new Random(1));
        VectorValue dense = new VectorValue.Dense(query);
        // no index knows it: payloads are read
        Filter scanned = Filter.must(new Condition.IsEmpty("other"));
        SearchSpec nearest = SearchSpec.nearest(query, 10);
        Query.Input example = new Query.Input.OfVector(dense);
        List<PointId> ids = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            ids.add(PointId.of(i));
        }
        reads.put("flat", () -> store.search(TENANT, COLLECTION, nearest.exactly()));
        SearchSpec most = SearchSpec.nearest(query, POINTS - 100).withEf(POINTS);
        reads.put("walk", () -> store.search(TENANT, COLLECTION, most));
        reads.put("filtered", () -> store.search(TENANT, COLLECTION, nearest.withFilter(scanned)));
        reads.put(
                "multi",
                () -> store.search(TENANT, COLLECTION, using("rows", new VectorValue.Multi(query, 1), null, 10)));
        reads.put(
                "sparse",
                () -> store.search(
                        TENANT,
                        COLLECTION,
                        using(
                                "words",
                                new VectorValue.Sparse(new int[] {0, 1, 2, 5, 6}, new float[] {1, 1, 1, 1, 1}),
                                null,
                                POINTS)));
        reads.put(
                "best score",
                () -> query(
                        store,
                        nearest.exactly(),
                        new Query.Recommend(List.of(example), List.of(example), Query.Strategy.BEST_SCORE)));
        reads.put(
                "context",
                () -> query(
                        store, nearest.withEf(POINTS), new Query.Context(List.of(new Query.Pair(example, example)))));
        reads.put("sample", () -> query(store, nearest, new Query.Sample(7)));
        reads.put(
                "groups",
                () -> store.queryGroups(
                        TENANT,
                        COLLECTION,
                        new QuerySpec(nearest.exactly(), new Query.Nearest(example), List.of()),
                        new Grouping("g", 1_000, 2)));
        reads.put("count", () -> store.count(TENANT, COLLECTION, scanned));
        reads.put("facet", () -> store.facet(TENANT, COLLECTION, null, "g", 10, true));
        reads.put(
                "order",
                () -> store.ordered(
                        TENANT,
                        COLLECTION,
                        null,
                        new OrderBy("n", false, null),
                        10,
                        PayloadSelection.NONE,
                        VectorSelection.NONE));
        reads.put(
                "scroll",
                () -> store.scroll(
                        TENANT, COLLECTION, scanned, null, POINTS, PayloadSelection.NONE, VectorSelection.NONE));
        reads.put(
                "retrieve", () -> store.retrieve(TENANT, COLLECTION, ids, PayloadSelection.ALL, VectorSelection.NONE));
        return reads;
    }

    private static Object query(EngineStore store, SearchSpec spec, Query query) {
        return store.query(TENANT, COLLECTION, new QuerySpec(spec, query, List.of()));
    }

    @Test
    void everyLongReadEndsWhenNobodyWaits() throws Exception {
        StoreSettings settings = new StoreSettings(
                1, Compression.LZ4, 3, new HnswConfig(4, 20, 1_000), 50, 1 << 24, 100, 1 << 30, 1 << 30);
        try (EngineStore store = EngineStore.open(directory, settings)) {
            store.placeTenant(1, TENANT, 1, new UUID(9, 9), IsolationMode.NONE);
            store.createCollection(
                    2,
                    TENANT,
                    COLLECTION,
                    new CollectionConfig(
                            List.of(
                                    new VectorConfig("", SIZE, Distance.EUCLID),
                                    VectorConfig.multi("rows", SIZE, Distance.DOT),
                                    VectorConfig.sparse("words", Modifier.NONE)),
                            HnswConfig.DEFAULT,
                            IsolationMode.NONE));
            store.createFieldIndex(3, TENANT, COLLECTION, "g", FieldSpec.of(FieldType.INTEGER));
            store.createFieldIndex(4, TENANT, COLLECTION, "n", FieldSpec.of(FieldType.INTEGER));
            Random random = new Random(3);
            List<PointRecord> points = new ArrayList<>();
            for (int i = 0; i < POINTS; i++) {
                points.add(point(i, random));
            }
            store.upsert(5, TENANT, COLLECTION, points, Ceilings.NONE);
            end(store, "in memory");
            store.deleteFieldIndex(6, TENANT, COLLECTION, "n");
            store.checkpoint();
            store.awaitUpkeep();
            store.createFieldIndex(7, TENANT, COLLECTION, "n", FieldSpec.of(FieldType.INTEGER));
            assertTrue(store.info(TENANT, COLLECTION).indexedVectors() > POINTS, "a graph is what is walked on");
            end(store, "stored");
        }
    }

    /** The third time that a read asks, it is told to end: so it asked twice before, and never again. */
    private static void end(EngineStore store, String where) {
        reads(store).forEach((name, read) -> {
            AtomicInteger asked = new AtomicInteger();
            StoreException ended = assertThrows(
                    StoreException.class,
                    () -> Pace.until(() -> asked.incrementAndGet() >= 3, read),
                    () -> name + " " + where + " asked " + asked);
            assertEquals(StoreException.Code.CANCELLED, ended.code(), name);
            assertEquals(3, asked.get(), name);
        });
    }
}
