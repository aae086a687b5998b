package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.Footprint;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.node.EmbeddedEngine;
import dev.vectorhub.engine.node.NodeTuning;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Quiet tenants by the clock (a late answer does not delay the next question), a loud one in closed loops. */
final class NoisyNeighbour implements Job {
    private static final int QUIET = 20;
    private static final int QUIET_POINTS = 1000;
    private static final int PER_SECOND = 20;
    private static final int CONNECTIONS = 8;
    private static final int LOUD_POINTS = 20_000;
    private static final int BATCH = 100;
    private static final int LOUD = QUIET;
    /** Per cent. */
    static final List<Integer> QUANTILES = List.of(50, 95, 99);

    private static final int WARM_UP_SECONDS = 3;
    /** Until then the compiler takes half a core. */
    private static final int NOISY_WARM_UP_SECONDS = 20;

    @Override
    public Map<String, Double> run(List<String> arguments) throws Exception {
        int rounds = Integer.parseInt(arguments.get(1));
        int seconds = Integer.parseInt(arguments.get(2));
        DataSet set = DataSet.of(arguments.subList(3, arguments.size()));
        DataSet.Vectors vectors = set.vectors();
        List<WireLoad> tenants = new ArrayList<>();
        for (int number = 0; number <= QUIET; number++) {
            tenants.add(new WireLoad(number, set, vectors));
        }
        try (EmbeddedEngine engine = EmbeddedEngine.open(
                        EngineSettings.defaults("bench", Path.of(arguments.getFirst())), NodeTuning.defaults());
                ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int number = 0; number <= QUIET; number++) {
                fill(engine, tenants.get(number), number == LOUD ? LOUD_POINTS : QUIET_POINTS);
            }
            // Made beforehand: what its client costs is not the engine's.
            List<Command> batches = new ArrayList<>();
            for (int first = 0; first < LOUD_POINTS; first += BATCH) {
                batches.add(tenants.get(LOUD).upsert(first, BATCH));
            }
            double[][] alone = new double[QUANTILES.size()][rounds];
            double[][] noisy = new double[QUANTILES.size()][rounds];
            double[] operations = new double[rounds];
            turn(engine, tenants, threads, WARM_UP_SECONDS);
            noisy(engine, tenants, batches, threads, NOISY_WARM_UP_SECONDS);
            for (int round = 0; round < rounds; round++) {
                // What the loud one left to be stored and indexed is not to be heard when they are alone.
                Footprint.settle();
                note(turn(engine, tenants, threads, seconds), alone, round);
                Noisy with = noisy(engine, tenants, batches, threads, seconds);
                note(with.millis(), noisy, round);
                operations[round] = with.operations();
            }
            Map<String, Double> figures = new HashMap<>();
            for (int i = 0; i < QUANTILES.size(); i++) {
                figures.put("p" + QUANTILES.get(i) + "Alone", Median.of(alone[i]));
                figures.put("p" + QUANTILES.get(i) + "Noisy", Median.of(noisy[i]));
            }
            figures.put("operations", Median.of(operations));
            figures.put("recall", recall(engine, tenants.getFirst()));
            return figures;
        }
    }

    private static void note(double[] millis, double[][] quantiles, int round) {
        for (int i = 0; i < QUANTILES.size(); i++) {
            quantiles[i][round] = Median.quantile(millis, QUANTILES.get(i) / 100.0);
        }
    }

    /**
     * A turn with the loud one.
     *
     * @param operations of the loud one, a second
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Noisy(double[] millis, double operations) {}

    private static Noisy noisy(
            EmbeddedEngine engine, List<WireLoad> tenants, List<Command> batches, ExecutorService threads, int seconds)
            throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        LongAdder done = new LongAdder();
        List<Future<?>> loud = new ArrayList<>();
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            int own = connection;
            loud.add(threads.submit(() -> beLoud(engine, tenants.get(LOUD), batches, own, stop, done)));
        }
        double[] millis = turn(engine, tenants, threads, seconds);
        stop.set(true);
        for (Future<?> connection : loud) {
            connection.get();
        }
        return new Noisy(millis, (double) done.sum() / seconds);
    }

    private static void fill(EmbeddedEngine engine, WireLoad tenant, int points) throws Exception {
        accepted(engine.submit(tenant.place()).get());
        accepted(engine.submit(tenant.create()).get());
        for (int first = 0; first < points; first += BATCH) {
            accepted(engine.submit(tenant.upsert(first, BATCH)).get());
        }
    }

    private static void accepted(CommandResult result) {
        if (result.hasRejection()) {
            throw new IllegalStateException(result.getRejection().getMessage());
        }
    }

    /** @return milliseconds from when each question was due to its answer */
    private static double[] turn(EmbeddedEngine engine, List<WireLoad> tenants, ExecutorService threads, int seconds)
            throws Exception {
        int questions = seconds * PER_SECOND;
        double[] millis = new double[QUIET * questions];
        List<Future<?>> asking = new ArrayList<>();
        long period = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        long begin = System.nanoTime() + period;
        for (int number = 0; number < QUIET; number++) {
            int own = number;
            asking.add(threads.submit(() -> {
                for (int question = 0; question < questions; question++) {
                    // Not all in the same moment.
                    long due = begin + question * period + own * period / QUIET;
                    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                        TimeUnit.NANOSECONDS.sleep(wait);
                    }
                    engine.search(tenants.get(own).search(question));
                    millis[own * questions + question] = (System.nanoTime() - due) / 1e6;
                }
                return null;
            }));
        }
        for (Future<?> tenant : asking) {
            tenant.get();
        }
        return millis;
    }

    /** Every other operation a write. */
    private static void beLoud(
            EmbeddedEngine engine,
            WireLoad tenant,
            List<Command> batches,
            int connection,
            AtomicBoolean stop,
            LongAdder done) {
        int slice = batches.size() / CONNECTIONS;
        for (int turn = 0; !stop.get(); turn++) {
            if (turn % 2 == 0) {
                engine.search(tenant.search(turn + connection));
            } else {
                engine.submit(batches.get(connection * slice + turn / 2 % slice))
                        .join();
            }
            done.increment();
        }
    }

    /** Small tenants are scanned exactly; this shows it. */
    private static double recall(EmbeddedEngine engine, WireLoad tenant) {
        DataSet small = new DataSet(
                tenant.set().name(),
                tenant.set().metric(),
                tenant.set().rows(),
                tenant.set().dimensions(),
                QUIET_POINTS,
                1);
        int queries = 100;
        Truth truth = Truth.compute(small, queries, row -> true);
        int[] found = new int[queries * Truth.K];
        for (int query = 0; query < queries; query++) {
            SearchResponse answer = engine.search(tenant.search(query));
            for (int hit = 0; hit < answer.getResults(0).getPointsCount(); hit++) {
                found[query * Truth.K + hit] =
                        (int) answer.getResults(0).getPoints(hit).getId().getNum();
            }
        }
        return truth.recall(0, found);
    }
}
