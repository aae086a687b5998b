package dev.vectorhub.apibench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a run cost the server.
 *
 * @param things queries, or points
 * @param cpuNanos of the server's process
 * @param p50Micros wait of a request
 */
record Cost(long things, long cpuNanos, long wallNanos, double p50Micros, double p99Micros) {

    static Cost of(Load.Result result, long cpuNanos) {
        return new Cost(result.requests(), cpuNanos, result.wallNanos(), result.p50Micros(), result.p99Micros());
    }

    /** The same where each request stands for so many. */
    Cost times(int each) {
        return new Cost(things * each, cpuNanos, wallNanos, p50Micros, p99Micros);
    }

    double perCpuSecond() {
        return things / (cpuNanos / 1e9);
    }

    double perSecond() {
        return things / (wallNanos / 1e9);
    }

    /** The run whose cost is in the middle. */
    static Cost median(List<Cost> costs) {
        List<Cost> sorted = costs.stream()
                .sorted(Comparator.comparingDouble(Cost::perCpuSecond))
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,.0f a CPU second (%.1f µs), %,.0f a second, wait %.0f µs",
                perCpuSecond(),
                cpuNanos / 1e3 / things,
                perSecond(),
                p50Micros);
    }
}
