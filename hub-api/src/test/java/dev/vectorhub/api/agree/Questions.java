package dev.vectorhub.api.agree;

import dev.vectorhub.api.agree.Level.Kind;
import dev.vectorhub.api.agree.Level.Order;
import dev.vectorhub.api.agree.Level.Ranking;
import dev.vectorhub.api.agree.Level.Scored;
import io.qdrant.client.grpc.Points.AcornSearchParams;
import io.qdrant.client.grpc.Points.Direction;
import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.LookupLocation;
import io.qdrant.client.grpc.Points.OrderBy;
import io.qdrant.client.grpc.Points.QuantizationSearchParams;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.Rrf;
import io.qdrant.client.grpc.Points.Sample;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.StartFrom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Random queries of every kind over the vectors of a collection, and their answers by brute force. */
final class Questions {

    private final Map<Long, Doc> docs = new HashMap<>();
    private final List<Doc> elsewhere;
    private final String other;
    private final List<Space> spaces;
    private final Random random;

    /** @param elsewhere the points of the collection {@code other}, which has the same vectors */
    Questions(Collection<Doc> docs, List<Doc> elsewhere, String other, List<Space> spaces, Random random) {
        docs.forEach(doc -> this.docs.put(doc.id(), doc));
        this.elsewhere = elsewhere;
        this.other = other;
        this.spaces = spaces;
        this.random = random;
    }

