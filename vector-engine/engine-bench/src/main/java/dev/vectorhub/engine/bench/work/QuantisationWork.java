package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.contest.Footprint;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.core.QuantizationSearch;
import dev.vectorhub.engine.core.SearchSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each way of using codes gives at one beam: recall, speed and the bytes that it keeps in memory, each in a process of its
 * own over the same files.
 */
public final class QuantisationWork implements Work {

    /** The ways. */
    private enum Way {
        INT8_RESCORED("int8, rescored", QuantizationSearch.DEFAULT),
        INT8_ALONE("int8 alone", new QuantizationSearch(false, false, 0)),
        NONE("none: f32 throughout", new QuantizationSearch(true, false, 0));

        private final String label;
        private final QuantizationSearch search;

        Way(String label, QuantizationSearch search) {
            this.label = label;
            this.search = search;
        }
    }

    @Override
    public String name() {
        return "quantisation";
    }

    @Override
    public void run(Run run) {
        DataSet set = run.data().getFirst();
        String name = set.name();
        Path store = run.store(set);
        Map<Way, Map<String, Double>> figures = new LinkedHashMap<>();
        for (Way way : Way.values()) {
            List<String> arguments = new ArrayList<>(
                    List.of(store.toString(), way.name(), "" + run.wish().rounds()));
            arguments.addAll(set.arguments());
            figures.put(way, JobMain.run(Searching.class, 1, List.of(), arguments));
        }
        Map<String, Double> none = figures.getOrDefault(Way.NONE, Map.of());
        figures.forEach((way, found) -> {
            double recall = found.getOrDefault("recall", Double.NaN);
            String beside = String.format(Locale.ROOT, "f32, recall %.3f", none.getOrDefault("recall", Double.NaN));
            run.add(Row.against(
                    "quantisation, " + way.label + ": speed at one beam",
                    name,
                    recall,
                    found.getOrDefault("micros", Double.NaN),
                    beside,
                    none.getOrDefault("micros", Double.NaN),
                    "CPU µs a query"));
            run.add(Row.against(
                    "quantisation, " + way.label + ": resident",
                    name,
                    recall,
                    found.getOrDefault("bytes", Double.NaN),
                    beside,
                    none.getOrDefault("bytes", Double.NaN),
                    "bytes a vector"));
        });
    }

    static final class Searching implements Job {
        private static final int WARM_UP_PASSES = 5;

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            Path folder = Path.of(arguments.getFirst());
            Way way = Way.valueOf(arguments.get(1));
            int rounds = Integer.parseInt(arguments.get(2));
            DataSet set = DataSet.of(arguments.subList(3, arguments.size()));
            Truth truth = Truth.cached(set);
            float[][] queries = Speed.queries(set, DataSet.QUERIES);
            long empty = Footprint.heapBytes();
            try (EngineIndex index = new EngineIndex(set, folder)) {
                Speed.Search search = query -> index.store()
                        .search(
                                EngineIndex.TENANT,
                                EngineIndex.COLLECTION,
                                SearchSpec.nearest(query, Truth.K).withQuantization(way.search));
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
                long bytes = Footprint.mappedBytes(folder) + Math.max(0, Footprint.heapBytes() - empty);
                return Map.of("recall", recall, "micros", Median.of(micros), "bytes", (double) bytes / set.base());
            }
        }
    }
}
