package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.PointSelector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What becomes of recall, at one beam, when half of the points are deleted, and when they are written anew. */
public final class DeletesWork implements Work {
    @Override
    public String name() {
        return "deletes";
    }

    @Override
    public void run(Run run) {
        DataSet set = run.data().getFirst();
        String name = set.name();
        Path folder = run.newFolder("deletes");
        Run.copy(run.store(set), folder);
        List<String> arguments = new ArrayList<>(List.of(folder.toString()));
        arguments.addAll(set.arguments());
        Map<String, Double> figures = JobMain.run(Deleting.class, 1, List.of(), arguments);
        double before = figures.getOrDefault("before", 0.0);
        for (String moment : List.of("deleted", "settled", "rewritten")) {
            double recall = figures.getOrDefault(moment, 0.0);
            run.add(Row.against(
                    switch (moment) {
                        case "deleted" -> "recall after 50 % deletes, at once";
                        case "settled" -> "recall after 50 % deletes, settled";
                        default -> "recall after 50 % deletes and re-inserts, settled";
                    },
                    name,
                    recall,
                    recall,
                    "before, same beam",
                    before,
                    "recall@10"));
        }
        run.add(Row.against(
                "speed after 50 % deletes and re-inserts",
                name,
                figures.get("rewritten"),
                figures.getOrDefault("rewrittenMicros", 0.0),
                "before, same beam",
                figures.getOrDefault("beforeMicros", 0.0),
                "CPU µs a query"));
        Run.remove(folder);
    }

    static final class Deleting implements Job {
        private static final int BATCH = 500;
        private static final int WARM_UP_PASSES = 3;
        /** Later than what the store was built with. */
        private static final long FIRST_LOG_INDEX = 1_000_000;

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            DataSet set = DataSet.of(arguments.subList(1, arguments.size()));
            Truth truth = Truth.cached(set);
            float[][] queries = Speed.queries(set, DataSet.QUERIES);
            boolean[] deleted = half(set.base());
            Truth left = Truth.compute(set, DataSet.QUERIES, row -> !deleted[row]);
            Map<String, Double> figures = new LinkedHashMap<>();
            try (EngineIndex index = new EngineIndex(set, Path.of(arguments.getFirst()))) {
                int beam = Speed.beam(index, set, queries, truth);
                Speed.Search search = query -> index.search(query, beam);
                figures.put("before", warm(queries, truth, search).recall());
                figures.put("beforeMicros", warm(queries, truth, search).cpuMicros());
                long log = delete(index, set, deleted, FIRST_LOG_INDEX);
                figures.put("deleted", Speed.of(queries, left, search).recall());
                index.settle();
                figures.put("settled", Speed.of(queries, left, search).recall());
                insert(index, set, deleted, log);
                index.settle();
                Speed rewritten = warm(queries, truth, search);
                figures.put("rewritten", rewritten.recall());
                figures.put("rewrittenMicros", rewritten.cpuMicros());
            }
            return figures;
        }

        private static Speed warm(float[][] queries, Truth truth, Speed.Search search) {
            Speed speed = new Speed(0, 0);
            for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
                speed = Speed.of(queries, truth, search);
            }
            return speed;
        }

        private static boolean[] half(int rows) {
            Random random = new Random(DataSet.SEED);
            boolean[] half = new boolean[rows];
            for (int row = 0; row < rows; row++) {
                half[row] = random.nextBoolean();
            }
            return half;
        }

        private static long delete(EngineIndex index, DataSet set, boolean[] deleted, long first) {
            long log = first;
            List<PointId> batch = new ArrayList<>(BATCH);
            for (int row = 0; row <= set.base(); row++) {
                if (batch.size() == BATCH || (row == set.base() && !batch.isEmpty())) {
                    index.store()
                            .deletePoints(
                                    log++, EngineIndex.TENANT, EngineIndex.COLLECTION, new PointSelector.Ids(batch));
                    batch.clear();
                }
                if (row < set.base() && deleted[row]) {
                    batch.add(PointId.of(row));
                }
            }
            return log;
        }

        private static void insert(EngineIndex index, DataSet set, boolean[] deleted, long first) {
            long log = first;
            DataSet.Vectors vectors = set.vectors();
            List<PointRecord> batch = new ArrayList<>(BATCH);
            for (int row = 0; row <= set.base(); row++) {
                if (batch.size() == BATCH || (row == set.base() && !batch.isEmpty())) {
                    index.store().upsert(log++, EngineIndex.TENANT, EngineIndex.COLLECTION, batch, Ceilings.NONE);
                    batch = new ArrayList<>(BATCH);
                }
                if (row < set.base() && deleted[row]) {
                    batch.add(PointRecord.of(PointId.of(row), vectors.base(row)));
                }
            }
        }
    }
}
