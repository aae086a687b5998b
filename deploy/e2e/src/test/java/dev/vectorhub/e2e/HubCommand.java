package dev.vectorhub.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command of {@code ./hub} as a process of its own, on the applications that this build packaged. */
final class HubCommand {
    static final Path ROOT =
            Path.of(System.getProperty("hub.root")).toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration MAX = Duration.ofMinutes(8);

    private HubCommand() {}

    /** The process's end: its status, the whole of stdout, the whole of stderr. */
    record Ended(int status, String out, String err) {
        /** The last line of stdout as JSON; the command must have ended well. */
        JsonNode json() {
            assertEquals(0, status, err);
            String[] lines = out.strip().split("\n", -1);
            try {
                return JSON.readTree(lines[lines.length - 1]);
            } catch (IOException e) {
                throw new AssertionError("the last line of stdout is not JSON: " + out, e);
            }
        }
    }

    static Ended run(Path state, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhub.root=" + ROOT,
                "-cp",
                ROOT.resolve("deploy/launcher/target/launcher.jar") + ":" + ROOT.resolve("deploy/launcher/target/lib")
                        + "/*",
                "dev.vectorhub.launcher.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--state", state.toString()));
        return process(command, List.of(), ROOT, MAX);
    }

    /** Runs any program; its output is kept in files, so that neither stream can block the other. */
    static Ended process(List<String> command, List<String> environment, Path folder, Duration max) {
        try {
            Path out = Files.createTempFile("e2e", ".out");
            Path err = Files.createTempFile("e2e", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            for (String pair : environment) {
                int equals = pair.indexOf('=');
                builder.environment().put(pair.substring(0, equals), pair.substring(equals + 1));
            }
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(max.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            Ended result = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            assertTrue(ended, () -> "not ended within " + max + ": " + command + "\n" + result.out() + result.err());
            return result;
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
