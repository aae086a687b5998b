package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.contest.Footprint;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bytes a vector: resident while a process that only searches does so, at the recall that speeds are compared at; on disk. */
public final class MemoryWork implements Work {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void run(Run run) {
        for (DataSet set : run.data()) {
            String name = set.name();
            Path store = run.store(set);
            List<String> arguments = new ArrayList<>(List.of(store.toString()));
            arguments.addAll(set.arguments());
            Map<String, Double> figures = JobMain.run(Searching.class, 1, List.of(), arguments);
            double resident = figures.getOrDefault("heap", 0.0) + figures.getOrDefault("mapped", 0.0);
            Map<String, Double> peers = run.peerBytes(set);
            if (peers.isEmpty()) {
                run.add(Row.alone(
                        "resident while searching",
                        name,
                        figures.get("recall"),
                        resident / set.base(),
                        "bytes a vector"));
            }
            peers.forEach((peer, bytes) -> run.add(Row.against(
                    "resident while searching",
                    name,
                    figures.get("recall"),
                    resident / set.base(),
                    peer,
                    bytes,
                    "bytes a vector")));
            run.add(Row.alone(
                    "resident once opened, before the first query",
                    name,
                    null,
                    figures.getOrDefault("opened", 0.0) / set.base(),
                    "bytes a vector"));
            run.add(Row.against(
                    "on disk",
                    name,
                    figures.get("recall"),
                    (double) Run.bytes(store) / set.base(),
                    "raw vectors",
                    (double) set.dimensions() * Float.BYTES,
                    "bytes a vector"));
            run.note(String.format(
                    java.util.Locale.ROOT,
                    "%s: resident are %.0f bytes a vector of mapped files and %.0f of heap, at ef %.0f",
                    name,
                    figures.getOrDefault("mapped", 0.0) / set.base(),
                    figures.getOrDefault("heap", 0.0) / set.base(),
                    figures.getOrDefault("ef", 0.0)));
        }
    }

    /** Opens the store, searches it a few times over, and weighs itself. */
    static final class Searching implements Job {
        private static final int PASSES = 5;

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            Path folder = Path.of(arguments.getFirst());
            DataSet set = DataSet.of(arguments.subList(1, arguments.size()));
            Truth truth = Truth.cached(set);
            float[][] queries = Speed.queries(set, DataSet.QUERIES);
            long empty = Footprint.heapBytes();
            try (EngineIndex index = new EngineIndex(set, folder)) {
                index.store().awaitUpkeep();
                long opened = Footprint.mappedBytes(folder);
                int beam = Speed.beam(index, set, queries, truth);
                Speed speed = new Speed(0, 0);
                for (int pass = 0; pass < PASSES; pass++) {
                    speed = Speed.of(queries, truth, query -> index.search(query, beam));
                }
                Map<String, Double> figures = new LinkedHashMap<>();
                figures.put("recall", speed.recall());
                figures.put("ef", (double) beam);
                figures.put("opened", (double) opened);
                figures.put("mapped", (double) Footprint.mappedBytes(folder));
                figures.put("heap", (double) Math.max(0, Footprint.heapBytes() - empty));
                return figures;
            }
        }
    }
}
