package dev.vectorhub.engine.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random queries of every kind against brute force in binary64: same points, same order, same scores. */
class QueryPropertyTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID COLLECTION = new UUID(1, 2);
    private static final int SIZE = 4;
    private static final int POINTS = 120;
    private static final int QUERIES = 40;
    private static final double NEAR = 1e-4;

    private final Map<PointId, Doc> docs = new TreeMap<>();
    private Distance distance = Distance.DOT;
    private boolean multi;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Doc(VectorValue vector, int group, double price) {}

    private record Scored(PointId id, double score) {}

    @Property(tries = 12)
    void agreesWithBruteForce(@ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("query");
        Random random = new Random(seed);
        distance = List.of(Distance.values()).get(random.nextInt(4));
        multi = random.nextInt(3) == 0;
        docs.clear();
        StoreSettings settings = new StoreSettings(1, Compression.LZ4, 3, new HnswConfig(4, 20, 25_000), 50, 4096, 100);
        try (EngineStore store = EngineStore.open(directory, settings)) {
            store.placeTenant(1, TENANT, 1, new UUID(9, 9), IsolationMode.NONE);
            store.createCollection(
                    2,
                    TENANT,
                    COLLECTION,
                    new CollectionConfig(
                            List.of(
                                    multi
                                            ? VectorConfig.multi("", SIZE, distance)
                                            : new VectorConfig("", SIZE, distance)),
                            HnswConfig.DEFAULT,
                            IsolationMode.NONE));
            fill(store, random);
            for (int i = 0; i < QUERIES; i++) {
                QuerySpec spec = spec(random, 0);
                compare(store, spec);
            }
        } finally {
            Layout.erase(directory);
        }
    }

    private void fill(EngineStore store, Random random) {
        long index = 3;
        for (int i = 0; i < POINTS; i++) {
            PointId id = random.nextInt(6) == 0 ? PointId.of(new UUID(5, i)) : PointId.of(i);
            Doc doc = new Doc(value(random), random.nextInt(5), random.nextInt(40) / 4.0);
            docs.put(id, doc);
            byte[] payload =
                    ("{\"g\":" + doc.group() + ",\"price\":" + doc.price() + "}").getBytes(StandardCharsets.UTF_8);
            store.upsert(
                    index++,
                    TENANT,
                    COLLECTION,
                    List.of(new PointRecord(
                            id, List.of(new dev.vectorhub.engine.core.NamedVector("", doc.vector())), payload)),
                    Ceilings.NONE);
            if (random.nextInt(50) == 0) {
                store.checkpoint();
            }
            if (random.nextInt(20) == 0) {
                store.deletePoints(index++, TENANT, COLLECTION, new PointSelector.Ids(List.of(id)));
                docs.remove(id);
            }
        }
    }

    /** Of a collection of multi-vectors mostly several rows. */
    private VectorValue value(Random random) {
        if (!multi || random.nextInt(4) == 0) {
            return new VectorValue.Dense(vector(random));
        }
        int rows = 1 + random.nextInt(4);
        float[] all = new float[rows * SIZE];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) random.nextGaussian();
        }
        return new VectorValue.Multi(all, rows);
    }

    private static float[] vector(Random random) {
        float[] vector = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private QuerySpec spec(Random random, int depth) {
        boolean nested = depth < 2 && random.nextInt(3) == 0;
        List<QuerySpec> prefetch = new ArrayList<>();
        for (int i = nested ? 1 + random.nextInt(3) : 0; i > 0; i--) {
            prefetch.add(spec(random, depth + 1));
        }
        Filter filter = random.nextInt(3) == 0
                ? Filter.must(new Condition.Match("g", new MatchValue.Int(random.nextInt(5))))
                : null;
        SearchSpec base = new SearchSpec(
                "",
                new SearchSpec.Query.ByVector(new VectorValue.Dense(new float[0])),
                filter,
                1 + random.nextInt(20),
                depth == 0 ? random.nextInt(4) : 0,
                null,
                0,
                false,
                false,
                QuantizationSearch.DEFAULT,
                PayloadSelection.NONE,
                VectorSelection.NONE);
        return new QuerySpec(base, query(random, prefetch.size()), prefetch);
    }

    private Query query(Random random, int prefetches) {
        if (prefetches > 0 && random.nextInt(2) == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Query.Rrf(1 + random.nextInt(60), List.of());
                case 1 -> new Query.Dbsf();
                default ->
                    new Query.Formula(
                            new Expression.Sum(List.of(
                                    new Expression.Score(0, "$score"),
                                    new Expression.Product(
                                            List.of(new Expression.Constant(0.25), new Expression.Variable("price"))),
                                    new Expression.Decay(
                                            List.of(Expression.Curve.values()).get(random.nextInt(3)),
                                            new Expression.Variable("price"),
                                            new Expression.Constant(3),
                                            2,
                                            0.5),
                                    new Expression.Holds(new Condition.Match("g", new MatchValue.Int(1))))),
                            Map.of());
            };
        }
        return switch (random.nextInt(7)) {
            case 0 -> new Query.Recommend(inputs(random, 1), inputs(random, 0), Query.Strategy.AVERAGE_VECTOR);
            case 1 -> new Query.Recommend(inputs(random, 1), inputs(random, 0), Query.Strategy.BEST_SCORE);
            case 2 -> new Query.Recommend(inputs(random, 0), inputs(random, 1), Query.Strategy.SUM_SCORES);
            case 3 -> new Query.Discover(input(random), pairs(random, 0));
            case 4 ->
                new Query.Feedback(
                        input(random),
                        List.of(
                                new Query.Rated(input(random), random.nextFloat()),
                                new Query.Rated(input(random), random.nextFloat())),
                        0.7f,
                        1.5f,
                        0.3f);
            case 5 -> new Query.ById();
            default -> new Query.Nearest(input(random));
        };
    }

    private Query.Input input(Random random) {
        if (random.nextInt(3) == 0) {
            List<PointId> ids = List.copyOf(docs.keySet());
            return new Query.Input.OfPoint(ids.get(random.nextInt(ids.size())));
        }
        return new Query.Input.OfVector(value(random));
    }

    private List<Query.Input> inputs(Random random, int least) {
        List<Query.Input> inputs = new ArrayList<>();
        for (int i = least + random.nextInt(3); i > 0; i--) {
            inputs.add(input(random));
        }
        return inputs;
    }

    private List<Query.Pair> pairs(Random random, int least) {
        List<Query.Pair> pairs = new ArrayList<>();
        for (int i = least + random.nextInt(3); i > 0; i--) {
            pairs.add(new Query.Pair(input(random), input(random)));
        }
        return pairs;
    }

    // ---- the oracle

    private void compare(EngineStore store, QuerySpec spec) {
        List<Scored> expected = oracle(spec, Set.copyOf(docs.keySet()), true);
        List<ScoredPoint> found = store.query(TENANT, COLLECTION, spec).points();
        assertEquals(expected.size(), found.size(), spec::toString);
        Map<PointId, Double> scores =
                expected.stream().collect(Collectors.toMap(Scored::id, Scored::score, (a, b) -> a));
        for (int i = 0; i < found.size(); i++) {
            double wanted = expected.get(i).score();
            double got = found.get(i).score();
            int place = i;
            assertEquals(wanted, got, NEAR * Math.max(1, Math.abs(wanted)), () -> "place " + place + " of " + spec);
            Double own = scores.get(found.get(i).id());
            // where rounding makes neighbours change places, their scores are the same to the eye
            assertTrue(
                    own == null || Math.abs(own - got) <= NEAR * Math.max(1, Math.abs(own)),
                    () -> found.get(place) + " of " + spec);
        }
    }

    private List<Scored> oracle(QuerySpec spec, Set<PointId> allowed, boolean root) {
        Filter filter = spec.base().filter();
        Set<PointId> matching = allowed.stream()
                .filter(id -> filter == null || matches(filter, java.util.Objects.requireNonNull(docs.get(id))))
                .collect(Collectors.toSet());
        List<List<Scored>> sources = new ArrayList<>();
        for (QuerySpec prefetch : spec.prefetch()) {
            sources.add(oracle(prefetch, matching, false));
        }
        List<Scored> all = switch (spec.query()) {
            case Query.Rrf rrf -> rrf(sources, rrf.k());
            case Query.Dbsf dbsf -> dbsf(sources, spec.prefetch());
            case Query.Formula formula -> formula(sources, formula);
            default -> {
                Set<PointId> candidates = matching;
                if (!sources.isEmpty()) {
                    candidates = sources.stream()
                            .flatMap(List::stream)
                            .map(Scored::id)
                            .collect(Collectors.toSet());
                }
                yield leaf(spec.query(), candidates);
            }
        };
        int offset = root ? spec.base().offset() : 0;
        return all.stream().skip(offset).limit(spec.base().limit()).toList();
    }

    private static boolean matches(Filter filter, Doc doc) {
        Condition.Match match = (Condition.Match) filter.must().getFirst();
        return ((MatchValue.Int) match.value()).value() == doc.group();
    }

    /** Both are rows, one after another: for each of {@code a} the nearest of {@code b}. */
    private double similarity(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i += SIZE) {
            double best = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < b.length; j += SIZE) {
                best = Math.max(best, similarity(a, i, b, j));
            }
            sum += best;
        }
        return sum;
    }

    private double similarity(double[] a, int from, double[] b, int start) {
        double sum = 0;
        for (int c = 0; c < SIZE; c++) {
            double x = a[from + c];
            double y = b[start + c];
            sum += switch (distance) {
                case COSINE, DOT -> x * y;
                case EUCLID -> -(x - y) * (x - y);
                case MANHATTAN -> -Math.abs(x - y);
            };
        }
        return sum;
    }

    private double[] stored(VectorValue vector) {
        return switch (vector) {
            case VectorValue.Dense(float[] components) -> stored(components);
            case VectorValue.Multi rows -> stored(rows.components());
            case VectorValue.Sparse _ -> throw new AssertionError("none here");
        };
    }

    private double[] stored(float[] vector) {
        double[] stored = new double[vector.length];
        for (int from = 0; from < vector.length; from += SIZE) {
            double norm = 0;
            for (int i = from; i < from + SIZE; i++) {
                norm += (double) vector[i] * vector[i];
            }
            for (int i = from; i < from + SIZE; i++) {
                stored[i] = distance == Distance.COSINE ? vector[i] / Math.sqrt(norm) : vector[i];
            }
        }
        return stored;
    }

    private double[] vector(Query.Input input) {
        return switch (input) {
            case Query.Input.OfVector(VectorValue given) -> stored(given);
            case Query.Input.OfPoint(PointId id) ->
                stored(java.util.Objects.requireNonNull(docs.get(id)).vector());
        };
    }

    private List<Scored> leaf(Query query, Set<PointId> candidates) {
        Set<PointId> named = named(query);
        List<Scored> scored = new ArrayList<>();
        for (PointId id : new java.util.TreeSet<>(candidates)) {
            if (!named.contains(id)) {
                double[] vector =
                        stored(java.util.Objects.requireNonNull(docs.get(id)).vector());
                scored.add(new Scored(id, score(query, vector)));
            }
        }
        boolean up = higherIsBetter(query);
        scored.sort((a, b) -> {
            int order = up ? Double.compare(b.score(), a.score()) : Double.compare(a.score(), b.score());
            return order != 0 ? order : a.id().compareTo(b.id());
        });
        return scored;
    }

    private boolean higherIsBetter(Query query) {
        boolean shownAsDistance = query instanceof Query.Nearest
                || (query instanceof Query.Recommend r && r.strategy() == Query.Strategy.AVERAGE_VECTOR);
        return !shownAsDistance || distance.higherIsBetter();
    }

    private static Set<PointId> named(Query query) {
        List<Query.Input> inputs = new ArrayList<>();
        switch (query) {
            case Query.Nearest n -> inputs.add(n.input());
            case Query.Recommend r -> {
                inputs.addAll(r.positive());
                inputs.addAll(r.negative());
            }
            case Query.Discover d -> {
                inputs.add(d.target());
                d.context().forEach(pair -> inputs.addAll(List.of(pair.positive(), pair.negative())));
            }
            case Query.Feedback f -> {
                inputs.add(f.target());
                f.examples().forEach(rated -> inputs.add(rated.example()));
            }
            default -> {}
        }
        return inputs.stream()
                .filter(Query.Input.OfPoint.class::isInstance)
                .map(input -> ((Query.Input.OfPoint) input).id())
                .collect(Collectors.toSet());
    }

    private double score(Query query, double[] vector) {
        return switch (query) {
            case Query.Nearest(Query.Input input) -> shown(similarity(vector(input), vector));
            case Query.Recommend r -> recommend(r, vector);
            case Query.Discover(Query.Input target, List<Query.Pair> context) -> {
                double rank = 0;
                for (Query.Pair pair : context) {
                    rank += Double.compare(
                            similarity(vector(pair.positive()), vector), similarity(vector(pair.negative()), vector));
                }
                yield rank + 0.5 * (sigmoid(similarity(vector(target), vector)) + 1);
            }
            case Query.Feedback f -> {
                double score = f.a() * similarity(vector(f.target()), vector);
                for (Query.Rated good : f.examples()) {
                    for (Query.Rated bad : f.examples()) {
                        if (good.rating() > bad.rating()) {
                            score += Math.pow(good.rating() - bad.rating(), f.b())
                                    * f.c()
                                    * (similarity(vector(good.example()), vector)
                                            - similarity(vector(bad.example()), vector));
                        }
                    }
                }
                yield score;
            }
            default -> 1;
        };
    }

    /** The positive rows and the negated negative ones: what Qdrant takes for the average of multi-vectors. */
    private double[] together(Query.Recommend r) {
        DoubleStream positive = r.positive().stream().flatMapToDouble(input -> Arrays.stream(vector(input)));
        DoubleStream negative = r.negative().stream()
                .flatMapToDouble(input -> Arrays.stream(vector(input)).map(x -> -x));
        return DoubleStream.concat(positive, negative).toArray();
    }

    private double recommend(Query.Recommend r, double[] vector) {
        double[] good = r.positive().stream()
                .mapToDouble(input -> similarity(vector(input), vector))
                .toArray();
        double[] bad = r.negative().stream()
                .mapToDouble(input -> similarity(vector(input), vector))
                .toArray();
        return switch (r.strategy()) {
            case BEST_SCORE -> {
                double best = Arrays.stream(good).max().orElse(Double.NEGATIVE_INFINITY);
                double worst = Arrays.stream(bad).max().orElse(Double.NEGATIVE_INFINITY);
                yield best > worst ? 0.5 * (sigmoid(best) + 1) : -0.5 * (sigmoid(worst) + 1);
            }
            case SUM_SCORES -> Arrays.stream(good).sum() - Arrays.stream(bad).sum();
            case AVERAGE_VECTOR -> {
                if (multi) {
                    yield shown(similarity(together(r), vector));
                }
                float[] average = new float[SIZE];
                for (int i = 0; i < SIZE; i++) {
                    int at = i;
                    double mean = r.positive().stream()
                            .mapToDouble(input -> vector(input)[at])
                            .average()
                            .orElseThrow();
                    average[i] = (float)
                            (r.negative().isEmpty()
                                    ? mean
                                    : 2 * mean
                                            - r.negative().stream()
                                                    .mapToDouble(input -> vector(input)[at])
                                                    .average()
                                                    .orElseThrow());
                }
                yield shown(similarity(stored(average), vector));
            }
        };
    }

    private double shown(double similarity) {
        return switch (distance) {
            case COSINE, DOT -> similarity;
            case EUCLID -> Math.sqrt(-similarity);
            case MANHATTAN -> -similarity;
        };
    }

    private static double sigmoid(double x) {
        return x / (1 + Math.abs(x));
    }

    private static List<Scored> rrf(List<List<Scored>> sources, int k) {
        Map<PointId, Double> scores = new HashMap<>();
        for (List<Scored> source : sources) {
            for (int i = 0; i < source.size(); i++) {
                scores.merge(source.get(i).id(), 1.0 / (k + i), Double::sum);
            }
        }
        return ranked(scores);
    }

    private List<Scored> dbsf(List<List<Scored>> sources, List<QuerySpec> prefetch) {
        Map<PointId, Double> scores = new HashMap<>();
        for (int s = 0; s < sources.size(); s++) {
            List<Scored> source = sources.get(s);
            double sign = higherIsBetter(prefetch.get(s).query()) ? 1 : -1;
            double[] values = source.stream().mapToDouble(x -> sign * x.score()).toArray();
            double mean = Arrays.stream(values).average().orElse(0);
            double squares =
                    Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
            double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
            for (int i = 0; i < values.length; i++) {
                double scaled = deviation < 1e-9 ? 0.5 : (values[i] - mean + 3 * deviation) / (6 * deviation);
                scores.merge(source.get(i).id(), scaled, Double::sum);
            }
        }
        return ranked(scores);
    }

    private List<Scored> formula(List<List<Scored>> sources, Query.Formula formula) {
        Map<PointId, Double> first = new LinkedHashMap<>();
        sources.getFirst().forEach(hit -> first.put(hit.id(), hit.score()));
        Map<PointId, Double> scores = new HashMap<>();
        Expression.Decay decay = (Expression.Decay)
                ((Expression.Sum) formula.expression()).terms().get(2);
        for (List<Scored> source : sources) {
            for (Scored hit : source) {
                Doc doc = java.util.Objects.requireNonNull(docs.get(hit.id()));
                double d = Math.abs(doc.price() - 3);
                double curve = switch (decay.curve()) {
                    case LINEAR -> Math.max(0, 1 - d / 4);
                    case EXPONENTIAL -> Math.pow(0.5, d / 2);
                    case GAUSSIAN -> Math.pow(0.5, d * d / 4);
                };
                scores.put(
                        hit.id(),
                        first.getOrDefault(hit.id(), 0.0) + 0.25 * doc.price() + curve + (doc.group() == 1 ? 1 : 0));
            }
        }
        return ranked(scores);
    }

    private static List<Scored> ranked(Map<PointId, Double> scores) {
        List<Scored> ranked = new ArrayList<>();
        scores.forEach((id, score) -> ranked.add(new Scored(id, score)));
        ranked.sort((a, b) -> {
            int order = Double.compare(b.score(), a.score());
            return order != 0 ? order : a.id().compareTo(b.id());
        });
        return ranked;
    }

    // ---- groups

    @Property(tries = 6)
    void groupsAgreeWithBruteForce(@ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("groups");
        Random random = new Random(seed);
        distance = Distance.DOT;
        multi = false;
        docs.clear();
        StoreSettings settings = new StoreSettings(1, Compression.LZ4, 3, new HnswConfig(4, 20, 25_000), 50, 4096, 100);
        try (EngineStore store = EngineStore.open(directory, settings)) {
            store.placeTenant(1, TENANT, 1, new UUID(9, 9), IsolationMode.NONE);
            store.createCollection(
                    2,
                    TENANT,
                    COLLECTION,
                    new CollectionConfig(
                            List.of(
                                    multi
                                            ? VectorConfig.multi("", SIZE, distance)
                                            : new VectorConfig("", SIZE, distance)),
                            HnswConfig.DEFAULT,
                            IsolationMode.NONE));
            fill(store, random);
            float[] near = vector(random);
            int groups = 1 + random.nextInt(6);
            int size = 1 + random.nextInt(30);
            QuerySpec spec = new QuerySpec(
                    SearchSpec.nearest(near, 1),
                    new Query.Nearest(new Query.Input.OfVector(new VectorValue.Dense(near))),
                    List.of());
            Map<Object, List<PointId>> expected = new LinkedHashMap<>();
            for (Scored hit : leaf(spec.query(), docs.keySet())) {
                long group =
                        java.util.Objects.requireNonNull(docs.get(hit.id())).group();
                if (expected.containsKey(group) || expected.size() < groups) {
                    List<PointId> ids = expected.computeIfAbsent(group, g -> new ArrayList<>());
                    if (ids.size() < size) {
                        ids.add(hit.id());
                    }
                }
            }
            Map<Object, List<PointId>> found = new LinkedHashMap<>();
            for (GroupHits.Group group : store.queryGroups(TENANT, COLLECTION, spec, new Grouping("g", groups, size))
                    .groups()) {
                found.put(
                        group.id(), group.points().stream().map(ScoredPoint::id).toList());
            }
            assertEquals(List.copyOf(expected.entrySet()), List.copyOf(found.entrySet()));
        } finally {
            Layout.erase(directory);
        }
    }
}
