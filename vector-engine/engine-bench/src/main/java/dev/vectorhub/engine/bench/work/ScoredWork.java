package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.query.Query;
import dev.vectorhub.engine.core.query.Query.Input;
import dev.vectorhub.engine.core.query.Query.Pair;
import dev.vectorhub.engine.core.query.QuerySpec;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Queries whose score is made of several vectors, at the default beam, beside the same by looking at every point; and reads that
 * go over the whole collection. A hit counts for the recall if its score is one of the ten best: scores of a context are often
 * equal.
 */
public final class ScoredWork implements Work {

    /** What is asked for one held-out query and those after it. */
    private enum Kind {
        NEAREST("nearest"),
        BEST_SCORE("best score, 2 + 2 examples"),
        SUM_SCORES("sum of scores, 2 + 2 examples"),
        DISCOVER("discover, 2 pairs"),
        CONTEXT("context, 3 pairs"),
        FEEDBACK("relevance feedback, 3 examples");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        private Query query(float[][] queries, int q) {
            Input[] inputs = new Input[6];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = new Input.OfVector(new VectorValue.Dense(queries[(q + i) % queries.length]));
            }
            return switch (this) {
                case NEAREST -> new Query.Nearest(inputs[0]);
                case BEST_SCORE -> recommend(inputs, Query.Strategy.BEST_SCORE);
                case SUM_SCORES -> recommend(inputs, Query.Strategy.SUM_SCORES);
                case DISCOVER ->
                    new Query.Discover(
                            inputs[0], List.of(new Pair(inputs[1], inputs[2]), new Pair(inputs[3], inputs[4])));
                case CONTEXT ->
                    new Query.Context(List.of(
                            new Pair(inputs[0], inputs[1]),
                            new Pair(inputs[2], inputs[3]),
                            new Pair(inputs[4], inputs[5])));
                case FEEDBACK ->
                    new Query.Feedback(
                            inputs[0],
                            List.of(
                                    new Query.Rated(inputs[1], 1),
                                    new Query.Rated(inputs[2], 0.5f),
                                    new Query.Rated(inputs[3], 0)),
                            1,
                            1,
                            0.3f);
            };
        }

