package dev.vectorhub.launcher.bench;

import dev.vectorhub.launcher.Failure;
import dev.vectorhub.launcher.OutputOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./hub bench}. */
@Command(name = "bench")
public final class BenchCommand implements Callable<Integer> {
    private static final int REQUESTS_MAX = 10_000_000;
    private static final int ROUNDS_MAX = 100;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(arity = "1", paramLabel = "WHAT")
    private String what = "";

    @Option(names = "--requests")
    private int requests = 20_000;

    @Option(names = "--rounds")
    private int rounds = 5;

    @Override
    public Integer call() throws InterruptedException {
        if (!what.equals("gateway")) {
            throw new Failure("bench takes 'api', 'gateway', 'engine', 'kernels' or 'data', not '" + what + "'");
        }
        if (requests < 1 || requests > REQUESTS_MAX || rounds < 1 || rounds > ROUNDS_MAX) {
            throw new Failure("--requests takes 1 to " + REQUESTS_MAX + ", --rounds 1 to " + ROUNDS_MAX);
        }
        output.answer(new GatewayBench(output.progress(), requests, rounds).run());
        return 0;
    }

    /** One line of a benchmark's answer; {@code ratio} is {@code us / peerValue}. */
    record Row(
            String work,
            double us,
            String peer,

            @com.fasterxml.jackson.annotation.JsonProperty("peer_value")
            double peerValue,

            String unit,
            double ratio) {}

    /** A benchmark's answer. */
    record Report(java.util.Map<String, Object> machine, List<Row> rows) {}
}
