package dev.vectorhub.engine.node;

import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.Point;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Figures of one engine on this machine: {@code Measure DIR SECONDS}. Not a test. */
final class Measure {
    private static final int BATCH = 100;
    private static final int SIZE = 384;

    private Measure() {}

    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]);
        long seconds = Long.parseLong(args[1]);
        var wire = Wire.of(1, SIZE);
        long before = System.nanoTime();
        var engine = EmbeddedEngine.open(EngineSettings.defaults("measure", dir), NodeTuning.defaults());
        System.out.printf("open %.0f ms%n", (System.nanoTime() - before) / 1e6);
        idle();
        check(engine.submit(wire.place(1, IsolationMode.NONE)).get());
        check(engine.submit(wire.create(Distance.COSINE)).get());
        lone(engine, wire);
        List<List<Point>> batches = batches(wire);
        for (int callers : new int[] {1, 4, 16}) {
            load(engine, wire, batches, callers, seconds);
        }
        lone(engine, wire);
        var count = CountRequest.newBuilder().setCollection(wire.ref()).build();
        System.out.println("points " + engine.count(count).getCount());
        before = System.nanoTime();
        engine.checkpoint();
        System.out.printf("checkpoint %.0f ms%n", (System.nanoTime() - before) / 1e6);
        before = System.nanoTime();
        engine.close();
        System.out.printf("close %.0f ms%n", (System.nanoTime() - before) / 1e6);
        before = System.nanoTime();
        engine = EmbeddedEngine.open(EngineSettings.defaults("measure", dir), NodeTuning.defaults());
        System.out.printf(
                "open filled %.0f ms, %d points%n",
                (System.nanoTime() - before) / 1e6, engine.count(count).getCount());
        idle();
        engine.close();
    }

    private static List<List<Point>> batches(Wire wire) {
        List<List<Point>> batches = new ArrayList<>();
        for (int b = 0; b < 50; b++) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                points.add(wire.point(b * BATCH + i, 1));
            }
            batches.add(points);
        }
        return batches;
    }

    private static void load(EmbeddedEngine engine, Wire wire, List<List<Point>> batches, int callers, long seconds)
            throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long start = System.nanoTime();
        List<CompletableFuture<Long>> done = new ArrayList<>();
        for (int c = 0; c < callers; c++) {
            int caller = c;
            done.add(CompletableFuture.supplyAsync(
                    () -> {
                        long points = 0;
                        for (int i = caller; System.nanoTime() < end; i++) {
                            check(engine.submit(wire.upsert(batches.get(i % batches.size()), 0, 0))
                                    .join());
                            points += BATCH;
                        }
                        return points;
                    },
                    task -> Thread.ofPlatform().start(task)));
        }
        long points = 0;
        for (var one : done) {
            points += one.get();
        }
        System.out.printf("%d callers: %.0f points/s%n", callers, points / ((System.nanoTime() - start) / 1e9));
    }

    private static void lone(EmbeddedEngine engine, Wire wire) throws Exception {
        long[] nanos = new long[500];
        for (int i = 0; i < nanos.length; i++) {
            long before = System.nanoTime();
            check(engine.submit(wire.upsert(wire.point(i, 2))).get());
            nanos[i] = System.nanoTime() - before;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "lone upsert p50 %.2f ms, p99 %.2f ms%n",
                nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
    }

    private static void idle() throws Exception {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(300);
        }
        var runtime = Runtime.getRuntime();
        System.out.printf(
                "idle: %d threads, %d KiB heap%n",
                Thread.getAllStackTraces().size(), (runtime.totalMemory() - runtime.freeMemory()) >> 10);
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .sorted()
                .forEach(n -> System.out.println("   " + n));
    }

    private static CommandResult check(CommandResult result) {
        if (result.hasRejection()) {
            throw new IllegalStateException(result.toString());
        }
        return result;
    }
}
