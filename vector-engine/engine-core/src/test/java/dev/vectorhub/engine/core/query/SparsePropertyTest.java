package dev.vectorhub.engine.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.Modifier;
import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.PointSelector;
import dev.vectorhub.engine.core.QuantizationSearch;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorSelection;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.storage.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Searches of sparse vectors against brute force: parts in memory and on disk, deletes, filters, rarity, ties. */
class SparsePropertyTest {
    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID COLLECTION = new UUID(2, 2);
    private static final int QUERIES = 40;
    private static final String NAME = "words";

    private record Doc(@Nullable Map<Integer, Float> words, int group) {}

    private record Scored(PointId id, double score) {}

    private final Map<PointId, Doc> docs = new TreeMap<>();
    private boolean idf;

    @Property(tries = 10, afterFailure = AfterFailureMode.RANDOM_SEED)
    void agreesWithBruteForce(@ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("sparse");
        Random random = new Random(seed);
        idf = random.nextBoolean();
        docs.clear();
        StoreSettings settings = new StoreSettings(1, Compression.LZ4, 3, new HnswConfig(4, 20, 900), 50, 65_536, 100);
        try (EngineStore store = EngineStore.open(directory, settings)) {
            store.placeTenant(1, TENANT, 1, new UUID(9, 9), IsolationMode.NONE);
            VectorConfig words = VectorConfig.sparse(NAME, idf ? Modifier.IDF : Modifier.NONE);
            store.createCollection(
                    2,
                    TENANT,
                    COLLECTION,
                    new CollectionConfig(List.of(words), HnswConfig.DEFAULT, IsolationMode.NONE));
            fill(store, random, 1200 + random.nextInt(1200));
            assertTrue(store.info(TENANT, COLLECTION).indexedVectors() > 0, "lists are what is tested");
            for (int i = 0; i < QUERIES; i++) {
                compare(store, random);
            }
        } finally {
            Layout.erase(directory);
        }
    }

