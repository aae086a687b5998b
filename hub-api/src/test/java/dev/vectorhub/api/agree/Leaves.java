package dev.vectorhub.api.agree;

import dev.vectorhub.api.agree.Level.Kind;
import dev.vectorhub.api.agree.Level.Order;
import dev.vectorhub.api.agree.Level.Ranking;
import dev.vectorhub.api.agree.Level.Scored;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorInputFactory;
import io.qdrant.client.grpc.Points.ContextInput;
import io.qdrant.client.grpc.Points.ContextInputPair;
import io.qdrant.client.grpc.Points.DiscoverInput;
import io.qdrant.client.grpc.Points.FeedbackItem;
import io.qdrant.client.grpc.Points.FeedbackStrategy;
import io.qdrant.client.grpc.Points.LookupLocation;
import io.qdrant.client.grpc.Points.Mmr;
import io.qdrant.client.grpc.Points.NaiveFeedbackStrategy;
import io.qdrant.client.grpc.Points.NearestInputWithMmr;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.RecommendInput;
import io.qdrant.client.grpc.Points.RecommendStrategy;
import io.qdrant.client.grpc.Points.RelevanceFeedbackInput;
import io.qdrant.client.grpc.Points.VectorInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Random queries that compare one vector, and their answers by brute force: similarities in binary64, what is made of them in
 * binary32 where Qdrant has that, so that equal scores are equal.
 */
final class Leaves {

    /**
     * @param plain as it is stored
     * @param vector as it is compared
     * @param named the point that stands for its vector and is no answer; 0 where there is none
     */
    private record Example(VectorInput said, Value plain, Value vector, long named) {}

    private static final float MARGIN = Math.ulp(1f);

    private final Map<Long, Doc> docs;
    private final Collection<Doc> examples;
    private final @Nullable LookupLocation lookup;
    private final Space space;
    private final Random random;

    /**
     * @param examples the points that examples name
     * @param lookup where those are; null where they are those of the collection
     */
    Leaves(Map<Long, Doc> docs, Collection<Doc> examples, @Nullable LookupLocation lookup, Space space, Random random) {
        this.docs = docs;
        this.examples = examples.stream()
                .filter(doc -> doc.vectors().containsKey(space.name()))
                .toList();
        this.lookup = lookup;
        this.space = space;
        this.random = random;
    }

    Kind some() {
        return switch (random.nextInt(10)) {
            case 0 -> recommend(RecommendStrategy.AverageVector);
            case 1 -> recommend(RecommendStrategy.BestScore);
            case 2 -> recommend(RecommendStrategy.SumScores);
            case 3 -> discover();
            case 4 -> context();
            case 5 -> feedback();
            case 6 -> diverse();
            default -> nearest();
        };
    }

    private Kind of(Query.Builder said, boolean up, Order order, Ranking ranking) {
        return new Kind(said.build(), ranking, up, order, space.name(), lookup);
    }

    private Kind nearest() {
        Example near = example();
        return of(
                Query.newBuilder().setNearest(near.said()),
                space.up(),
                space.exact() ? Order.EXACT : Order.BY_SCORE,
                near(near.vector(), List.of(near)));
    }

    private Kind recommend(RecommendStrategy strategy) {
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
        Query.Builder said = Query.newBuilder().setRecommend(recommend);
        if (average) {
            return of(said, space.up(), Order.BY_SCORE, near(average(good, bad), all));
        }
        ToDoubleFunction<Value> score = strategy == RecommendStrategy.BestScore
                ? v -> {
                    double best = max(good, v);
                    double worst = max(bad, v);
                    return best > worst ? half(best) : -half(worst);
                }
                : v -> similarities(good, v).sum() - similarities(bad, v).sum();
        return of(said, true, Order.BY_SCORE, leaf(all, true, score));
    }

    private double max(List<Example> examples, Value v) {
        return similarities(examples, v).max().orElse(Double.NEGATIVE_INFINITY);
    }

    private DoubleStream similarities(List<Example> examples, Value v) {
        return examples.stream().mapToDouble(example -> space.similarity(example.vector(), v));
    }

    /** Of multi-vectors all rows, those of negative examples negated. */
    private Value average(List<Example> good, List<Example> bad) {
        if (space.kind() == Space.Kind.MULTI) {
            List<double[]> rows = new ArrayList<>();
            good.forEach(example -> rows.addAll(Arrays.asList(example.vector().rows())));
            for (Example example : bad) {
                for (double[] row : example.vector().rows()) {
                    rows.add(Arrays.stream(row).map(x -> -x).toArray());
                }
            }
            return space.stored(new Value(rows.toArray(double[][]::new), Value.DENSE));
        }
        Map<Integer, Double> average = new TreeMap<>(Integer::compareUnsigned);
        add(average, good, (bad.isEmpty() ? 1.0 : 2.0) / good.size());
        add(average, bad, -1.0 / bad.size());
        double[] row =
                average.values().stream().mapToDouble(Double::doubleValue).toArray();
        return space.kind() == Space.Kind.DENSE
                ? space.stored(Value.dense(row))
                : space.weighed(
                        new Value(
                                new double[][] {row},
                                average.keySet().stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray()),
                        docs.values());
    }

