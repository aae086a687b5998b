package dev.vectorhub.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.graph.Clusters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Recall through the store, from the flat beginning to the graph, with filters of every width. */
class SearchQualityTest {
    private static final UUID TENANT = RandomOps.tenant(0);
    private static final UUID COLLECTION = RandomOps.collection(0, 0);
    private static final int DIMENSIONS = 32;
    private static final int POINTS = 9_000;
    private static final int QUERIES = 60;

    @TempDir
    Path directory;

    private final Clusters clusters = new Clusters(17, DIMENSIONS, 10, 40);

    private static StoreSettings settings() {
        return new StoreSettings(
                2, Compression.ZSTD, 3, new HnswConfig(16, 100, 1_000), 100, 1 << 20, 500, 1 << 30, 1 << 30);
    }

    private static PointRecord point(int i, float[] vector) {
        // every: which of 1000 slots; wide: half of the points; near: correlated with the vector
        return PointRecord.of(
                PointId.of(i),
                vector,
                "{\"every\":" + i % 1000 + ",\"wide\":" + (i % 2 == 0) + ",\"near\":" + (vector[0] > 1) + "}");
    }

    private double recall(EngineStore store, @Nullable Filter filter, List<float[]> queries) {
        // so narrow a beam with a filter that a third of the points is worth a walk
        return recall(store, filter, queries, filter == null ? 100 : 18);
    }

    private double recall(EngineStore store, @Nullable Filter filter, List<float[]> queries, int ef) {
        int found = 0;
        int wanted = 0;
        for (float[] query : queries) {
            SearchSpec spec = SearchSpec.nearest(query, 10).withEf(ef);
            spec = filter == null ? spec : spec.withFilter(filter);
            Set<PointId> exact = new HashSet<>();
            store.search(TENANT, COLLECTION, spec.exactly()).points().forEach(p -> exact.add(p.id()));
            for (ScoredPoint hit : store.search(TENANT, COLLECTION, spec).points()) {
                found += exact.contains(hit.id()) ? 1 : 0;
            }
            wanted += exact.size();
        }
        return wanted == 0 ? 0 : (double) found / wanted;
    }