    /** Few values and many points: ties are common, and sums of them exact. */
    private static Map<Integer, Float> words(Random random, int most) {
        Map<Integer, Float> words = new TreeMap<>(Integer::compareUnsigned);
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            int rank = (int) Math.abs(random.nextGaussian() * 25);
            int index = rank % 5 == 0 ? -1 - rank : rank * 1000;
            words.put(index, random.nextInt(12) == 0 ? -1f : 1 + random.nextInt(4) / 2f);
        }
        return words;
    }

    private static VectorValue.Sparse vector(Map<Integer, Float> words) {
        int[] indices = words.keySet().stream().mapToInt(Integer::intValue).toArray();
        float[] values = new float[indices.length];
        int i = 0;
        for (float value : words.values()) {
            values[i++] = value;
        }
        return new VectorValue.Sparse(indices, values);
    }

    private void fill(EngineStore store, Random random, int points) {
        long index = 3;
        for (int i = 0; i < points; ) {
            List<PointRecord> batch = new ArrayList<>();
            // the first are enough for lists, whatever becomes of some of them
            for (int b = i == 0 ? 800 : random.nextInt(60); b >= 0 && i < points; b--, i++) {
                PointId id =
                        random.nextInt(5) == 0 ? PointId.of(new UUID(5, i)) : PointId.of(random.nextInt(2 * points));
                Doc doc = new Doc(random.nextInt(20) == 0 ? null : words(random, 12), random.nextInt(40));
                docs.put(id, doc);
                batch.add(new PointRecord(
                        id,
                        doc.words() == null ? List.of() : List.of(new NamedVector(NAME, vector(doc.words()))),
                        ("{\"g\":" + doc.group() + "}").getBytes(StandardCharsets.UTF_8)));
            }
            store.upsert(index++, TENANT, COLLECTION, batch, Ceilings.NONE);
            if (batch.size() > 800 || random.nextInt(12) == 0 || (i == points && random.nextBoolean())) {
                store.checkpoint();
            }
            if (random.nextInt(3) == 0) {
                PointId gone = batch.getFirst().id();
                store.deletePoints(index++, TENANT, COLLECTION, new PointSelector.Ids(List.of(gone)));
                docs.remove(gone);
            }
        }
    }

    private double weight(int index) {
        if (!idf) {
            return 1;
        }
        long n = docs.values().stream().filter(doc -> doc.words() != null).count();
        long k = docs.values().stream()
                .filter(doc -> doc.words() != null && doc.words().containsKey(index))
                .count();
        return Math.log(1 + (n - k + 0.5) / (k + 0.5));
    }

    private double score(Map<Integer, Float> query, Map<Integer, Float> words) {
        double sum = 0;
        for (Map.Entry<Integer, Float> term : query.entrySet()) {
            sum += (double) term.getValue()
                    * words.getOrDefault(term.getKey(), 0f)
                    * weights.getOrDefault(term.getKey(), 0.0);
        }
        return sum;
    }

    private final Map<Integer, Double> weights = new TreeMap<>();

    private Map<Integer, Float> wordsOf(PointId id) {
        Doc doc = docs.get(id);
        return Objects.requireNonNull(doc == null ? null : doc.words());
    }

    private void compare(EngineStore store, Random random) {
        Map<Integer, Float> words = words(random, 10);
        PointId like = null;
        if (random.nextInt(6) == 0) {
            like = docs.entrySet().stream()
                    .filter(doc -> doc.getValue().words() != null)
                    .skip(random.nextInt(50))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            words = wordsOf(like);
        }
        weights.clear();
        words.keySet().forEach(index -> weights.put(index, weight(index)));
        int group = random.nextInt(4) == 0 ? 40 : random.nextInt(40);
        @Nullable
        Filter filter = switch (random.nextInt(4)) {
            case 0 -> Filter.must(new Condition.Match("g", new MatchValue.Int(group)));
            case 1 -> Filter.mustNot(new Condition.Match("g", new MatchValue.Int(group)));
            default -> null;
        };
        Float threshold = random.nextInt(4) == 0 ? Float.valueOf(random.nextInt(5)) : null;
        int limit = random.nextInt(5) == 0 ? 5000 : 1 + random.nextInt(30);
        int offset = random.nextInt(3) == 0 ? random.nextInt(10) : 0;
        List<Scored> wanted = new ArrayList<>();
        for (Map.Entry<PointId, Doc> doc : docs.entrySet()) {
            boolean matches = filter == null
                    || (filter.must().isEmpty() != (doc.getValue().group() == group));
            if (matches && doc.getValue().words() != null && !doc.getKey().equals(like)) {
                double score = score(words, doc.getValue().words());
                // a threshold within rounding of a score decides either way
                if (score != 0 && (threshold == null || score >= threshold)) {
                    wanted.add(new Scored(doc.getKey(), score));
                }
            }
        }
        wanted.sort(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::id));
        SearchSpec spec = new SearchSpec(
                NAME,
                like == null ? new SearchSpec.Query.ByVector(vector(words)) : new SearchSpec.Query.ById(like),
                filter,
                limit,
                offset,
                threshold,
                0,
                random.nextBoolean(),
                false,
                QuantizationSearch.DEFAULT,
                PayloadSelection.NONE,
                VectorSelection.NONE);
        List<ScoredPoint> found = store.search(TENANT, COLLECTION, spec).points();
        List<Scored> window = wanted.subList(Math.min(offset, wanted.size()), Math.min(offset + limit, wanted.size()));
        assertEquals(window.size(), found.size(), spec::toString);
        for (int i = 0; i < window.size(); i++) {
            assertEquals(
                    window.get(i).score(),
                    found.get(i).score(),
                    1e-4 * (1 + Math.abs(window.get(i).score())));
            if (!idf) {
                assertEquals(window.get(i).id(), found.get(i).id(), "ties stand by id");
            } else {
                Map<Integer, Float> of = wordsOf(found.get(i).id());
                assertEquals(
                        score(words, of),
                        found.get(i).score(),
                        1e-4 * (1 + Math.abs(found.get(i).score())));
            }
        }
    }
}
