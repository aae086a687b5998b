package dev.vectorhub.launcher.bench;

import dev.vectorhub.launcher.Failure;
import dev.vectorhub.launcher.LocalHub;
import dev.vectorhub.launcher.PortOptions;
import dev.vectorhub.launcher.ProcessRef;
import dev.vectorhub.launcher.Progress;
import dev.vectorhub.launcher.RunState;
import dev.vectorhub.launcher.SignupFlow;
import dev.vectorhub.launcher.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the pipeline in front of each request of the tenant API costs: CPU of the API's process for a request that passes
 * it, less that for a bare echo of the same answer, in turns on the same connection.
 */
final class GatewayBench {
    /** Requests of each kind, in turns, before the first counted one: the compiler's work must lie behind. */
    private static final int WARM_UP = 60_000;

    private static final int WARM_UP_TURNS = 6;
    /** A limit that the measurement does not reach: refusals would be measured else. */
    private static final String CONFIG = """
            hub:
              enabled: true
              tenant_limits:
                bench:
                  max_collections: 10
                  max_vectors_per_collection: 1000
                  max_storage_bytes: 1000000000
                  max_requests_per_minute: 100000000
            """;

    private final Progress progress;
    private final int requests;
    private final int rounds;

    GatewayBench(Progress progress, int requests, int rounds) {
        this.progress = progress;
        this.requests = requests;
        this.rounds = rounds;
    }

    BenchCommand.Report run() throws InterruptedException {
        Path state = temporary();
        LocalHub hub = new LocalHub(new StateFolder(state), progress);
        Thread stop = new Thread(() -> end(hub, state), "stop-bench");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            RunState run = hub.up(PortOptions.auto(), LocalHub.Parts.API, Map.of("HUB_API_BENCH_ENABLED", "true"));
            SignupFlow.Member member = new SignupFlow(run, progress)
                    .run(new SignupFlow.Wish("Bench", "bench@example.test", SignupFlow.newPassword(), "bench", null));
            return measure(run, member.apiKey());
        } finally {
            Runtime.getRuntime().removeShutdownHook(stop);
            end(hub, state);
        }
    }

    private BenchCommand.Report measure(RunState run, String key) {
        byte[] echo = LoadClient.request("GET", "/bench/echo", run.host(), key);
        byte[] pipeline = LoadClient.request("GET", "/bench/pipeline", run.host(), key);
        ProcessRef api = run.components().stream()
                .filter(component -> component.name().equals("hub-api"))
                .map(RunState.Component::process)
                .findFirst()
                .orElseThrow(() -> new Failure("no hub-api runs"));
        double[] echoMicros = new double[rounds];
        double[] pipelineMicros = new double[rounds];
        try (LoadClient client = new LoadClient(run.host(), run.ports().api())) {
            progress.step("warming both with " + WARM_UP + " requests");
            for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
                client.repeat(echo, WARM_UP / WARM_UP_TURNS);
                client.repeat(pipeline, WARM_UP / WARM_UP_TURNS);
            }
            for (int round = 0; round < rounds; round++) {
                echoMicros[round] = cpuMicros(api, client, echo);
                pipelineMicros[round] = cpuMicros(api, client, pipeline);
                progress.step(String.format(
                        "round %d of %d: echo %.1f µs, pipeline %.1f µs of CPU a request",
                        round + 1, rounds, echoMicros[round], pipelineMicros[round]));
            }
        }
        double bare = median(echoMicros);
        double full = median(pipelineMicros);
        progress.say("");
        progress.say(String.format(
                "CPU a request: %.1f µs bare echo, %.1f µs through the pipeline: the pipeline takes %.1f µs (%.2f ×)",
                bare, full, full - bare, full / bare));
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("arch", System.getProperty("os.arch"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("java", System.getProperty("java.version"));
        machine.put(
                "load",
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
        return new BenchCommand.Report(
                machine,
                List.of(new BenchCommand.Row(
                        "request through the pipeline",
                        round(full),
                        "bare echo",
                        round(bare),
                        "CPU µs a request",
                        round(full / bare))));
    }

    /** CPU time of the API's process, user and system, by the operating system's account. */
    private double cpuMicros(ProcessRef api, LoadClient client, byte[] request) {
        Duration before = cpu(api);
        client.repeat(request, requests);
        return cpu(api).minus(before).toNanos() / 1e3 / requests;
    }

    private static Duration cpu(ProcessRef api) {
        return api.handle()
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow(() -> new Failure("the CPU time of the API's process cannot be read"));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static Path temporary() {
        try {
            Path state = Files.createTempDirectory("hub-bench");
            Files.writeString(state.resolve("config.yml"), CONFIG);
            return state;
        } catch (IOException e) {
            throw new Failure("no temporary folder: " + e.getMessage(), e);
        }
    }

    private static void end(LocalHub hub, Path state) {
        try {
            hub.down();
            try (Stream<Path> files = Files.walk(state)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new Failure("cannot remove " + state + ": " + e.getMessage(), e);
        }
    }
}
