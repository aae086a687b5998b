package dev.vectorhub.engine.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.PointSelector;
import dev.vectorhub.engine.core.QuantizationConfig;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.storage.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Walks by scores of several vectors: with a beam as wide as the collection they answer what looking at every point answers. */
class CombinedWalkPropertyTest {
    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID COLLECTION = new UUID(1, 2);
    private static final int SIZE = 8;
    private static final int POINTS = 1_500;
    private static final int QUERIES = 25;
    private static final int NARROW = 25;

    @Property(tries = 6, afterFailure = AfterFailureMode.RANDOM_SEED)
    void aWideBeamAnswersWhatAScanDoes(@ForAll long seed) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("combined");
        Random random = new Random(seed);
        Distance distance = Distance.values()[random.nextInt(4)];
        QuantizationConfig codes = random.nextInt(3) == 0 ? QuantizationConfig.NONE : QuantizationConfig.SCALAR;
        StoreSettings settings = new StoreSettings(
                1, Compression.LZ4, 3, new HnswConfig(16, 100, 500, codes), 50, 1 << 24, 100, 1 << 30, 1 << 30);
        try (EngineStore store = EngineStore.open(directory, settings)) {
            store.placeTenant(1, TENANT, 1, new UUID(9, 9), IsolationMode.NONE);
            store.createCollection(
                    2,
                    TENANT,
                    COLLECTION,
                    new CollectionConfig(
                            List.of(new VectorConfig("", SIZE, distance)), HnswConfig.DEFAULT, IsolationMode.NONE));
            fill(store, random);
            int found = 0;
            int wanted = 0;
            for (int i = 0; i < QUERIES; i++) {
                Query query = query(random);
                SearchSpec spec = SearchSpec.nearest(new float[SIZE], 1 + random.nextInt(12));
                int from = random.nextInt(3) * 300;
                spec = from == 0
                        ? spec
                        : spec.withFilter(Filter.must(new Condition.Range("n", null, null, (double) from, null)));
                List<ScoredPoint> exact = ask(store, spec.exactly(), query).points();
                assertEquals(
                        shown(exact),
                        shown(ask(store, spec.withEf(POINTS), query).points()),
                        query::toString);
                SearchHits narrow = ask(store, spec.withEf(NARROW), query);
                assertTrue(narrow.vectorsScanned() > 0);
                for (ScoredPoint hit : narrow.points()) {
                    found += hit.score() >= exact.getLast().score() ? 1 : 0;
                }
                wanted += exact.size();
            }
            assertTrue(found >= 0.8 * wanted, distance + ": found " + found + " of " + wanted);
        } finally {
            Layout.erase(directory);
        }
    }

    private static List<String> shown(List<ScoredPoint> points) {
        return points.stream().map(point -> point.id() + " " + point.score()).toList();
    }

    private static SearchHits ask(EngineStore store, SearchSpec spec, Query query) {
        return store.query(TENANT, COLLECTION, new QuerySpec(spec, query, List.of()));
    }

    private static void fill(EngineStore store, Random random) throws InterruptedException {
        List<PointRecord> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(PointRecord.of(PointId.of(i), vector(random), "{\"n\":" + i + "}"));
        }
        store.upsert(3, TENANT, COLLECTION, points, Ceilings.NONE);
        store.checkpoint();
        store.awaitUpkeep();
        assertTrue(store.info(TENANT, COLLECTION).indexedVectors() >= POINTS, "a graph is what is tested");
        List<PointId> gone = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            gone.add(PointId.of(random.nextInt(POINTS)));
        }
        store.deletePoints(4, TENANT, COLLECTION, new PointSelector.Ids(gone));
        // in the mutable part, beside the graph
        store.upsert(5, TENANT, COLLECTION, points.subList(100, 120), Ceilings.NONE);
    }

    private static float[] vector(Random random) {
        float[] vector = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** Points are named in places, and so left out. */
    private static Query.Input input(Random random) {
        return random.nextInt(4) == 0
                ? new Query.Input.OfPoint(PointId.of(100 + random.nextInt(20)))
                : new Query.Input.OfVector(new VectorValue.Dense(vector(random)));
    }

    private static List<Query.Input> inputs(Random random, int count) {
        List<Query.Input> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            inputs.add(input(random));
        }
        return inputs;
    }

    private static Query query(Random random) {
        List<Query.Pair> pairs = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            pairs.add(new Query.Pair(input(random), input(random)));
        }
        return switch (random.nextInt(5)) {
            case 0 ->
                new Query.Recommend(
                        inputs(random, 1 + random.nextInt(3)),
                        inputs(random, random.nextInt(3)),
                        Query.Strategy.BEST_SCORE);
            case 1 ->
                new Query.Recommend(
                        inputs(random, 1 + random.nextInt(3)),
                        inputs(random, random.nextInt(3)),
                        Query.Strategy.SUM_SCORES);
            case 2 -> new Query.Discover(input(random), pairs);
            case 3 -> new Query.Context(pairs);
            default ->
                new Query.Feedback(
                        input(random),
                        List.of(new Query.Rated(input(random), 1), new Query.Rated(input(random), 0)),
                        1,
                        1,
                        0.5f);
        };
    }
}
