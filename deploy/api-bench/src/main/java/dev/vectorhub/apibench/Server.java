package dev.vectorhub.apibench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.launcher.HubApi;
import dev.vectorhub.launcher.LocalHub;
import dev.vectorhub.launcher.PortOptions;
import dev.vectorhub.launcher.ProcessRef;
import dev.vectorhub.launcher.Progress;
import dev.vectorhub.launcher.RunState;
import dev.vectorhub.launcher.SignupFlow;
import dev.vectorhub.launcher.StateFolder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A hub as {@code ./hub up} starts it, but for its API's process, which has one core for itself. */
final class Server implements AutoCloseable {
    /** Limits that the measurement does not reach: refusals would be measured else. */
    private static final String CONFIG = """
            hub:
              enabled: true
              tenant_limits:
                bench:
                  max_collections: 100
                  max_vectors_per_collection: 100000000
                  max_storage_bytes: 1000000000000
                  max_requests_per_minute: 100000000
            """;

    /** One tick of {@code /proc}'s clock. */
    private static final long TICK_NANOS = 10_000_000;

    /** Fields of {@code /proc/PID/stat} behind the name in brackets. */
    private static final int USER_TICKS = 11;

    private final LocalHub hub;
    private final RunState run;
    private final ProcessRef api;
    private final String apiKey;
    private final Thread onExit;
    private final HttpClient http = HubApi.newClient();

    private Server(LocalHub hub, RunState run, ProcessRef api, String apiKey, Thread onExit) {
        this.hub = hub;
        this.onExit = onExit;
        this.run = run;
        this.api = api;
        this.apiKey = apiKey;
    }

    /**
     * Starts it, or the one that an earlier run left in the folder.
     *
     * @param cores of the API's process, as taskset spells them
     */
    static Server start(Path state, String cores, Progress progress) throws InterruptedException, IOException {
        StateFolder folder = new StateFolder(state);
        LocalHub hub = new LocalHub(folder, progress);
        Files.createDirectories(state);
        Files.writeString(folder.config(), CONFIG);
        Thread onExit = hub.downOnExit(() -> {});
        RunState run = hub.up(PortOptions.auto(), LocalHub.Parts.API, Map.of("HUB_API_CORES", cores));
        ProcessRef api = run.components().stream()
                .filter(component -> component.name().equals("hub-api"))
                .map(RunState.Component::process)
                .findFirst()
                .orElseThrow(() -> new Failure("no hub-api runs"));
        Path key = state.resolve("bench-key");
        if (Files.notExists(key)) {
            SignupFlow.Member member = new SignupFlow(run, progress)
                    .run(new SignupFlow.Wish("Bench", "bench@example.test", SignupFlow.newPassword(), "bench", null));
            Files.writeString(key, member.apiKey());
        }
        return new Server(hub, run, api, Files.readString(key), onExit);
    }

    long pid() {
        return api.pid();
    }

    Load load(Load.Transport transport) {
        int port = transport == Load.Transport.REST
                ? run.ports().api()
                : run.ports().grpc();
        return new Load(new InetSocketAddress(run.host(), port), transport, apiKey);
    }

    /** JSON over REST, for what is not measured. */
    HubApi rest() {
        return new HubApi(http, run.apiUrl(), Map.of("api-key", apiKey));
    }

    /** Points and state of a collection; a missing node where there is none. */
    JsonNode collection(String name) throws InterruptedException {
        for (JsonNode known : rest().get("/collections").path("result").path("collections")) {
            if (known.path("name").asText().equals(name)) {
                return rest().get("/collections/" + name).path("result");
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    /** CPU time of the API's process, user and system, in steps of a hundredth of a second. */
    long cpuNanos() {
        return ticks(Path.of("/proc/" + pid() + "/stat")) * TICK_NANOS;
    }

    /** The same of its threads that run now, by what they are for: the collector, the compiler, the rest. */
    Map<String, Long> cpuNanosByKind() {
        return ThreadTimes.byKind(Path.of("/proc/" + pid() + "/task"));
    }

    private static long ticks(Path file) {
        try {
            String stat = Files.readString(file);
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(words[USER_TICKS]) + Long.parseLong(words[USER_TICKS + 1]);
        } catch (IOException e) {
            throw new Failure("the CPU time of the API's process cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        Runtime.getRuntime().removeShutdownHook(onExit);
        hub.down();
    }
}
