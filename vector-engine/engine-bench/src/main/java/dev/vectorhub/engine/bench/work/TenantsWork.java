package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.Commands;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.core.IsolationMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node with many small tenants costs: to start, in memory, on disk, and for the first query of a tenant. */
public final class TenantsWork implements Work {
    /** With 3 KB a tenant for a hundred thousand of them; a node has as much. */
    private static final List<String> HEAP = List.of("-Xmx3g");

    /** So many tenants of an isolation mode, with so many points each. */
    public record Case(IsolationMode mode, int tenants, int points) {
        private static final Pattern FORM =
                Pattern.compile("(none|collection|storage):([1-9]\\d{0,6})x([1-9]\\d{0,5})");

        /**
         * Reads a case.
         *
         * @param text as in {@code storage:2000x1000}
         */
        public static Case of(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new Failure("--tenants takes MODE:TENANTSxPOINTS, as in storage:2000x1000, not " + text);
            }
            return new Case(
                    IsolationMode.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
        }

        private Case scaled(double scale) {
            return new Case(mode, Math.max(1, (int) (tenants * scale)), points);
        }
    }

    private static final List<Case> CASES =
            List.of(new Case(IsolationMode.NONE, 100_000, 20), new Case(IsolationMode.STORAGE, 10_000, 1_000));

    private static final List<Case> QUICK_CASES =
            List.of(new Case(IsolationMode.NONE, 5_000, 20), new Case(IsolationMode.STORAGE, 200, 1_000));

    @Override
    public String name() {
        return "tenants";
    }

    @Override
    public void run(Run run) {
        DataSet set = run.dataSet("minilm");
        for (Case wanted : cases(run.wish())) {
            int tenants = wanted.tenants();
            long raw = (long) tenants * wanted.points() * set.dimensions() * Float.BYTES;
            // Segments are rewritten while they are merged.
            if (run.freeBytes() < 2 * raw) {
                run.note(String.format(
                        Locale.ROOT,
                        "%d tenants × %d points are left out: %d GB of disk are wanted, %d are free; see --scale",
                        tenants,
                        wanted.points(),
                        2 * raw / 1_000_000_000,
                        run.freeBytes() / 1_000_000_000));
                continue;
            }
            Path folder = run.newFolder("tenants");
            List<String> arguments = new ArrayList<>(
                    List.of(folder.toString(), wanted.mode().name(), "" + tenants, "" + wanted.points()));
            arguments.addAll(set.arguments());
            String data = tenants + " × " + wanted.points() + " × " + set.dimensions() + ", " + wanted.mode();
            run.progress().say("writing %s", data);
            Map<String, Double> filled = JobMain.run(FillTenants.class, 1, HEAP, arguments);
            long disk = Long.parseLong(
                    Commands.run(folder, "du is missing", List.of("du", "--summarize", "--block-size=1", "."))
                            .split("\\s", 2)[0]);
            run.progress().say("opening %s", data);
            Map<String, Double> figures = JobMain.run(OpenTenants.class, 1, HEAP, arguments);
            report(run, data, figures);
            run.add(Row.against(
                    "tenants: disk",
                    data,
                    null,
                    (double) disk / tenants,
                    "raw vectors",
                    (double) raw / tenants,
                    "bytes a tenant"));
            run.add(Row.alone(
                    "tenants: placed and filled", data, null, filled.getOrDefault("rate", Double.NaN), "tenants/s"));
            Run.remove(folder);
        }
    }

    private static List<Case> cases(Run.Wish wish) {
        if (!wish.tenants().isEmpty()) {
            return wish.tenants();
        }
        return wish.quick()
                ? QUICK_CASES
                : CASES.stream().map(one -> one.scaled(wish.scale())).toList();
    }

    private static void report(Run run, String data, Map<String, Double> figures) {
        Double recall = figures.get("recall");
        run.add(Row.alone("tenants: start to ready", data, null, figures.getOrDefault("open", Double.NaN), "s"));
        run.add(Row.alone(
                "tenants: heap, not opened since start",
                data,
                null,
                figures.getOrDefault("heapClosed", Double.NaN),
                "bytes a tenant"));
        run.add(Row.alone(
                "tenants: heap, opened and idle",
                data,
                null,
                figures.getOrDefault("heapOpened", Double.NaN),
                "bytes a tenant"));
        run.add(Row.alone(
                "tenants: descriptors after start",
                data,
                null,
                figures.getOrDefault("descriptors", Double.NaN),
                "descriptors"));
        run.add(Row.alone(
                "tenants: descriptors, " + Math.round(figures.getOrDefault("opened", 0.0)) + " opened and idle",
                data,
                null,
                figures.getOrDefault("descriptorsOpened", Double.NaN),
                "descriptors"));
        run.add(Row.alone(
                "tenants: mappings, the same",
                data,
                null,
                figures.getOrDefault("mappingsOpened", Double.NaN),
                "mappings"));
        run.add(Row.alone(
                "tenants: cold first query p50", data, recall, figures.getOrDefault("p50", Double.NaN), "ms"));
        run.add(Row.alone(
                "tenants: cold first query p99", data, recall, figures.getOrDefault("p99", Double.NaN), "ms"));
        run.add(Row.against(
                "tenants: second query p50",
                data,
                recall,
                figures.getOrDefault("again", Double.NaN),
                "cold first query p50",
                figures.getOrDefault("p50", Double.NaN),
                "ms"));
    }
}
