package dev.vectorhub.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unmodified Qdrant clients of other languages do every operation of the tenant API against a running hub. */
class ForeignClientsIT {
    private static final Path CLIENTS = HubCommand.ROOT.resolve("deploy/e2e/clients");
    private static final Duration INSTALL_MAX = Duration.ofMinutes(5);
    private static final Duration RUN_MAX = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void javaScript() {
        String npm = Needs.program("the JavaScript client's test", "npm").toString();
        String node = Needs.program("the JavaScript client's test", "node").toString();
        copy(CLIENTS.resolve("js"));
        succeeds(List.of(npm, "install", "--no-audit", "--no-fund", "--loglevel=error"), List.of(), INSTALL_MAX);
        List<String> access = access("js");
        succeeds(List.of(node, "qdrant.mjs"), access, RUN_MAX);
        succeeds(List.of(node, "grpc.mjs"), access, RUN_MAX);
        succeeds(List.of(node, "langchain.mjs"), access, RUN_MAX);
    }

    @Test
    void python() {
        String python = Needs.program("the Python client's test", "python3").toString();
        copy(CLIENTS.resolve("python"));
        succeeds(List.of(python, "-m", "venv", "venv"), List.of(), INSTALL_MAX);
        String inside = folder.resolve("venv/bin/python").toString();
        succeeds(List.of(inside, "-m", "pip", "install", "--quiet", "-r", "requirements.txt"), List.of(), INSTALL_MAX);
        List<String> access = access("python");
        succeeds(List.of(inside, "qdrant_e2e.py"), access, RUN_MAX);
        succeeds(List.of(inside, "grpc_e2e.py"), access, RUN_MAX);
    }

    /** A tenant of its own for each client, by the real signup. */
    private static List<String> access(String client) {
        SharedHub hub = SharedHub.get();
        String key = hub.signup("Client " + client, client + "@example.test")
                .path("apiKey")
                .asText();
        return List.of("VECTORHUB_URL=" + hub.api(), "VECTORHUB_GRPC=" + hub.grpc(), "VECTORHUB_API_KEY=" + key);
    }

    private void succeeds(List<String> command, List<String> environment, Duration max) {
        HubCommand.Ended ended = HubCommand.process(command, environment, folder, max);
        assertEquals(0, ended.status(), () -> String.join(" ", command) + "\n" + ended.out() + ended.err());
    }

    private void copy(Path sources) {
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new AssertionError("cannot copy " + sources, e);
        }
    }
}
