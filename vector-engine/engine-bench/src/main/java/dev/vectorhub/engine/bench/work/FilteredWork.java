package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.SearchSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Searches that only a share of the points may answer, at the default beam, beside the same without a filter. The share is
 * drawn at random, or correlates with the vector: those most alike to one direction, which most queries are far from.
 */
public final class FilteredWork implements Work {
    private static final int[] PERCENTS = {1, 10, 50};

    /** What the shares are taken by. */
    private enum Kind {
        RANDOM("r"),
        CORRELATED("c");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        private String figure(int percent, String name) {
            return field + percent + name;
        }
    }

    @Override
    public String name() {
        return "filtered";
    }

    @Override
    public void run(Run run) {
        DataSet set = run.data().getFirst();
        String name = set.name();
        Path folder = run.newFolder("filtered");
        List<String> arguments =
                new ArrayList<>(List.of(folder.toString(), "" + run.wish().rounds(), run.quick() ? "200" : "500"));
        arguments.addAll(set.arguments());
        run.progress().say("%s: building with payload and field indexes, then filtering", name);
        Map<String, Double> figures = JobMain.run(Filtering.class, 1, List.of(), arguments);
        for (Kind kind : Kind.values()) {
            for (int percent : PERCENTS) {
                run.add(Row.against(
                        "filtered, " + percent + " % " + kind.name().toLowerCase(java.util.Locale.ROOT),
                        name,
                        figures.get(kind.figure(percent, "recall")),
                        figures.getOrDefault(kind.figure(percent, "micros"), Double.NaN),
                        "unfiltered, recall "
                                + String.format(
                                        java.util.Locale.ROOT, "%.3f", figures.getOrDefault("recall", Double.NaN)),
                        figures.getOrDefault("micros", Double.NaN),
                        "CPU µs a query"));
            }
        }
        Run.remove(folder);
    }

    static final class Filtering implements Job {
        private static final int SHARES = 100;
        private static final int WARM_UP_PASSES = 3;

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            int rounds = Integer.parseInt(arguments.get(1));
            int count = Integer.parseInt(arguments.get(2));
            DataSet set = DataSet.of(arguments.subList(3, arguments.size()));
            float[][] queries = Speed.queries(set, count);
            Map<Kind, int[]> shares = Map.of(Kind.RANDOM, random(set), Kind.CORRELATED, correlated(set));
            Map<String, Double> figures = new LinkedHashMap<>();
            try (EngineIndex index = new EngineIndex(set, Path.of(arguments.getFirst()))) {
                index.build(
                        new HnswConfig(SearchWork.M, SearchWork.EF_CONSTRUCT, 0),
                        List.of(Kind.RANDOM.field, Kind.CORRELATED.field),
                        row -> "{\"r\":" + share(shares, Kind.RANDOM, row) + ",\"c\":"
                                + share(shares, Kind.CORRELATED, row) + "}");
                Speed plain = measured(queries, Truth.cached(set), rounds, query -> index.search(query, 0));
                figures.put("recall", plain.recall());
                figures.put("micros", plain.cpuMicros());
                for (Kind kind : Kind.values()) {
                    for (int percent : PERCENTS) {
                        Truth truth = Truth.compute(set, count, row -> share(shares, kind, row) < percent);
                        Filter filter =
                                Filter.must(new Condition.Range(kind.field, (double) percent, null, null, null));
                        Speed filtered = measured(
                                queries,
                                truth,
                                rounds,
                                query -> index.store()
                                        .search(
                                                EngineIndex.TENANT,
                                                EngineIndex.COLLECTION,
                                                SearchSpec.nearest(query, Truth.K)
                                                        .withFilter(filter)));
                        figures.put(kind.figure(percent, "recall"), filtered.recall());
                        figures.put(kind.figure(percent, "micros"), filtered.cpuMicros());
                    }
                }
            }
            return figures;
        }

        private static int share(Map<Kind, int[]> shares, Kind kind, int row) {
            return shares.getOrDefault(kind, new int[0])[row];
        }

        private static Speed measured(float[][] queries, Truth truth, int rounds, Speed.Search search) {
            for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
                Speed.of(queries, truth, search);
            }
            double[] micros = new double[rounds];
            double recall = 0;
            for (int round = 0; round < rounds; round++) {
                Speed speed = Speed.of(queries, truth, search);
                micros[round] = speed.cpuMicros();
                recall = speed.recall();
            }
            return new Speed(recall, Median.of(micros));
        }

        private static int[] random(DataSet set) {
            Random random = new Random(DataSet.SEED);
            return IntStream.range(0, set.base())
                    .map(row -> random.nextInt(SHARES))
                    .toArray();
        }

        /** By likeness to the first row: the most alike hundredth has share 0. */
        private static int[] correlated(DataSet set) {
            DataSet.Vectors vectors = set.vectors();
            float[] direction = vectors.base(0);
            double[] likeness = new double[set.base()];
            for (int row = 0; row < likeness.length; row++) {
                float[] vector = vectors.base(row);
                for (int d = 0; d < direction.length; d++) {
                    likeness[row] += (double) direction[d] * vector[d];
                }
            }
            Integer[] ranked = IntStream.range(0, set.base()).boxed().toArray(Integer[]::new);
            Arrays.sort(ranked, Comparator.comparingDouble(row -> -likeness[row]));
            int[] shares = new int[set.base()];
            for (int rank = 0; rank < ranked.length; rank++) {
                shares[ranked[rank]] = (int) ((long) rank * SHARES / ranked.length);
            }
            return shares;
        }
    }
}
