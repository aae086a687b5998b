package dev.vectorhub.engine.bench;

import dev.vectorhub.engine.bench.contest.Contestants;
import dev.vectorhub.engine.bench.data.DataSets;
import dev.vectorhub.engine.bench.report.Machine;
import dev.vectorhub.engine.bench.report.Report;
import dev.vectorhub.engine.bench.work.CeilingWork;
import dev.vectorhub.engine.bench.work.DeletesWork;
import dev.vectorhub.engine.bench.work.FilteredWork;
import dev.vectorhub.engine.bench.work.FirstQueryWork;
import dev.vectorhub.engine.bench.work.MemoryWork;
import dev.vectorhub.engine.bench.work.NeighbourWork;
import dev.vectorhub.engine.bench.work.QuantisationWork;
import dev.vectorhub.engine.bench.work.Run;
import dev.vectorhub.engine.bench.work.ScoredWork;
import dev.vectorhub.engine.bench.work.SearchWork;
import dev.vectorhub.engine.bench.work.SparseWork;
import dev.vectorhub.engine.bench.work.TenantsWork;
import dev.vectorhub.engine.bench.work.ThreadsWork;
import dev.vectorhub.engine.bench.work.UpsertWork;
import dev.vectorhub.engine.bench.work.Work;
import dev.vectorhub.engine.core.kernel.Kernels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./hub bench engine}. */
@Command(name = "engine")
final class EngineCommand implements Callable<Integer> {
    private static final int ROUNDS_MAX = 100;
    private static final List<Work> WORKS = List.of(
            new SearchWork(),
            new MemoryWork(),
            new CeilingWork(),
            new FirstQueryWork(),
            new ThreadsWork(),
            new DeletesWork(),
            new QuantisationWork(),
            new SparseWork(),
            new UpsertWork(),
            new FilteredWork(),
            new ScoredWork(),
            new TenantsWork(),
            new NeighbourWork());

    @Option(names = "--data", split = ",")
    private List<String> data = List.of();

    @Option(names = "--work", split = ",")
    private List<String> works = workNames();

    @Option(names = "--peers", split = ",")
    private List<String> peers = Contestants.PEERS;

    @Option(names = "--rounds")
    private int rounds = 5;

    @Option(names = "--scale")
    private double scale = 1;

    @Option(names = "--tenants", split = ",")
    private List<String> tenants = List.of();

    @Option(names = "--quick")
    private boolean quick;

    private boolean failed;

    @Option(names = "--json")
    private boolean json;

    @Option(names = "--out")
    private Path out = Path.of("target", "bench");

    static List<String> workNames() {
        return WORKS.stream().map(Work::name).toList();
    }

    @Override
    public Integer call() throws Exception {
        if (rounds < 3 || rounds > ROUNDS_MAX) {
            throw new Failure("--rounds takes 3 to " + ROUNDS_MAX);
        }
        if (!(scale > 0 && scale <= 1)) {
            throw new Failure("--scale takes a share over 0, at most 1");
        }
        List<String> known = workNames();
        for (String work : works) {
            if (!known.contains(work)) {
                throw new Failure("no work '" + work + "'; the works are " + known);
            }
        }
        peers = peers.stream().filter(peer -> !peer.equals("none")).toList();
        for (String peer : peers) {
            if (!Contestants.PEERS.contains(peer)) {
                throw new Failure("no peer '" + peer + "'; the peers are " + Contestants.PEERS + ", or none");
            }
        }
        Files.createDirectories(out);
        Path folder = Files.createTempDirectory(out.toAbsolutePath(), "run");
        Thread cleaner = new Thread(() -> end(folder), "end-run");
        Runtime.getRuntime().addShutdownHook(cleaner);
        try {
            Publication.publish(measure(folder), out, "engine", "engine bench", json);
        } finally {
            Runtime.getRuntime().removeShutdownHook(cleaner);
            Run.remove(folder);
        }
        return failed ? 1 : 0;
    }

    /** Of an interrupted run: processes that go on writing would outlive their folder. */
    private static void end(Path folder) {
        List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(process -> process.onExit().join());
        Run.remove(folder);
    }

    private Report measure(Path folder) throws Exception {
        Progress progress = new Progress(System.err);
        Machine.Start start = Machine.start();
        Run run = new Run(
                new Run.Wish(
                        quick,
                        quick ? 3 : rounds,
                        peers,
                        scale,
                        tenants.stream().map(TenantsWork.Case::of).toList()),
                progress,
                DataSets.defaultCache(),
                folder);
        prepare(run);
        for (Work work : WORKS) {
            if (works.contains(work.name())) {
                try {
                    work.run(run);
                } catch (Failure e) {
                    // The others can still be measured.
                    run.failed(work.name() + " failed: " + e.getMessage());
                }
            }
        }
        failed = run.failed();
        return new Report(Machine.finish(start, Kernels.best().name()), run.rows(), run.curves(), run.notes());
    }

    /** Data sets that were asked for must be there; of the usual ones, those are taken that the machine can have. */
    private void prepare(Run run) {
        for (String name : data.isEmpty() ? DataSets.NAMES : data) {
            try {
                run.prepare(name);
            } catch (Failure e) {
                if (!data.isEmpty()) {
                    throw e;
                }
                run.note("" + e.getMessage());
            }
        }
        if (run.data().isEmpty()) {
            throw new Failure("there is no data set to measure with");
        }
    }
}
