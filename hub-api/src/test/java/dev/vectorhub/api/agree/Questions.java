package dev.vectorhub.api.agree;

import dev.vectorhub.api.agree.Level.Order;
import dev.vectorhub.api.agree.Level.Ranking;
import dev.vectorhub.api.agree.Level.Scored;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorInputFactory;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Points.ContextInput;
import io.qdrant.client.grpc.Points.ContextInputPair;
import io.qdrant.client.grpc.Points.Direction;
import io.qdrant.client.grpc.Points.DiscoverInput;
import io.qdrant.client.grpc.Points.FeedbackItem;
import io.qdrant.client.grpc.Points.FeedbackStrategy;
import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.Mmr;
import io.qdrant.client.grpc.Points.NaiveFeedbackStrategy;
import io.qdrant.client.grpc.Points.NearestInputWithMmr;
import io.qdrant.client.grpc.Points.OrderBy;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.RecommendInput;
import io.qdrant.client.grpc.Points.RecommendStrategy;
import io.qdrant.client.grpc.Points.RelevanceFeedbackInput;
import io.qdrant.client.grpc.Points.Rrf;
import io.qdrant.client.grpc.Points.Sample;
import io.qdrant.client.grpc.Points.StartFrom;
import io.qdrant.client.grpc.Points.VectorInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Random queries of every kind over one vector, and their answers by brute force: similarities in binary64, what is made of them in
 * binary32 where Qdrant has that, so that equal scores are equal.
 */
final class Questions {

    /** @param named the point that stands for its vector; 0 where a vector is given */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Example(VectorInput said, double[] vector, long named) {}

    private static final float MARGIN = Math.ulp(1f);

    private final Map<Long, Doc> docs = new HashMap<>();
    private final List<Long> ids;
    private final Distance distance;
    private final Random random;

    Questions(Collection<Doc> docs, Distance distance, Random random) {
        docs.forEach(doc -> this.docs.put(doc.id(), doc));
        this.ids = docs.stream().map(Doc::id).toList();
        this.distance = distance;
        this.random = random;
    }