    Level level(int depth) {
        List<Level> prefetch = new ArrayList<>();
        if (depth < 3 && random.nextInt(depth == 0 ? 2 : 4) == 0) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                prefetch.add(level(depth + 1));
            }
        }
        Kind kind = !prefetch.isEmpty() && random.nextInt(3) > 0 ? merged(prefetch.size()) : plain(depth, prefetch);
        boolean thresholds = kind.order() != Order.RANDOM && random.nextInt(5) == 0;
        return new Level(
                kind,
                random.nextInt(3) == 0 ? Filters.filter(random, 0) : null,
                prefetch,
                1 + random.nextInt(25),
                depth == 0 && random.nextInt(3) == 0 ? random.nextInt(12) : 0,
                // between two scores that are made of quarters, or that no two vectors share
                thresholds ? (float) (random.nextInt(16) - 6) / 4 + 0.0629f : null,
                random.nextInt(3) == 0 ? params() : null);
    }

    /** None of which changes what a small collection answers. */
    private SearchParams params() {
        SearchParams.Builder params = SearchParams.newBuilder();
        if (random.nextBoolean()) {
            params.setExact(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            params.setHnswEf(1 + random.nextInt(200));
        }
        if (random.nextBoolean()) {
            params.setQuantization(QuantizationSearchParams.newBuilder()
                    .setIgnore(random.nextBoolean())
                    .setRescore(true)
                    .setOversampling(1 + random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            params.setAcorn(AcornSearchParams.newBuilder().setEnable(true).setMaxSelectivity(random.nextInt(5) / 4.0));
        }
        return params.build();
    }

    private static Kind of(Query.Builder said, Order order, Ranking ranking) {
        return new Kind(said.build(), ranking, true, order, "", null);
    }

    private Kind merged(int prefetches) {
        return switch (random.nextInt(4)) {
            case 0 -> of(Query.newBuilder().setFusion(Fusion.RRF), Order.BY_SCORE, rrf(2, List.of()));
            case 1 -> of(Query.newBuilder().setFusion(Fusion.DBSF), Order.BY_SCORE, Questions::dbsf);
            case 2 -> {
                int k = 1 + random.nextInt(60);
                List<Float> weights = new ArrayList<>();
                for (int i = 0; i < prefetches; i++) {
                    weights.add(random.nextInt(8) / 4f);
                }
                yield of(
                        Query.newBuilder().setRrf(Rrf.newBuilder().setK(k).addAllWeights(weights)),
                        Order.BY_SCORE,
                        rrf(k, weights));
            }
            default -> {
                Formulas.Said said = new Formulas(random, prefetches).expression(0);
                yield of(
                        Query.newBuilder().setFormula(Formulas.formula(said)),
                        Order.BY_SCORE,
                        (level, candidates, sources) -> {
                            List<Map<Long, Double>> scores =
                                    sources.stream().map(Questions::byId).toList();
                            return ranked(
                                    candidates, true, doc -> said.meaning().of(doc, scores));
                        });
            }
        };
    }

    private Kind plain(int depth, List<Level> prefetch) {
        return switch (random.nextInt(depth == 0 && prefetch.isEmpty() ? 13 : 11)) {
            case 11 -> ordered();
            case 12 ->
                of(
                        Query.newBuilder().setSample(Sample.Random),
                        Order.RANDOM,
                        (level, candidates, sources) -> ranked(candidates, true, doc -> 1));
            default -> leaves().some();
        };
    }

    /** Examples that are points come from another collection sometimes. */
    private Leaves leaves() {
        Space space = spaces.get(random.nextInt(spaces.size()));
        @Nullable LookupLocation lookup = null;
        if (random.nextInt(5) == 0) {
            LookupLocation.Builder there = LookupLocation.newBuilder().setCollectionName(other);
            if (!space.name().isEmpty() && random.nextBoolean()) {
                there.setVectorName(space.name());
            }
            lookup = there.build();
        }
        return new Leaves(docs, lookup == null ? docs.values() : elsewhere, lookup, space, random);
    }

    private Kind ordered() {
        boolean down = random.nextBoolean();
        OrderBy.Builder order = OrderBy.newBuilder().setKey("n");
        if (down || random.nextBoolean()) {
            order.setDirection(down ? Direction.Desc : Direction.Asc);
        }
        double from = random.nextInt(60) / 4.0;
        boolean starts = random.nextBoolean();
        if (starts) {
            order.setStartFrom(StartFrom.newBuilder().setFloat(from));
        }
        return of(
                Query.newBuilder().setOrderBy(order),
                Order.EXACT,
                (level, candidates, sources) -> byPrice(candidates, down, starts ? from : null).stream()
                        .map(doc -> new Scored(doc.id(), 1))
                        .toList());
    }

    /** Those that have a price, by it and by id. */
    static List<Doc> byPrice(Collection<Doc> docs, boolean down, @Nullable Double from) {
        Comparator<Doc> byPrice = Comparator.comparing(doc -> Objects.requireNonNull(doc.price()));
        Comparator<Doc> ascending = byPrice.thenComparing(Doc::id);
        return docs.stream()
                .filter(doc ->
                        doc.price() != null && (from == null || (down ? doc.price() <= from : doc.price() >= from)))
                .sorted(down ? ascending.reversed() : ascending)
                .toList();
    }

    private static Ranking rrf(int k, List<Float> weights) {
        return (level, candidates, sources) -> {
            Map<Long, Double> scores = new HashMap<>();
            for (int s = 0; s < sources.size(); s++) {
                double weight = weights.isEmpty() ? 1 : weights.get(s);
                for (int rank = 0; rank < sources.get(s).size(); rank++) {
                    double score = weight == 0 ? 0 : 1 / ((rank + 1) / weight + k - 1);
                    scores.merge(sources.get(s).get(rank).id(), score, Double::sum);
                }
            }
            return ranked(scores);
        };
    }

    private static List<Scored> dbsf(Level level, Collection<Doc> candidates, List<List<Scored>> sources) {
        Map<Long, Double> scores = new HashMap<>();
        for (int s = 0; s < sources.size(); s++) {
            double sign = level.prefetch().get(s).kind().up() ? 1 : -1;
            double[] values =
                    sources.get(s).stream().mapToDouble(x -> sign * x.score()).toArray();
            double mean = Arrays.stream(values).average().orElse(0);
            double squares =
                    Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
            double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
            for (int i = 0; i < values.length; i++) {
                double scaled = deviation < 1e-9 ? 0.5 : (values[i] - mean + 3 * deviation) / (6 * deviation);
                scores.merge(sources.get(s).get(i).id(), scaled, Double::sum);
            }
        }
        return ranked(scores);
    }

    static List<Scored> ranked(Collection<Doc> candidates, boolean up, ToDoubleFunction<Doc> score) {
        return sorted(
                candidates.stream()
                        .map(doc -> new Scored(doc.id(), (float) score.applyAsDouble(doc)))
                        .toList(),
                up);
    }

    private static List<Scored> ranked(Map<Long, Double> scores) {
        return sorted(
                scores.entrySet().stream()
                        .map(entry ->
                                new Scored(entry.getKey(), entry.getValue().floatValue()))
                        .toList(),
                true);
    }

    private static List<Scored> sorted(List<Scored> scored, boolean up) {
        Comparator<Scored> best = Comparator.comparingDouble(Scored::score);
        return scored.stream()
                .sorted((up ? best.reversed() : best).thenComparing(Scored::id))
                .toList();
    }

    private static Map<Long, Double> byId(List<Scored> source) {
        Map<Long, Double> byId = new HashMap<>();
        source.forEach(scored -> byId.put(scored.id(), scored.score()));
        return byId;
    }
}