    private static void add(Map<Integer, Double> average, List<Example> examples, double weight) {
        for (Example example : examples) {
            double[] row = example.plain().rows()[0];
            for (int i = 0; i < row.length; i++) {
                int index = example.plain().indices().length == 0
                        ? i
                        : example.plain().indices()[i];
                average.merge(index, weight * row[i], Double::sum);
            }
        }
    }

    private Kind discover() {
        Example target = example();
        List<Example> pairs = examples(2 * random.nextInt(3));
        return of(
                Query.newBuilder()
                        .setDiscover(DiscoverInput.newBuilder()
                                .setTarget(target.said())
                                .setContext(context(pairs))),
                true,
                Order.BY_SCORE,
                leaf(with(pairs, target), true, v -> {
                    double rank = 0;
                    for (int i = 0; i < pairs.size(); i += 2) {
                        rank += Float.compare(near(pairs.get(i), v), near(pairs.get(i + 1), v));
                    }
                    return rank + half(space.similarity(target.vector(), v));
                }));
    }

    private Kind context() {
        List<Example> pairs = examples(2 + 2 * random.nextInt(3));
        return of(Query.newBuilder().setContext(context(pairs)), true, Order.BY_SCORE, leaf(pairs, true, v -> {
            float loss = 0;
            for (int i = 0; i < pairs.size(); i += 2) {
                float difference = near(pairs.get(i), v) - near(pairs.get(i + 1), v) - MARGIN;
                loss += sigmoid(Math.min(0, difference));
            }
            return loss;
        }));
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

    private Kind feedback() {
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
        ToDoubleFunction<Value> score = v -> {
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

    private Kind diverse() {
        Example near = example();
        float diversity = random.nextInt(5) / 4f;
        int candidates = 5 + random.nextInt(40);
        Ranking nearest = near(near.vector(), List.of(near));
        return of(
                Query.newBuilder()
                        .setNearestWithMmr(NearestInputWithMmr.newBuilder()
                                .setNearest(near.said())
                                .setMmr(Mmr.newBuilder().setDiversity(diversity).setCandidatesLimit(candidates))),
                space.up(),
                space.exact() ? Order.EXACT : Order.BY_SCORE,
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
                Value v = vector(candidate.id());
                float relevance = (float) space.similarity(near.plain(), v);
                float likeness = (float) chosen.stream()
                        .mapToDouble(other -> space.similarity(vector(other.id()), v))
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

    // ---- parts

    private Example example() {
        if (random.nextInt(3) == 0) {
            List<Doc> all = List.copyOf(examples);
            Doc doc = all.get(random.nextInt(all.size()));
            Value stored = space.stored(Objects.requireNonNull(doc.vectors().get(space.name())));
            return new Example(
                    VectorInputFactory.vectorInput(PointIdFactory.id(doc.id())),
                    stored,
                    space.weighed(stored, docs.values()),
                    lookup == null ? doc.id() : 0);
        }
        Value given = space.draw(random);
        Value stored = space.stored(given);
        return new Example(space.input(given), stored, space.weighed(stored, docs.values()), 0);
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

    private Value vector(long id) {
        return space.stored(Objects.requireNonNull(
                Objects.requireNonNull(docs.get(id)).vectors().get(space.name())));
    }

    private float near(Example example, Value v) {
        return (float) space.similarity(example.vector(), v);
    }

    /** Of sparse vectors, those that have nothing in common with the query are not near to it. */
    private Ranking near(Value query, List<Example> named) {
        Ranking all = leaf(named, space.up(), v -> space.shown(space.similarity(query, v)));
        return space.kind() != Space.Kind.SPARSE
                ? all
                : (level, candidates, sources) -> all.of(level, candidates, sources).stream()
                        .filter(scored -> scored.score() != 0)
                        .toList();
    }

    /** Every candidate that has the vector, but those that the query names. */
    private Ranking leaf(List<Example> examples, boolean up, ToDoubleFunction<Value> score) {
        Set<Long> named = new HashSet<>();
        examples.forEach(example -> named.add(example.named()));
        return (level, candidates, sources) -> Questions.ranked(
                candidates.stream()
                        .filter(doc -> doc.vectors().containsKey(space.name()) && !named.contains(doc.id()))
                        .toList(),
                up,
                doc -> score.applyAsDouble(vector(doc.id())));
    }

    private static float sigmoid(float x) {
        return x / (1 + Math.abs(x));
    }

    private static float half(double x) {
        return 0.5f * (sigmoid((float) x) + 1);
    }
}
