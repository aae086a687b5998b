package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.core.SearchHits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Distances and bytes a query at the fixed recall, and its time beside what this machine's memory takes in the same minute to
 * fetch so many rows of that size from random places, computing nothing.
 */
public final class CeilingWork implements Work {
    @Override
    public String name() {
        return "ceiling";
    }

    @Override
    public void run(Run run) {
        for (DataSet set : run.data()) {
            String name = set.name();
            List<String> arguments = new ArrayList<>(
                    List.of(run.store(set).toString(), "" + run.wish().rounds()));
            arguments.addAll(set.arguments());
            Map<String, Double> figures = JobMain.run(Fetching.class, 1, List.of(), arguments);
            Double recall = figures.get("recall");
            run.add(Row.alone(
                    "distances", name, recall, figures.getOrDefault("distances", Double.NaN), "distances a query"));
            run.add(Row.alone(
                    "bytes looked at", name, recall, figures.getOrDefault("bytes", Double.NaN), "bytes a query"));
            run.add(Row.against(
                    "time a query",
                    name,
                    recall,
                    figures.getOrDefault("micros", Double.NaN),
                    "as many random rows fetched",
                    figures.getOrDefault("randomMicros", Double.NaN),
                    "CPU µs"));
            run.add(Row.alone(
                    "stream ceiling of the machine", "", null, figures.getOrDefault("stream", Double.NaN), "GB/s"));
        }
    }

    static final class Fetching implements Job {
        private static final int WARM_UP_PASSES = 5;
        private static final int LINE_BYTES = 64;
        private static final int FETCHES = 200_000;

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            int rounds = Integer.parseInt(arguments.get(1));
            DataSet set = DataSet.of(arguments.subList(2, arguments.size()));
            Truth truth = Truth.cached(set);
            float[][] queries = Speed.queries(set, DataSet.QUERIES);
            try (EngineIndex index = new EngineIndex(set, Path.of(arguments.getFirst()));
                    Arena arena = Arena.ofConfined()) {
                int beam = Speed.beam(index, set, queries, truth);
                Speed.Search search = query -> index.search(query, beam);
                for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
                    Speed.of(queries, truth, search);
                }
                long distances = 0;
                long bytes = 0;
                for (float[] query : queries) {
                    SearchHits hits = search.search(query);
                    distances += hits.vectorsScanned();
                    bytes += hits.bytesRead();
                }
                double perQuery = (double) distances / queries.length;
                int rowBytes = (int) Math.max(LINE_BYTES, bytes / Math.max(1, distances));
                // As large as what the searches walk over, so that caches hold as much of it.
                MemorySegment memory = arena.allocate((long) set.base() * rowBytes, LINE_BYTES);
                double[] micros = new double[rounds];
                double[] nanosARow = new double[rounds];
                double[] stream = new double[rounds];
                double recall = 0;
                random(memory, rowBytes);
                stream(memory);
                for (int round = 0; round < rounds; round++) {
                    Speed speed = Speed.of(queries, truth, search);
                    micros[round] = speed.cpuMicros();
                    recall = speed.recall();
                    nanosARow[round] = random(memory, rowBytes);
                    stream[round] = stream(memory);
                }
                return Map.of(
                        "recall",
                        recall,
                        "distances",
                        perQuery,
                        "bytes",
                        (double) bytes / queries.length,
                        "micros",
                        Median.of(micros),
                        "randomMicros",
                        Median.of(nanosARow) * perQuery / 1e3,
                        "stream",
                        Median.of(stream));
            }
        }

        /** Nanoseconds of CPU to fetch a row: addresses are known ahead, so that misses overlap as in a good search. */
        private static double random(MemorySegment memory, int rowBytes) {
            Random random = new Random(DataSet.SEED);
            long[] rows = new long[FETCHES];
            for (int i = 0; i < FETCHES; i++) {
                rows[i] = random.nextLong((memory.byteSize() - rowBytes) / LINE_BYTES) * LINE_BYTES;
            }
            var threads = ManagementFactory.getThreadMXBean();
            long start = threads.getCurrentThreadCpuTime();
            long sum = 0;
            for (long row : rows) {
                for (int line = 0; line < rowBytes; line += LINE_BYTES) {
                    sum += memory.get(ValueLayout.JAVA_LONG, row + line);
                }
            }
            return used(sum, (double) (threads.getCurrentThreadCpuTime() - start)) / FETCHES;
        }

        /** GB a second, from one end to the other. */
        private static double stream(MemorySegment memory) {
            var threads = ManagementFactory.getThreadMXBean();
            long start = threads.getCurrentThreadCpuTime();
            long sum = 0;
            for (long at = 0; at < memory.byteSize(); at += LINE_BYTES) {
                sum += memory.get(ValueLayout.JAVA_LONG, at);
            }
            return memory.byteSize() / used(sum, (double) (threads.getCurrentThreadCpuTime() - start));
        }

        /** Keeps the compiler from dropping the reads: no sum is so large. */
        private static double used(long sum, double nanos) {
            return sum == Long.MAX_VALUE ? 0 : nanos;
        }
    }
}