    @Test
    void recallHoldsWithAndWithoutFilters() throws Exception {
        List<float[]> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            queries.add(clusters.next());
        }
        Filter wide = Filter.must(new Condition.Match("wide", new Condition.MatchValue.Bool(true)));
        Filter narrow = Filter.must(new Condition.Range("every", 10.0, null, null, null));
        Filter correlated = Filter.must(new Condition.Match("near", new Condition.MatchValue.Bool(true)));
        Filter third = Filter.must(new Condition.Range("every", 320.0, null, null, null));
        try (EngineStore store = EngineStore.open(directory, settings())) {
            store.placeTenant(1, TENANT, 1, new UUID(1, 1), IsolationMode.COLLECTION);
            store.createCollection(2, TENANT, COLLECTION, CollectionConfig.single(DIMENSIONS, Distance.COSINE));
            for (int i = 0; i < POINTS; i += 100) {
                List<PointRecord> batch = new ArrayList<>();
                for (int j = i; j < i + 100; j++) {
                    batch.add(point(j, clusters.next()));
                }
                store.upsert(3 + i, TENANT, COLLECTION, batch, Ceilings.NONE);
            }
            store.checkpoint();
            store.awaitUpkeep();
            CollectionStatus info = store.info(TENANT, COLLECTION);
            assertTrue(info.optimized());
            assertTrue(info.indexedVectors() > POINTS * 9 / 10, "indexed " + info.indexedVectors());
            assertTrue(info.segments() <= 5, "segments " + info.segments());

            SearchHits unfiltered = store.search(TENANT, COLLECTION, SearchSpec.nearest(queries.getFirst(), 10));
            assertTrue(unfiltered.vectorsScanned() < POINTS * 3 / 4, "scanned " + unfiltered.vectorsScanned());
            assertTrue(recall(store, null, queries) >= 0.98, "unfiltered");
            assertTrue(recall(store, wide, queries) >= 0.98, "half of the points");
            assertTrue(recall(store, third, queries) >= 0.98, "a third of the points");
            assertEquals(1.0, recall(store, narrow, queries), 1e-9, "one in a hundred is scanned");
            assertTrue(recall(store, correlated, queries) >= 0.98, "correlated with the vector");

            for (FieldType type : new FieldType[] {FieldType.BOOL}) {
                store.createFieldIndex(20_000, TENANT, COLLECTION, "wide", FieldSpec.of(type));
            }
            assertTrue(recall(store, wide, queries) >= 0.98, "by the field index");
            assertEquals(
                    POINTS, store.info(TENANT, COLLECTION).fields().getFirst().points());

            // deletes and updates on top of graphs
            store.deletePoints(20_001, TENANT, COLLECTION, new PointSelector.Matching(narrow));
            for (int i = 0; i < 1_000; i += 10) {
                store.upsert(20_002 + i, TENANT, COLLECTION, List.of(point(i + 5, clusters.next())), Ceilings.NONE);
            }
            assertTrue(recall(store, null, queries) >= 0.98, "after deletes");
            assertEquals(
                    0,
                    store.count(TENANT, COLLECTION, Filter.must(new Condition.Range("every", 5.0, null, null, null))));
            store.checkpoint();
        }
        try (EngineStore store = EngineStore.open(directory, settings())) {
            assertTrue(recall(store, null, queries) >= 0.98, "reopened");
            store.updateCollection(30_000, TENANT, COLLECTION, new HnswConfig(8, 60, 0));
            assertTrue(!store.info(TENANT, COLLECTION).optimized(), "graphs of other parameters are to be built");
            store.awaitUpkeep();
            assertTrue(store.info(TENANT, COLLECTION).optimized());
            assertTrue(recall(store, null, queries) >= 0.95, "with fewer links");
        }
    }

    @ParameterizedTest
    @EnumSource(Distance.class)
    void belowTheThresholdAnswersAreExact(Distance distance) {
        try (EngineStore store = EngineStore.open(directory, settings())) {
            store.placeTenant(1, TENANT, 1, new UUID(1, 1), IsolationMode.NONE);
            store.createCollection(2, TENANT, COLLECTION, CollectionConfig.single(DIMENSIONS, distance));
            for (int i = 0; i < 999; i++) {
                store.upsert(3 + i, TENANT, COLLECTION, List.of(point(i, clusters.next())), Ceilings.NONE);
            }
            store.checkpoint();
            SearchSpec spec = SearchSpec.nearest(clusters.next(), 3);
            SearchHits hits = store.search(TENANT, COLLECTION, spec);
            assertEquals(999, hits.vectorsScanned());
            assertTrue(
                    hits.bytesRead()
                            < store.search(TENANT, COLLECTION, spec.exactly()).bytesRead() / 3,
                    "codes are scanned");
            Filter wide = Filter.must(new Condition.Match("wide", new Condition.MatchValue.Bool(true)));
            for (int i = 0; i < QUERIES; i++) {
                for (int limit : new int[] {1, 10, 100, 999}) {
                    SearchSpec each = SearchSpec.nearest(clusters.next(), limit);
                    each = i % 2 == 0 ? each : each.withFilter(wide);
                    assertEquals(
                            store.search(TENANT, COLLECTION, each.exactly()).points().stream()
                                    .map(ScoredPoint::id)
                                    .toList(),
                            store.search(TENANT, COLLECTION, each).points().stream()
                                    .map(ScoredPoint::id)
                                    .toList());
                }
            }
        }
    }

    /** Codes of every kind find the near points; the vectors put them in order. */
    @ParameterizedTest
    @CsvSource({
        "NONE,0,COSINE,FLOAT32,0.98",
        "NONE,0,EUCLID,FLOAT16,0.98",
        "NONE,0,COSINE,UINT8,0.98",
        "SCALAR,0,COSINE,UINT8,0.98",
        "BINARY,0,COSINE,FLOAT16,0.8",
        "BINARY,0,EUCLID,UINT8,0.8",
        "BINARY,0,MANHATTAN,FLOAT32,0.97",
        "PRODUCT,4,DOT,FLOAT32,0.97",
        "PRODUCT,16,EUCLID,FLOAT32,0.85",
        "PRODUCT,8,MANHATTAN,UINT8,0.9"
    })
    void everyKindOfCodeFindsTheNearest(
            QuantizationConfig.Kind kind, int compression, Distance distance, Datatype datatype, double least)
            throws Exception {
        int points = 4_000;
        Supplier<float[]> next = () -> {
            float[] vector = clusters.next();
            for (int i = 0; datatype == Datatype.UINT8 && i < vector.length; i++) {
                vector[i] = 128 + 25 * vector[i];
            }
            return vector;
        };
        QuantizationConfig quantization = new QuantizationConfig(kind, compression);
        try (EngineStore store = EngineStore.open(directory, settings())) {
            store.placeTenant(1, TENANT, 1, new UUID(1, 1), IsolationMode.COLLECTION);
            store.createCollection(
                    2,
                    TENANT,
                    COLLECTION,
                    new CollectionConfig(
                            List.of(new VectorConfig(
                                    "",
                                    VectorKind.DENSE,
                                    DIMENSIONS,
                                    distance,
                                    datatype,
                                    Modifier.NONE,
                                    HnswConfig.DEFAULT)),
                            new HnswConfig(0, 0, 0, quantization),
                            IsolationMode.NONE));
            List<PointRecord> batch = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                batch.add(point(i, next.get()));
            }
            store.upsert(3, TENANT, COLLECTION, batch, Ceilings.NONE);
            store.checkpoint();
            store.awaitUpkeep();
            assertTrue(store.info(TENANT, COLLECTION).indexedVectors() > points * 9 / 10);
            store.checkpoint();
        }
        List<float[]> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            queries.add(next.get());
        }
        try (EngineStore store = EngineStore.open(directory, settings())) {
            double recall = recall(store, null, queries);
            assertTrue(recall >= least, kind + " recall " + recall);
            SearchSpec spec = SearchSpec.nearest(queries.getFirst(), 10);
            assertTrue(store.search(TENANT, COLLECTION, spec).vectorsScanned() < points / 2, "walks");
            SearchSpec byVectors = spec.withQuantization(new QuantizationSearch(true, false, 0));
            assertEquals(
                    store.search(TENANT, COLLECTION, spec.exactly()).points().getFirst(),
                    store.search(TENANT, COLLECTION, byVectors).points().getFirst());
            SearchHits unsure =
                    store.search(TENANT, COLLECTION, spec.withQuantization(new QuantizationSearch(false, false, 0)));
            assertEquals(10, unsure.points().size());
            // codes of another kind are built in the place of these
            store.updateCollection(9, TENANT, COLLECTION, new HnswConfig(0, 0, 0, QuantizationConfig.SCALAR));
            store.awaitUpkeep();
            assertTrue(recall(store, null, queries) >= 0.98, "scalar");
        }
    }

    /** As good as a fresh build: what died is left out, what came is linked in. */
    @Test
    void recallHoldsWhenHalfIsReplaced() throws Exception {
        int points = 5_000;
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            vectors.add(clusters.next());
        }
        List<float[]> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            queries.add(clusters.next());
        }
        double[] recalls = new double[2];
        for (int round = 0; round < 2; round++) {
            boolean replaced = round == 1;
            try (EngineStore store = EngineStore.open(directory.resolve("r" + round), settings())) {
                store.placeTenant(1, TENANT, 1, new UUID(1, 1), IsolationMode.COLLECTION);
                store.createCollection(2, TENANT, COLLECTION, CollectionConfig.single(DIMENSIONS, Distance.COSINE));
                long index = 3;
                if (replaced) {
                    fill(store, index++, vectors, i -> i % 2 == 0 ? vectors.get(i) : clusters.next());
                    store.checkpoint();
                    store.awaitUpkeep();
                    List<PointId> odd = new ArrayList<>();
                    for (int i = 1; i < points; i += 2) {
                        odd.add(PointId.of(i));
                    }
                    store.deletePoints(index++, TENANT, COLLECTION, new PointSelector.Ids(odd));
                    store.checkpoint();
                    store.awaitUpkeep();
                }
                fill(store, index, vectors, i -> replaced && i % 2 == 0 ? null : vectors.get(i));
                store.checkpoint();
                store.awaitUpkeep();
                assertEquals(points, store.info(TENANT, COLLECTION).points());
                recalls[round] = recall(store, null, queries);
            }
        }
        assertTrue(recalls[1] >= recalls[0] - 0.005, "fresh " + recalls[0] + ", replaced " + recalls[1]);
    }

    private static void fill(
            EngineStore store, long index, List<float[]> vectors, IntFunction<float @Nullable []> vectorOf) {
        List<PointRecord> batch = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            float[] vector = vectorOf.apply(i);
            if (vector != null) {
                batch.add(point(i, vector));
            }
        }
        store.upsert(index, TENANT, COLLECTION, batch, Ceilings.NONE);
    }
}