    Level level(int depth) {
        List<Level> prefetch = new ArrayList<>();
        if (depth < 3 && random.nextInt(depth == 0 ? 2 : 4) == 0) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                prefetch.add(level(depth + 1));
            }
        }
        Level kind = !prefetch.isEmpty() && random.nextInt(3) > 0 ? merged(prefetch.size()) : plain(depth, prefetch);
        boolean thresholds = kind.order() != Order.RANDOM && random.nextInt(5) == 0;
        return new Level(
                kind.said(),
                kind.ranking(),
                kind.up(),
                prefetch.isEmpty() || kind.order() != Order.EXACT ? kind.order() : Order.BY_SCORE,
                random.nextInt(3) == 0 ? Filters.filter(random, 0) : null,
                prefetch,
                1 + random.nextInt(25),
                depth == 0 && random.nextInt(3) == 0 ? random.nextInt(12) : 0,
                // between two scores that are quarters, or that no two vectors share
                thresholds ? (float) (random.nextInt(16) - 6) / 4 + 0.0629f : null);
    }

    private static Level of(Query.Builder said, boolean up, Order order, Ranking ranking) {
        return new Level(said.build(), ranking, up, order, null, List.of(), 1, 0, null);
    }

    private Level merged(int prefetches) {
        return switch (random.nextInt(4)) {
            case 0 -> of(Query.newBuilder().setFusion(Fusion.RRF), true, Order.BY_SCORE, rrf(2, List.of()));
            case 1 -> of(Query.newBuilder().setFusion(Fusion.DBSF), true, Order.BY_SCORE, Questions::dbsf);
            case 2 -> {
                int k = 1 + random.nextInt(60);
                List<Float> weights = new ArrayList<>();
                for (int i = 0; i < prefetches; i++) {
                    weights.add(random.nextInt(8) / 4f);
                }
                yield of(
                        Query.newBuilder().setRrf(Rrf.newBuilder().setK(k).addAllWeights(weights)),
                        true,
                        Order.BY_SCORE,
                        rrf(k, weights));
            }
            default -> {
                Formulas.Said said = new Formulas(random, prefetches).expression(0);
                yield of(
                        Query.newBuilder().setFormula(Formulas.formula(said)),
                        true,
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

    private Level plain(int depth, List<Level> prefetch) {
        boolean exact = distance != Distance.Cosine;
        Order order = exact ? Order.EXACT : Order.BY_SCORE;
        return switch (random.nextInt(depth == 0 && prefetch.isEmpty() ? 13 : 11)) {
            case 0, 1 -> {
                Example near = example();
                yield of(
                        Query.newBuilder().setNearest(near.said()),
                        higherIsBetter(),
                        order,
                        leaf(List.of(near), higherIsBetter(), v -> shown(similarity(near.vector(), v))));
            }
            case 2 -> recommend(RecommendStrategy.AverageVector);
            case 3 -> recommend(RecommendStrategy.BestScore);
            case 4 -> recommend(RecommendStrategy.SumScores);
            case 5 -> {
                Example target = example();
                List<Example> pairs = examples(2 * random.nextInt(3));
                yield of(
                        Query.newBuilder()
                                .setDiscover(DiscoverInput.newBuilder()
                                        .setTarget(target.said())
                                        .setContext(context(pairs))),
                        true,
                        Order.BY_SCORE,
                        leaf(with(pairs, target), true, v -> discover(target, pairs, v)));
            }
            case 6 -> {
                List<Example> pairs = examples(2 + 2 * random.nextInt(3));
                yield of(
                        Query.newBuilder().setContext(context(pairs)),
                        true,
                        Order.BY_SCORE,
                        leaf(pairs, true, v -> loss(pairs, v)));
            }
            case 7 -> feedback();
            case 8, 9 -> diverse();
            case 10 -> {
                Example near = example();
                yield of(
                        Query.newBuilder().setNearest(near.said()),
                        higherIsBetter(),
                        order,
                        leaf(List.of(near), higherIsBetter(), v -> shown(similarity(near.vector(), v))));
            }
            case 11 -> ordered();
            default ->
                of(
                        Query.newBuilder().setSample(Sample.Random),
                        true,
                        Order.RANDOM,
                        (level, candidates, sources) -> ranked(candidates, true, doc -> 1));
        };
    }

    // ---- kinds

    private Level recommend(RecommendStrategy strategy) {
        boolean average = strategy == RecommendStrategy.AverageVector;
        int least = strategy == RecommendStrategy.BestScore ? 0 : 1;
        // means of one or two: of quarters, they are exact
        List<Example> good = examples(least + random.nextInt(average ? 2 : 3));
        List<Example> bad = examples((good.isEmpty() ? 1 : 0) + random.nextInt(3));
        RecommendInput.Builder recommend = RecommendInput.newBuilder().setStrategy(strategy);
        good.forEach(example -> recommend.addPositive(example.said()));
        bad.forEach(example -> recommend.addNegative(example.said()));
        List<Example> all = new ArrayList<>(good);
        all.addAll(bad);
        boolean up = !average || higherIsBetter();
        double[] mean = average ? average(good, bad) : new double[0];
        ToDoubleFunction<double[]> score = switch (strategy) {
            case AverageVector -> v -> shown(similarity(mean, v));
            case BestScore ->
                v -> {
                    double best = max(good, v);
                    double worst = max(bad, v);
                    return best > worst ? half(best) : -half(worst);
                };
            default -> v -> sum(good, v) - sum(bad, v);
        };
        return of(Query.newBuilder().setRecommend(recommend), up, Order.BY_SCORE, leaf(all, up, score));
    }

    private double max(List<Example> examples, double[] v) {
        return similarities(examples, v).max().orElse(Double.NEGATIVE_INFINITY);
    }

    private double sum(List<Example> examples, double[] v) {
        return similarities(examples, v).sum();
    }

    private DoubleStream similarities(List<Example> examples, double[] v) {
        return examples.stream().mapToDouble(example -> similarity(example.vector(), v));
    }

    private double[] average(List<Example> good, List<Example> bad) {
        double[] average = new double[Doc.DIMENSIONS];
        for (int i = 0; i < average.length; i++) {
            int at = i;
            double mean =
                    good.stream().mapToDouble(e -> e.vector()[at]).average().orElseThrow();
            average[i] = bad.isEmpty()
                    ? mean
                    : 2 * mean
                            - bad.stream()
                                    .mapToDouble(e -> e.vector()[at])
                                    .average()
                                    .orElseThrow();
        }
        return stored(average);
    }

    private double discover(Example target, List<Example> pairs, double[] v) {
        double rank = 0;
        for (int i = 0; i < pairs.size(); i += 2) {
            rank += Double.compare(
                    similarity(pairs.get(i).vector(), v),
                    similarity(pairs.get(i + 1).vector(), v));
        }
        return rank + half(similarity(target.vector(), v));
    }

    private double loss(List<Example> pairs, double[] v) {
        float loss = 0;
        for (int i = 0; i < pairs.size(); i += 2) {
            float difference = near(pairs.get(i), v) - near(pairs.get(i + 1), v) - MARGIN;
            loss += sigmoid(Math.min(0, difference));
        }
        return loss;
    }

    private Level feedback() {
        Example target = example();
        List<Example> rated = examples(2 + random.nextInt(2));
        float[] ratings = new float[rated.size()];
        float a = 0.5f + random.nextFloat();
        float b = 0.5f + random.nextFloat();
        float c = random.nextFloat();
        RelevanceFeedbackInput.Builder feedback = RelevanceFeedbackInput.newBuilder()
                .setTarget(target.said())
                .setStrategy(FeedbackStrategy.newBuilder()
                        .setNaive(NaiveFeedbackStrategy.newBuilder()
                                .setA(a)
                                .setB(b)
                                .setC(c)));
        for (int i = 0; i < ratings.length; i++) {
            ratings[i] = random.nextInt(4) / 4f;
            feedback.addFeedback(
                    FeedbackItem.newBuilder().setExample(rated.get(i).said()).setScore(ratings[i]));
        }
        ToDoubleFunction<double[]> score = v -> {
            float sum = a * near(target, v);
            for (int i = 0; i < ratings.length; i++) {
                for (int j = 0; j < ratings.length; j++) {
                    if (ratings[i] > ratings[j]) {
                        float weight = (float) Math.pow(ratings[i] - ratings[j], b) * c;
                        sum += weight * (near(rated.get(i), v) - near(rated.get(j), v));
                    }
                }
            }
            return sum;
        };
        return of(
                Query.newBuilder().setRelevanceFeedback(feedback),
                true,
                Order.BY_SCORE,
                leaf(with(rated, target), true, score));
    }

    private Level diverse() {
        Example near = example();
        float diversity = random.nextInt(5) / 4f;
        int candidates = 5 + random.nextInt(40);
        Ranking nearest = leaf(List.of(near), higherIsBetter(), v -> shown(similarity(near.vector(), v)));
        return of(
                Query.newBuilder()
                        .setNearestWithMmr(NearestInputWithMmr.newBuilder()
                                .setNearest(near.said())
                                .setMmr(Mmr.newBuilder().setDiversity(diversity).setCandidatesLimit(candidates))),
                higherIsBetter(),
                Order.EXACT,
                (level, docs, sources) -> {
                    List<Scored> from = nearest.of(level, docs, sources).stream()
                            .limit(candidates)
                            .filter(level::good)
                            .toList();
                    return chosen(near, from, diversity, level.limit() + level.offset());
                });
    }

    private List<Scored> chosen(Example near, List<Scored> from, float diversity, int wanted) {
        List<Scored> left = new ArrayList<>(from);
        List<Scored> chosen = new ArrayList<>();
        while (!left.isEmpty() && chosen.size() < wanted) {
            Scored best = left.getFirst();
            float most = Float.NEGATIVE_INFINITY;
            for (Scored candidate : left) {
                double[] v = vector(candidate.id());
                float relevance = (float) similarity(near.vector(), v);
                float likeness = (float) chosen.stream()
                        .mapToDouble(other -> similarity(vector(other.id()), v))
                        .max()
                        .orElse(0);
                float score = chosen.isEmpty() ? relevance : (1 - diversity) * relevance - diversity * likeness;
                if (score > most) {
                    most = score;
                    best = candidate;
                }
            }
            chosen.add(best);
            left.remove(best);
        }
        return chosen;
    }

    private Level ordered() {
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
        Comparator<Doc> byPrice = Comparator.comparing(doc -> Objects.requireNonNull(doc.price()));
        Comparator<Doc> ascending = byPrice.thenComparing(Doc::id);
        Comparator<Doc> inOrder = down ? ascending.reversed() : ascending;
        return of(
                Query.newBuilder().setOrderBy(order),
                true,
                Order.EXACT,
                (level, candidates, sources) -> candidates.stream()
                        .filter(doc ->
                                doc.price() != null && (!starts || (down ? doc.price() <= from : doc.price() >= from)))
                        .sorted(inOrder)
                        .map(doc -> new Scored(doc.id(), 1))
                        .toList());
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
            double sign = level.prefetch().get(s).up() ? 1 : -1;
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

    // ---- parts

    private Example example() {
        if (random.nextInt(3) == 0) {
            long id = ids.get(random.nextInt(ids.size()));
            return new Example(VectorInputFactory.vectorInput(PointIdFactory.id(id)), vector(id), id);
        }
        float[] given = Doc.vector(distance, random);
        List<Float> components = new ArrayList<>();
        for (float x : given) {
            components.add(x);
        }
        return new Example(VectorInputFactory.vectorInput(components), stored(doubles(given)), 0);
    }

    private List<Example> examples(int count) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(example());
        }
        return examples;
    }

    private static List<Example> with(List<Example> examples, Example one) {
        List<Example> all = new ArrayList<>(examples);
        all.add(one);
        return all;
    }

    private static ContextInput context(List<Example> pairs) {
        ContextInput.Builder context = ContextInput.newBuilder();
        for (int i = 0; i < pairs.size(); i += 2) {
            context.addPairs(ContextInputPair.newBuilder()
                    .setPositive(pairs.get(i).said())
                    .setNegative(pairs.get(i + 1).said()));
        }
        return context.build();
    }

    /** Every candidate but those that the query names. */
    private Ranking leaf(List<Example> examples, boolean up, ToDoubleFunction<double[]> score) {
        Set<Long> named = new HashSet<>();
        examples.forEach(example -> named.add(example.named()));
        return (level, candidates, sources) -> ranked(
                candidates.stream().filter(doc -> !named.contains(doc.id())).toList(),
                up,
                doc -> score.applyAsDouble(vector(doc.id())));
    }

    private static List<Scored> ranked(Collection<Doc> candidates, boolean up, ToDoubleFunction<Doc> score) {
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

    private boolean higherIsBetter() {
        return distance == Distance.Cosine || distance == Distance.Dot;
    }

    private double[] vector(long id) {
        return stored(doubles(Objects.requireNonNull(docs.get(id)).vector()));
    }

    private static double[] doubles(float[] vector) {
        double[] doubles = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            doubles[i] = vector[i];
        }
        return doubles;
    }

    private double[] stored(double[] vector) {
        double norm = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
        return distance == Distance.Cosine
                ? Arrays.stream(vector).map(x -> x / norm).toArray()
                : vector;
    }

    private double similarity(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += switch (distance) {
                case Euclid -> -(a[i] - b[i]) * (a[i] - b[i]);
                case Manhattan -> -Math.abs(a[i] - b[i]);
                default -> a[i] * b[i];
            };
        }
        return sum;
    }

    private double shown(double similarity) {
        return switch (distance) {
            case Euclid -> Math.sqrt(-similarity);
            case Manhattan -> -similarity;
            default -> similarity;
        };
    }

    private float near(Example example, double[] v) {
        return (float) similarity(example.vector(), v);
    }

    private static float sigmoid(float x) {
        return x / (1 + Math.abs(x));
    }

    private static float half(double x) {
        return 0.5f * (sigmoid((float) x) + 1);
    }
}
