package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.Child;
import dev.vectorhub.engine.bench.contest.Footprint;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.node.EmbeddedEngine;
import dev.vectorhub.engine.node.NodeTuning;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CountRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Acknowledged points a second through the log (fsynced, applied, searchable), in batches, beside a bare log on the same disk
 * that writes the same bytes with group commit and does nothing else. In turns, as many batches in flight.
 */
public final class UpsertWork implements Work {
    private static final int BATCH = 100;
    private static final int IN_FLIGHT = 16;
    private static final int WARM_UP_TURNS = 8;

    @Override
    public String name() {
        return "upsert";
    }

    @Override
    public void run(Run run) {
        DataSet set = run.dataSet("minilm");
        int cores = Math.min(2, Runtime.getRuntime().availableProcessors());
        List<String> arguments = new ArrayList<>(
                List.of(run.newFolder("upsert").toString(), "" + run.wish().rounds(), "" + (run.quick() ? 100 : 200)));
        arguments.addAll(set.arguments());
        Map<String, Double> figures = JobMain.run(Writing.class, cores, Child.SHIPPED, arguments);
        run.add(Row.against(
                "durable upsert, batches of " + BATCH,
                "minilm",
                null,
                figures.getOrDefault("engine", 0.0),
                "bare group-commit log",
                figures.getOrDefault("log", 0.0),
                "points/s"));
        run.add(Row.against(
                "durable upsert, CPU",
                "minilm",
                null,
                figures.getOrDefault("engineCpu", 0.0),
                "bare group-commit log",
                figures.getOrDefault("logCpu", 0.0),
                "CPU µs a point"));
    }

    static final class Writing implements Job {
        /**
         * @param rate points a second
         * @param cpuMicros CPU time of the process, a point
         */
        private record Turn(double rate, double cpuMicros) {}

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            Path folder = Path.of(arguments.getFirst());
            int rounds = Integer.parseInt(arguments.get(1));
            int batches = Integer.parseInt(arguments.get(2));
            DataSet set = DataSet.of(arguments.subList(3, arguments.size()));
            WireLoad load = new WireLoad(0, set, set.vectors());
            Path data = Files.createDirectory(folder.resolve("engine"));
            Turn[] engineTurns = new Turn[rounds];
            Turn[] logTurns = new Turn[rounds];
            try (EmbeddedEngine engine =
                            EmbeddedEngine.open(EngineSettings.defaults("bench", data), NodeTuning.defaults());
                    BareLog log = new BareLog(folder.resolve("bare.log"))) {
                // Half of such a process's time goes to the compiler at first. Into a collection that is gone before it
                // counts.
                WireLoad warmUp = new WireLoad(1, set, load.vectors());
                turns(engine, log, warmUp, new Turn[WARM_UP_TURNS], new Turn[WARM_UP_TURNS], batches);
                accepted(engine.submit(warmUp.drop()).get());
                turns(engine, log, load, engineTurns, logTurns, batches);
                long written = engine.count(CountRequest.newBuilder()
                                .setCollection(load.reference())
                                .build())
                        .getCount();
                long acknowledged = (long) rounds * batches * BATCH;
                if (written != acknowledged) {
                    throw new IllegalStateException(
                            acknowledged + " points were acknowledged, " + written + " are there");
                }
            }
            return Map.of(
                    "engine", median(engineTurns, Turn::rate),
                    "engineCpu", median(engineTurns, Turn::cpuMicros),
                    "log", median(logTurns, Turn::rate),
                    "logCpu", median(logTurns, Turn::cpuMicros));
        }

        private static void turns(
                EmbeddedEngine engine, BareLog log, WireLoad load, Turn[] engineTurns, Turn[] logTurns, int batches)
                throws Exception {
            accepted(engine.submit(load.place()).get());
            accepted(engine.submit(load.create()).get());
            for (int round = 0; round < engineTurns.length; round++) {
                List<Command> commands = new ArrayList<>(batches);
                List<byte[]> bytes = new ArrayList<>(batches);
                for (int batch = 0; batch < batches; batch++) {
                    Command command = load.upsert((round * batches + batch) * BATCH, BATCH);
                    commands.add(command);
                    bytes.add(command.toByteArray());
                }
                // What is being stored and indexed of earlier turns is not this turn's, nor the load's own garbage.
                Footprint.settle();
                engineTurns[round] =
                        turn(commands, command -> engine.submit(command).thenAccept(Writing::accepted));
                Footprint.settle();
                logTurns[round] = turn(bytes, log::append);
            }
        }

        private static void accepted(CommandResult result) {
            if (result.hasRejection()) {
                throw new IllegalStateException(result.getRejection().getMessage());
            }
        }

        private static double median(Turn[] turns, ToDoubleFunction<Turn> figure) {
            return Median.of(Stream.of(turns).mapToDouble(figure).toArray());
        }

        /** Never more than so many batches in flight. */
        private static <T> Turn turn(List<T> items, Function<T, CompletableFuture<?>> write) throws Exception {
            Semaphore free = new Semaphore(IN_FLIGHT);
            List<CompletableFuture<?>> all = new ArrayList<>(items.size());
            long cpu = Footprint.cpuNanos();
            long start = System.nanoTime();
            for (T item : items) {
                free.acquire();
                all.add(write.apply(item).whenComplete((done, failure) -> free.release()));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
            double seconds = (System.nanoTime() - start) / 1e9;
            int points = items.size() * BATCH;
            return new Turn(points / seconds, (Footprint.cpuNanos() - cpu) / 1e3 / points);
        }
    }
}
