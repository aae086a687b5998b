package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.contest.Contestant;
import dev.vectorhub.engine.bench.contest.Contestants;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Curve;
import dev.vectorhub.engine.bench.report.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** Queries a second at a fixed recall on one core, and what it took to build the index: the engine beside its peers. */
public final class SearchWork implements Work {
    static final int M = 16;
    static final int EF_CONSTRUCT = 200;
    private static final double SECOND = 1e9;

    @Override
    public String name() {
        return "search";
    }

    @Override
    public void run(Run run) {
        for (DataSet set : run.data()) {
            contest(run, set, Truth.cached(set));
        }
    }

    private static void contest(Run run, DataSet set, Truth truth) {
        Map<String, Contestant> contestants = new LinkedHashMap<>();
        Map<String, Contestant.Build> builds = new LinkedHashMap<>();
        Path engineFolder = run.newFolder("engine");
        try {
            enter(run, set, Contestants.ENGINE, engineFolder, contestants, builds);
            Path copy = run.newFolder("engine-java");
            Run.copy(engineFolder, copy);
            contestants.put(
                    Contestants.ENGINE_JAVA, Contestants.start(Contestants.ENGINE_JAVA, set, copy, run.cache()));
            for (String peer : run.wish().peers()) {
                try {
                    enter(run, set, peer, run.newFolder(peer), contestants, builds);
                } catch (Failure e) {
                    run.note(peer + " is left out: " + e.getMessage());
                }
            }
            run.progress().say("%s: sweeping %s", set.name(), contestants.keySet());
            Map<String, Curve> curves =
                    new Sweep(set, truth, run.wish().rounds()).run(new ArrayList<>(contestants.values()));
            curves.values().forEach(run::add);
            report(run, set, contestants, builds, curves);
        } finally {
            contestants.values().forEach(Contestant::close);
        }
        run.keep(set, engineFolder);
    }

    private static void enter(
            Run run,
            DataSet set,
            String name,
            Path folder,
            Map<String, Contestant> contestants,
            Map<String, Contestant.Build> builds) {
        run.progress().say("%s: %s builds over %d rows", set.name(), name, set.base());
        Contestant contestant = Contestants.start(name, set, folder, run.cache());
        try {
            builds.put(name, contestant.build(M, EF_CONSTRUCT));
        } catch (Failure e) {
            contestant.close();
            throw e;
        }
        contestants.put(name, contestant);
    }

    private static void report(
            Run run,
            DataSet set,
            Map<String, Contestant> contestants,
            Map<String, Contestant.Build> builds,
            Map<String, Curve> curves) {
        for (String ours : List.of(Contestants.ENGINE, Contestants.ENGINE_JAVA)) {
            String work = ours.equals(Contestants.ENGINE) ? "search" : "search without native kernel";
            OptionalDouble qps = qps(run, set, curves, ours);
            if (qps.isEmpty()) {
                continue;
            }
            boolean alone = true;
            for (String peer : run.wish().peers()) {
                OptionalDouble peerQps =
                        curves.containsKey(peer) ? qps(run, set, curves, peer) : OptionalDouble.empty();
                if (peerQps.isPresent()) {
                    alone = false;
                    run.add(Row.against(
                            work,
                            set.name(),
                            set.recall(),
                            qps.getAsDouble(),
                            peer,
                            peerQps.getAsDouble(),
                            "queries/s"));
                }
            }
            if (alone) {
                run.add(Row.alone(work, set.name(), set.recall(), qps.getAsDouble(), "queries/s"));
            }
        }
        Contestant.Build built = Objects.requireNonNull(builds.get(Contestants.ENGINE));
        Map<String, Double> sizes = new LinkedHashMap<>();
        for (String peer : run.wish().peers()) {
            Contestant.Build otherBuilt = builds.get(peer);
            if (otherBuilt == null) {
                continue;
            }
            run.add(Row.against(
                    "build",
                    set.name(),
                    set.recall(),
                    built.cpuNanos() / SECOND,
                    peer,
                    otherBuilt.cpuNanos() / SECOND,
                    "CPU s"));
            Contestant.Size size = Objects.requireNonNull(contestants.get(peer)).footprint();
            sizes.put(peer, (double) size.memoryBytes() / set.base());
        }
        run.keep(set, sizes);
    }

    private static OptionalDouble qps(Run run, DataSet set, Map<String, Curve> curves, String contestant) {
        Curve curve = curves.get(contestant);
        OptionalDouble qps = curve == null ? OptionalDouble.empty() : curve.qpsAt(set.recall());
        if (qps.isEmpty() && curve != null) {
            run.note(contestant + " does not reach recall " + set.recall() + " on " + set.name() + ": "
                    + curve.points().getLast());
        }
        return qps;
    }
}
