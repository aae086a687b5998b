package dev.vectorhub.engine.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.EngineSettings.QueryCacheSettings;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * CPU time of a search without the query cache, of one that it answers, and of one that it never can; and of a row that is
 * read where it is mapped beside one from a cache on the heap. Run by hand: the figures are in DD051.
 */
final class CacheBenchmark {
    private static final int POINTS = 20_000;
    private static final int QUERIES = 500;
    private static final int ROUNDS = 6;
    private static final Wire WIRE = Wire.of(1, 384);

    private CacheBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path dir = Files.createTempDirectory("cache-benchmark");
        EngineSettings off = EngineSettings.defaults("n1", dir);
        searches("off", off, 0);
        searches("on, repeated", off.withQueryCache(new QueryCacheSettings(64 << 20, 300)), 0);
        searches("on, never the same", off.withQueryCache(new QueryCacheSettings(64 << 20, 300)), 1);
        rows(dir);
    }

    private static void searches(String what, EngineSettings settings, int change) throws Exception {
        try (var engine = EmbeddedEngine.open(settings, NodeTuning.defaults())) {
            run(engine, WIRE.place(1, IsolationMode.NONE));
            run(engine, WIRE.create(Distance.EUCLID));
            List<Point> batch = new ArrayList<>();
            for (int id = 0; id < POINTS; id++) {
                batch.add(WIRE.point(id, 1));
                if (batch.size() == 500) {
                    run(engine, WIRE.upsert(batch, 0, 0));
                    batch.clear();
                }
            }
            engine.checkpoint();
            Thread.sleep(6_000);
            List<SearchRequest> requests = new ArrayList<>();
            for (int i = 0; i < QUERIES; i++) {
                requests.add(request(i, 10));
            }
            double best = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long before = cpu();
                for (int i = 0; i < QUERIES; i++) {
                    // an offset that differs each round makes it another request of the same cost
                    engine.search(change == 0 ? requests.get(i) : request(i, 10 + round));
                }
                best = Math.min(best, (cpu() - before) / 1e3 / QUERIES);
            }
            System.out.printf("search, %s: %.1f us%n", what, best);
        }
    }

    private static SearchRequest request(int i, int limit) {
        return SearchRequest.newBuilder()
                .setCollection(WIRE.ref())
                .addQueries(SearchQuery.newBuilder()
                        .setF32(WIRE.point(i, 2).getVectors(0).getF32())
                        .setLimit(limit))
                .build();
    }

    private static void rows(Path dir) throws IOException {
        int dimensions = 384;
        int rows = 200_000;
        Path file = dir.resolve("rows");
        Random random = new Random(1);
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Arena arena = Arena.ofConfined()) {
            MemorySegment mapped =
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) rows * dimensions * Float.BYTES, arena);
            for (long i = 0; i < (long) rows * dimensions; i += 97) {
                mapped.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat());
            }
            Cache<Integer, float[]> heap =
                    Caffeine.newBuilder().maximumSize(rows).build();
            for (int round = 0; round < ROUNDS; round++) {
                System.out.printf("row, mapped: %.0f ns%n", measured(rows, row -> sum(mapped, row, dimensions)));
                System.out.printf(
                        "row, heap cache: %.0f ns%n",
                        measured(
                                rows,
                                row -> sum(heap.get(
                                        row,
                                        missing -> mapped.asSlice(
                                                        (long) missing * dimensions * Float.BYTES,
                                                        (long) dimensions * Float.BYTES)
                                                .toArray(ValueLayout.JAVA_FLOAT)))));
            }
        }
    }

    private interface Reading {
        float at(int row);
    }

    private static double measured(int rows, Reading reading) {
        Random random = new Random(2);
        float sum = 0;
        long before = cpu();
        for (int i = 0; i < rows; i++) {
            sum += reading.at(random.nextInt(rows));
        }
        double nanos = (double) (cpu() - before) / rows;
        return Float.isNaN(sum) ? -1 : nanos;
    }

    private static float sum(MemorySegment rows, int row, int dimensions) {
        float sum = 0;
        long first = (long) row * dimensions;
        for (int d = 0; d < dimensions; d++) {
            sum += rows.getAtIndex(ValueLayout.JAVA_FLOAT, first + d);
        }
        return sum;
    }

    private static float sum(float[] row) {
        float sum = 0;
        for (float component : row) {
            sum += component;
        }
        return sum;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void run(EmbeddedEngine engine, Command command) throws Exception {
        var result = engine.submit(command).get();
        if (result.hasRejection()) {
            throw new IllegalStateException(result.toString());
        }
    }
}
