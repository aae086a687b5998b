package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first query of a process that has just opened its store, beside the median once everything is compiled. */
public final class FirstQueryWork implements Work {
    private static final int PROCESSES = 5;

    @Override
    public String name() {
        return "first";
    }

    @Override
    public void run(Run run) {
        DataSet set = run.data().getFirst();
        String name = set.name();
        List<String> arguments = new ArrayList<>(List.of(run.store(set).toString()));
        arguments.addAll(set.arguments());
        double[] first = new double[PROCESSES];
        double[] opened = new double[PROCESSES];
        double[] openedSecond = new double[PROCESSES];
        double[] second = new double[PROCESSES];
        double[] steady = new double[PROCESSES];
        double[] open = new double[PROCESSES];
        double recall = 1;
        for (int process = 0; process < PROCESSES; process++) {
            Map<String, Double> figures = JobMain.run(Starting.class, 1, List.of(), arguments);
            first[process] = figures.getOrDefault("first", Double.NaN);
            second[process] = figures.getOrDefault("second", Double.NaN);
            steady[process] = figures.getOrDefault("steady", Double.NaN);
            open[process] = figures.getOrDefault("open", Double.NaN);
            Map<String, Double> before = JobMain.run(StartedBefore.class, 1, List.of(), arguments);
            opened[process] = before.getOrDefault("first", Double.NaN);
            openedSecond[process] = before.getOrDefault("second", Double.NaN);
            recall = Math.min(recall, figures.getOrDefault("recall", 0.0));
        }
        run.add(Row.against("first query", name, recall, Median.of(first), "steady p50", Median.of(steady), "µs"));
        run.add(Row.against(
                "first query once opened", name, recall, Median.of(opened), "steady p50", Median.of(steady), "µs"));
        run.add(Row.against(
                "queries 2 to 10 once opened, median",
                name,
                recall,
                Median.of(openedSecond),
                "steady p50",
                Median.of(steady),
                "µs"));
        run.add(Row.against(
                "queries 2 to 10, median", name, recall, Median.of(second), "steady p50", Median.of(steady), "µs"));
        run.add(Row.alone("start to ready, one collection", name, null, Median.of(open), "ms"));
    }

    /** Times each query alone. */
    static final class Starting implements Job {
        private static final int EARLY = 10;
        private static final int PASSES = 10;
        /** The engine's default: what a client gets that asks for nothing. */
        private static final int BEAM = 100;

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            DataSet set = DataSet.of(arguments.subList(1, arguments.size()));
            Truth truth = Truth.cached(set);
            float[][] queries = Speed.queries(set, DataSet.QUERIES);
            long start = System.nanoTime();
            try (EngineIndex index = new EngineIndex(set, Path.of(arguments.getFirst()))) {
                double open = (System.nanoTime() - start) / 1e6;
                Map<String, Double> figures = early(index, queries);
                double recall = 0;
                for (int pass = 0; pass < PASSES; pass++) {
                    recall = Speed.of(queries, truth, query -> index.search(query, BEAM))
                            .recall();
                }
                double[] micros = new double[queries.length];
                for (int q = 0; q < queries.length; q++) {
                    micros[q] = micros(index, queries[q]);
                }
                figures.put("open", open);
                figures.put("steady", Median.of(micros));
                figures.put("recall", recall);
                return figures;
            }
        }

        /** The first query, and the median of those behind it. */
        private static Map<String, Double> early(EngineIndex index, float[][] queries) {
            double first = micros(index, queries[0]);
            double[] next = new double[EARLY - 1];
            for (int q = 0; q < next.length; q++) {
                next[q] = micros(index, queries[q + 1]);
            }
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("first", first);
            figures.put("second", Median.of(next));
            return figures;
        }

        private static double micros(EngineIndex index, float[] query) {
            long start = System.nanoTime();
            index.search(query, BEAM);
            return (System.nanoTime() - start) / 1e3;
        }
    }

    /** The first queries after what the store opens by itself is open and rehearsed with: some seconds after its start. */
    static final class StartedBefore implements Job {
        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            DataSet set = DataSet.of(arguments.subList(1, arguments.size()));
            float[][] queries = Speed.queries(set, DataSet.QUERIES);
            try (EngineIndex index = new EngineIndex(set, Path.of(arguments.getFirst()))) {
                index.store().awaitUpkeep();
                return Starting.early(index, queries);
            }
        }
    }
}
