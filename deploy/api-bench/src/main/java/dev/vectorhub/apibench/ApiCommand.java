package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Commands;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import dev.vectorhub.engine.bench.Publication;
import dev.vectorhub.engine.bench.data.DataSets;
import dev.vectorhub.engine.bench.report.Machine;
import dev.vectorhub.engine.bench.report.Report;
import dev.vectorhub.engine.core.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./hub bench api}. */
@Command(name = "api")
final class ApiCommand implements Callable<Integer> {
    private static final int ROUNDS_MAX = 100;
    private static final int CONNECTIONS_MAX = 1000;
    private static final List<String> WORKS = List.of("search", "upsert");

    @Option(names = "--data", split = ",")
    private List<String> data = List.of("minilm", "fashion");

    @Option(names = "--work", split = ",")
    private List<String> works = WORKS;

    @Option(names = "--connections", split = ",")
    private List<Integer> connections = List.of(1, 2, 4, 8, 16, 32, 64);

    @Option(names = "--rounds")
    private int rounds = 3;

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--state")
    @Nullable
    private Path state;

    @Option(names = "--json")
    private boolean json;

    @Option(names = "--out")
    private Path out = Path.of("target", "bench");

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || rounds > ROUNDS_MAX) {
            throw new Failure("--rounds takes 1 to " + ROUNDS_MAX);
        }
        if (connections.isEmpty() || connections.stream().anyMatch(n -> n < 1 || n > CONNECTIONS_MAX)) {
            throw new Failure("--connections takes 1 to " + CONNECTIONS_MAX);
        }
        if (!WORKS.containsAll(works)) {
            throw new Failure("--work takes " + WORKS);
        }
        int cores = Runtime.getRuntime().availableProcessors();
        if (cores < 2) {
            throw new Failure("two cores are needed: one for the server, one for the load");
        }
        // All that this process starts inherits it; the server and its yardstick have the last core to themselves.
        Commands.run(
                Path.of("."),
                "taskset is missing: apt-get install util-linux",
                List.of(
                        "taskset",
                        "--all-tasks",
                        "--cpu-list",
                        "--pid",
                        cores == 2 ? "0" : "0-" + (cores - 2),
                        Long.toString(ProcessHandle.current().pid())));
        Files.createDirectories(out);
        Path folder = Files.createTempDirectory(out.toAbsolutePath(), "api");
        try {
            Publication.publish(measure(folder, Integer.toString(cores - 1)), out, "api", "API bench", json);
        } finally {
            remove(folder);
        }
        return 0;
    }

    private Report measure(Path folder, String core) throws Exception {
        Machine.Start start = Machine.start();
        Progress progress = new Progress(System.err);
        Path home = state == null ? folder.resolve("hub") : state;
        var steps = new dev.vectorhub.launcher.Progress(System.err);
        try (Server server = Server.start(home, core, steps)) {
            ApiBench bench = new ApiBench(
                    server,
                    new ApiBench.Wish(
                            quick, quick ? Math.min(rounds, 2) : rounds, quick ? quick(connections) : connections),
                    folder,
                    DataSets.defaultCache(),
                    progress);
            for (String name : data) {
                bench.run(name, works.contains("search"), works.contains("upsert"));
            }
            return new Report(Machine.finish(start, Kernels.best().name()), bench.rows(), List.of(), bench.notes());
        }
    }

    private static List<Integer> quick(List<Integer> connections) {
        return connections.stream().filter(n -> n == 1 || n == 8).toList();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