        private static Query recommend(Input[] inputs, Query.Strategy strategy) {
            return new Query.Recommend(List.of(inputs[0], inputs[1]), List.of(inputs[2], inputs[3]), strategy);
        }
    }

    @Override
    public String name() {
        return "scored";
    }

    @Override
    public void run(Run run) {
        DataSet set = run.data().getFirst();
        Path folder = run.newFolder("scored");
        List<String> arguments =
                new ArrayList<>(List.of(folder.toString(), "" + run.wish().rounds(), run.quick() ? "60" : "150"));
        arguments.addAll(set.arguments());
        run.progress().say("%s: building, then scores of several vectors", set.name());
        Map<String, Double> figures = JobMain.run(Scoring.class, 1, List.of(), arguments);
        for (Kind kind : Kind.values()) {
            run.add(Row.against(
                    "scored, " + kind.label,
                    set.name(),
                    figures.get(kind.name()),
                    figures.getOrDefault(kind.name() + "walk", Double.NaN),
                    "every point",
                    figures.getOrDefault(kind.name() + "scan", Double.NaN),
                    "CPU µs a query"));
        }
        for (Whole whole : Whole.values()) {
            run.add(Row.against(
                    "whole collection, " + whole.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    set.name(),
                    null,
                    figures.getOrDefault(whole.name(), Double.NaN),
                    "nearest",
                    figures.getOrDefault(Kind.NEAREST.name() + "walk", Double.NaN),
                    "CPU µs"));
        }
        Run.remove(folder);
    }

    /** Reads that go over all points, with an integer field of a thousand values and one without an index. */
    private enum Whole {
        FACET_EXACT,
        FACET_APPROXIMATE,
        FACET_OF_HALF,
        COUNT_APPROXIMATE_WITHOUT_INDEX,
        COUNT_WITHOUT_INDEX,
        MATRIX_OF_100
    }

    static final class Scoring implements Job {
        private static final int WARM_UP_PASSES = 3;
        private static final int WHOLE_PASSES = 15;
        private static final int VALUES = 1000;
        private static final int MATRIX = 100;

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            int rounds = Integer.parseInt(arguments.get(1));
            DataSet set = DataSet.of(arguments.subList(3, arguments.size()));
            float[][] queries = Speed.queries(set, Integer.parseInt(arguments.get(2)));
            Map<String, Double> figures = new LinkedHashMap<>();
            try (EngineIndex index = new EngineIndex(set, Path.of(arguments.getFirst()))) {
                index.build(
                        new HnswConfig(SearchWork.M, SearchWork.EF_CONSTRUCT, 0),
                        List.of("indexed"),
                        row -> "{\"indexed\":" + row % VALUES + ",\"plain\":" + row % VALUES + "}");
                for (Kind kind : Kind.values()) {
                    kind(index, kind, queries, rounds, figures);
                }
                for (Whole whole : Whole.values()) {
                    double[] micros = new double[WHOLE_PASSES];
                    for (int pass = -WHOLE_PASSES; pass < WHOLE_PASSES; pass++) {
                        long begin = cpu();
                        read(index, whole, queries[Math.floorMod(pass, queries.length)]);
                        micros[Math.max(0, pass)] = (cpu() - begin) / 1e3;
                    }
                    figures.put(whole.name(), Median.of(micros));
                }
            }
            return figures;
        }

        private static long cpu() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        private static List<ScoredPoint> ask(EngineIndex index, Kind kind, float[][] queries, int q, boolean exact) {
            SearchSpec base = SearchSpec.nearest(queries[q], Truth.K);
            return index.store()
                    .query(
                            EngineIndex.TENANT,
                            EngineIndex.COLLECTION,
                            new QuerySpec(exact ? base.exactly() : base, kind.query(queries, q), List.of()))
                    .points();
        }

        private static void kind(
                EngineIndex index, Kind kind, float[][] queries, int rounds, Map<String, Double> figures) {
            float[] worst = new float[queries.length];
            long begin = cpu();
            for (int q = 0; q < queries.length; q++) {
                worst[q] = ask(index, kind, queries, q, true).getLast().score();
            }
            figures.put(kind.name() + "scan", (cpu() - begin) / 1e3 / queries.length);
            double[] micros = new double[rounds];
            int found = 0;
            for (int round = -WARM_UP_PASSES; round < rounds; round++) {
                found = 0;
                begin = cpu();
                for (int q = 0; q < queries.length; q++) {
                    for (ScoredPoint hit : ask(index, kind, queries, q, false)) {
                        found += hit.score() >= worst[q] ? 1 : 0;
                    }
                }
                micros[Math.max(0, round)] = (cpu() - begin) / 1e3 / queries.length;
            }
            figures.put(kind.name() + "walk", Median.of(micros));
            figures.put(kind.name(), (double) found / queries.length / Truth.K);
        }

        private static void read(EngineIndex index, Whole whole, float[] query) {
            Filter half = Filter.must(new Condition.Range("indexed", VALUES / 2.0, null, null, null));
            Filter plain = Filter.must(new Condition.Range("plain", VALUES / 2.0, null, null, null));
            var store = index.store();
            switch (whole) {
                case FACET_EXACT -> facet(index, null, true);
                case FACET_APPROXIMATE -> facet(index, null, false);
                case FACET_OF_HALF -> facet(index, half, true);
                case COUNT_APPROXIMATE_WITHOUT_INDEX ->
                    store.estimate(EngineIndex.TENANT, EngineIndex.COLLECTION, plain);
                case COUNT_WITHOUT_INDEX -> store.count(EngineIndex.TENANT, EngineIndex.COLLECTION, plain);
                case MATRIX_OF_100 -> matrix(index, query);
            }
        }

        private static void facet(EngineIndex index, @Nullable Filter filter, boolean exact) {
            index.store().facet(EngineIndex.TENANT, EngineIndex.COLLECTION, filter, "indexed", 10, exact);
        }

        /** As the API asks for it: a sample, then the nearest within it to each. */
        private static void matrix(EngineIndex index, float[] query) {
            SearchSpec sampled = SearchSpec.nearest(query, MATRIX);
            List<PointId> ids = new ArrayList<>();
            for (ScoredPoint point : index.store()
                    .query(
                            EngineIndex.TENANT,
                            EngineIndex.COLLECTION,
                            new QuerySpec(sampled, new Query.Sample(1), List.of()))
                    .points()) {
                ids.add(point.id());
            }
            SearchSpec within = SearchSpec.nearest(query, 3).withFilter(Filter.must(new Condition.HasId(ids)));
            for (PointId id : ids) {
                index.store()
                        .query(
                                EngineIndex.TENANT,
                                EngineIndex.COLLECTION,
                                new QuerySpec(within, new Query.Nearest(new Input.OfPoint(id)), List.of()));
            }
        }
    }
}
