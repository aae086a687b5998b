package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.Child;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one tenant that writes and searches as fast as it can, over 8 connections, does to 20 others that search 20 times a
 * second each: their p99 beside that when they are alone. At the engine's door: no gateway shares out the time before it.
 */
public final class NeighbourWork implements Work {
    @Override
    public String name() {
        return "neighbour";
    }

    @Override
    public void run(Run run) {
        DataSet set = run.dataSet("minilm");
        int cores = Math.min(2, Runtime.getRuntime().availableProcessors());
        List<String> arguments = new ArrayList<>(List.of(
                run.newFolder("neighbour").toString(),
                "" + (run.quick() ? 3 : run.wish().rounds()),
                "" + (run.quick() ? 4 : 10)));
        arguments.addAll(set.arguments());
        Map<String, Double> figures = JobMain.run(NoisyNeighbour.class, cores, Child.SHIPPED, arguments);
        double recall = figures.getOrDefault("recall", 0.0);
        for (int percent : NoisyNeighbour.QUANTILES) {
            String quantile = "p" + percent;
            run.add(Row.against(
                    "noisy neighbour: " + quantile + " of 20 quiet tenants",
                    "minilm",
                    recall,
                    figures.getOrDefault(quantile + "Noisy", Double.NaN),
                    "alone",
                    figures.getOrDefault(quantile + "Alone", Double.NaN),
                    "ms"));
        }
        run.add(Row.alone(
                "noisy neighbour: its own operations",
                "minilm",
                null,
                figures.getOrDefault("operations", 0.0),
                "operations/s"));
    }
}
