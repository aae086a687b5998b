package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Queries a second of two threads on two cores beside one thread on one of them, in turns. By the clock, and by the threads'
 * CPU time: the second shows what they cost each other where the machine has other work as well.
 */
public final class ThreadsWork implements Work {
    @Override
    public String name() {
        return "threads";
    }

    @Override
    public void run(Run run) {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            run.note("2 threads against 1 is left out: this machine has one core");
            return;
        }
        DataSet set = run.data().getFirst();
        String name = set.name();
        List<String> arguments = new ArrayList<>(
                List.of(run.store(set).toString(), "" + run.wish().rounds()));
        arguments.addAll(set.arguments());
        Map<String, Double> figures = JobMain.run(Both.class, 2, List.of(), arguments);
        Double recall = figures.get("recall");
        run.add(Row.against(
                "2 threads against 1",
                name,
                recall,
                figures.getOrDefault("wall2", 0.0),
                "1 thread",
                figures.getOrDefault("wall1", 0.0),
                "queries/s"));
        run.add(Row.against(
                "2 threads against 1, by CPU time",
                name,
                recall,
                figures.getOrDefault("cpu2", 0.0),
                "1 thread",
                figures.getOrDefault("cpu1", 0.0),
                "queries/s"));
    }

    static final class Both implements Job {
        private static final int WARM_UP_PASSES = 5;
        private static final int PASSES = 4;

        /** Queries a second by the clock and, summed over the threads, by CPU time. */
        private record Turn(double wall, double cpu) {}

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            int rounds = Integer.parseInt(arguments.get(1));
            DataSet set = DataSet.of(arguments.subList(2, arguments.size()));
            Truth truth = Truth.cached(set);
            float[][] queries = Speed.queries(set, DataSet.QUERIES);
            try (EngineIndex index = new EngineIndex(set, Path.of(arguments.getFirst()));
                    ExecutorService threads = Executors.newFixedThreadPool(2)) {
                int beam = Speed.beam(index, set, queries, truth);
                Speed.Search search = query -> index.search(query, beam);
                for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
                    turn(threads, 2, queries, truth, search);
                }
                double[][] wall = new double[2][rounds];
                double[][] cpu = new double[2][rounds];
                for (int round = 0; round < rounds; round++) {
                    for (int count = 1; count <= 2; count++) {
                        Turn turn = turn(threads, count, queries, truth, search);
                        wall[count - 1][round] = turn.wall();
                        cpu[count - 1][round] = turn.cpu();
                    }
                }
                Map<String, Double> figures = new LinkedHashMap<>();
                for (int count = 1; count <= 2; count++) {
                    figures.put("wall" + count, Median.of(wall[count - 1]));
                    figures.put("cpu" + count, Median.of(cpu[count - 1]));
                }
                figures.put("recall", Speed.of(queries, truth, search).recall());
                return figures;
            }
        }

        private static Turn turn(
                ExecutorService threads, int count, float[][] queries, Truth truth, Speed.Search search)
                throws InterruptedException {
            List<Future<Double>> running = new ArrayList<>();
            long start = System.nanoTime();
            for (int thread = 0; thread < count; thread++) {
                running.add(threads.submit(() -> {
                    double micros = 0;
                    for (int pass = 0; pass < PASSES; pass++) {
                        micros += Speed.of(queries, truth, search).cpuMicros() / PASSES;
                    }
                    return micros;
                }));
            }
            double cpu = 0;
            for (Future<Double> thread : running) {
                try {
                    cpu += 1e6 / thread.get();
                } catch (java.util.concurrent.ExecutionException e) {
                    throw new Failure("a search failed: " + e.getCause(), e);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Turn((double) count * PASSES * queries.length / seconds, cpu);
        }
    }
}
