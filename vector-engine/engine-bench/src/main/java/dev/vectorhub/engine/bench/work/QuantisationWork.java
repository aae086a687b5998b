package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.contest.Footprint;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.QuantizationConfig;
import dev.vectorhub.engine.core.QuantizationSearch;
import dev.vectorhub.engine.core.SearchSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each kind of codes gives at the engine's default beam: recall, speed, bytes in memory of a process that only searches,
 * bytes on disk. Each has an index of its own.
 */
public final class QuantisationWork implements Work {

    /** The kinds; one stands for {@code int8} alone, over the same index as {@code int8} with vectors that decide. */
    @SuppressWarnings("ImmutableEnumChecker") // records of numbers and enums
    private enum Kind {
        NONE("none", QuantizationConfig.NONE, QuantizationSearch.DEFAULT),
        INT8("int8, rescored", QuantizationConfig.SCALAR, QuantizationSearch.DEFAULT),
        INT8_ALONE("int8 alone", QuantizationConfig.SCALAR, new QuantizationSearch(false, false, 0)),
        PRODUCT("product × 8, rescored", QuantizationConfig.product(8), QuantizationSearch.DEFAULT),
        BINARY("binary, rescored", QuantizationConfig.BINARY, QuantizationSearch.DEFAULT);

        private final String label;
        private final QuantizationConfig config;
        private final QuantizationSearch search;

        Kind(String label, QuantizationConfig config, QuantizationSearch search) {
            this.label = label;
            this.config = config;
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
        Map<QuantizationConfig, Path> built = new LinkedHashMap<>();
        Map<String, Double> none = Map.of();
        for (Kind kind : Kind.values()) {
            Path folder = built.computeIfAbsent(kind.config, config -> {
                run.progress().say("%s: building with %s", set.name(), kind.label);
                Path own = run.newFolder("quantised");
                JobMain.run(Building.class, 1, List.of(), arguments(run, own, kind, set));
                return own;
            });
            Map<String, Double> found = JobMain.run(Searching.class, 1, List.of(), arguments(run, folder, kind, set));
            if (kind == Kind.NONE) {
                none = found;
            }
            report(run, set, kind, found, none, (double) Run.bytes(folder) / set.base());
        }
        built.values().forEach(Run::remove);
    }

    private static List<String> arguments(Run run, Path folder, Kind kind, DataSet set) {
        List<String> arguments = new ArrayList<>(
                List.of(folder.toString(), kind.name(), "" + run.wish().rounds()));
        arguments.addAll(set.arguments());
        return arguments;
    }

    private static void report(
            Run run, DataSet set, Kind kind, Map<String, Double> found, Map<String, Double> none, double diskBytes) {
        double recall = found.getOrDefault("recall", Double.NaN);
        run.add(Row.against(
                "quantisation, " + kind.label + ": speed at the default beam",
                set.name(),
                recall,
                found.getOrDefault("micros", Double.NaN),
                String.format(Locale.ROOT, "none, recall %.3f", none.getOrDefault("recall", Double.NaN)),
                none.getOrDefault("micros", Double.NaN),
                "CPU µs a query"));
        run.add(Row.against(
                "quantisation, " + kind.label + ": resident",
                set.name(),
                recall,
                found.getOrDefault("bytes", Double.NaN),
                "none",
                none.getOrDefault("bytes", Double.NaN),
                "bytes a vector"));
        run.add(Row.against(
                "quantisation, " + kind.label + ": on disk",
                set.name(),
                recall,
                diskBytes,
                "raw vectors",
                (double) set.dimensions() * Float.BYTES,
                "bytes a vector"));
    }

    static final class Building implements Job {
        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            DataSet set = DataSet.of(arguments.subList(3, arguments.size()));
            QuantizationConfig config = Kind.valueOf(arguments.get(1)).config;
            try (EngineIndex index = new EngineIndex(set, Path.of(arguments.getFirst()))) {
                index.build(new HnswConfig(SearchWork.M, SearchWork.EF_CONSTRUCT, 0, config), List.of(), row -> "");
            }
            return Map.of();
        }
    }

    static final class Searching implements Job {
        private static final int WARM_UP_PASSES = 5;

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            Path folder = Path.of(arguments.getFirst());
            QuantizationSearch how = Kind.valueOf(arguments.get(1)).search;
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
                                SearchSpec.nearest(query, Truth.K).withQuantization(how));
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
