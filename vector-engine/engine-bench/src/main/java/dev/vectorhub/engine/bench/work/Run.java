package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.Progress;
import dev.vectorhub.engine.bench.contest.Contestant;
import dev.vectorhub.engine.bench.contest.Contestants;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.DataSets;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Curve;
import dev.vectorhub.engine.bench.report.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run of the benchmark: what was asked for, and what has been found so far. */
public final class Run {
    /**
     * What is asked of a run.
     *
     * @param quick less data and fewer rounds: good for comparing two states of the engine, not for publishing
     * @param rounds turns of each contestant that count
     * @param peers those that take part
     * @param scale share of the tenants that there should be, 0 to 1
     * @param tenants instead of the usual ones; empty for those
     */
    public record Wish(boolean quick, int rounds, List<String> peers, double scale, List<TenantsWork.Case> tenants) {}

    private static final int QUICK_BASE = 25_000;

    private final Wish wish;
    private final Progress progress;
    private final Path cache;
    private final Path folder;
    private final List<DataSet> data = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Curve> curves = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<DataSet, Path> stores = new HashMap<>();
    private final Map<DataSet, Map<String, Double>> peerBytes = new HashMap<>();
    private int folders;
    private boolean failed;

    /** @param folder for the files of the contestants; whoever made it removes it */
    public Run(Wish wish, Progress progress, Path cache, Path folder) {
        this.wish = wish;
        this.progress = progress;
        this.cache = cache;
        this.folder = folder;
    }

    public Wish wish() {
        return wish;
    }

    public boolean quick() {
        return wish.quick();
    }

    public Progress progress() {
        return progress;
    }

    public Path cache() {
        return cache;
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    public List<Curve> curves() {
        return List.copyOf(curves);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Fetches the data set and its exact answers, and lets the works have it. */
    public void prepare(String name) {
        DataSet set = dataSet(name);
        Truth.of(set, progress);
        data.add(set);
    }

    /** What there is to work with; the first one is for works that take one. */
    public List<DataSet> data() {
        return List.copyOf(data);
    }

    /** A data set by name whether it was asked for or not, in a quick run a part of it. */
    DataSet dataSet(String name) {
        return new DataSets(cache, progress).open(name, quick() ? QUICK_BASE : Integer.MAX_VALUE);
    }

    public void add(Row row) {
        rows.add(row);
        progress.say(
                "%s %s: %s %s%s",
                row.work(),
                row.data(),
                row.us(),
                row.unit(),
                row.peerValue() == null
                        ? ""
                        : String.format(
                                java.util.Locale.ROOT,
                                " against %s of %s: %s ×",
                                row.peerValue(),
                                row.peer(),
                                row.ratio()));
    }

    public void add(Curve curve) {
        curves.add(curve);
    }

    /** Bytes of all files in a folder. */
    static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that a reader of the figures must know; said loudly. */
    public void note(String note) {
        notes.add(note);
        progress.say("NOTE %s", note);
    }

    /** Something that could not be measured though it should have been. */
    public void failed(String what) {
        note(what);
        failed = true;
    }

    public boolean failed() {
        return failed;
    }

    /** Bytes that the run may still write. */
    long freeBytes() {
        return folder.toFile().getUsableSpace();
    }

    /** An empty folder of the run's own. */
    public Path newFolder(String name) {
        try {
            return Files.createDirectories(folder.resolve(++folders + "-" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A closed store that the engine built over the data set, once a run; not to be changed. */
    public Path store(DataSet set) {
        return stores.computeIfAbsent(set, wanted -> {
            progress.say("%s: building the engine's index over %d rows", set.name(), set.base());
            Path built = newFolder("store");
            try (Contestant engine = Contestants.start(Contestants.ENGINE, set, built, cache)) {
                engine.build(SearchWork.M, SearchWork.EF_CONSTRUCT);
            }
            return built;
        });
    }

    /** A store that has been built already, and closed. */
    void keep(DataSet set, Path store) {
        stores.put(set, store);
    }

    /** Resident bytes a vector of each peer that built its index in this run. */
    Map<String, Double> peerBytes(DataSet set) {
        return peerBytes.getOrDefault(set, Map.of());
    }

    void keep(DataSet set, Map<String, Double> bytesByPeer) {
        peerBytes.put(set, bytesByPeer);
    }

    /** Copies a closed store, or one that is at rest. */
    public static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted().toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void remove(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
