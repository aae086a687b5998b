package dev.vectorhub.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Unmodified Qdrant clients of other languages, each installed once for all tests of a run, and programs run with them. */
public final class ForeignClients {
    private static final Path SOURCES = HubCommand.ROOT.resolve("deploy/e2e/clients");
    private static final Path INSTALLED = HubCommand.ROOT.resolve("deploy/e2e/target/clients");
    private static final Duration INSTALL_MAX = Duration.ofMinutes(5);
    private static final Duration RUN_MAX = Duration.ofMinutes(3);

    private static final String GO_PROGRAM = "qdrant_e2e";

    private static @Nullable Path javaScript;
    private static @Nullable Path python;
    private static @Nullable Path go;

    private ForeignClients() {}

    /**
     * Runs a program with npm's client beside it.
     *
     * @param file the program's name in the folder of the client
     * @param environment {@code NAME=value}
     * @return what it printed; it must have ended well
     */
    public static synchronized String node(String file, List<String> environment) {
        String node = Needs.program("the JavaScript client's test", "node").toString();
        Path folder = javaScriptFolder();
        return succeeds(folder, List.of(node, file), environment, RUN_MAX);
    }

    /** As {@link #node}, with PyPI's client. */
    public static synchronized String python(String file, List<String> environment) {
        Path folder = pythonFolder();
        String inside = folder.resolve("venv/bin/python").toString();
        return succeeds(folder, List.of(inside, file), environment, RUN_MAX);
    }

    /** As {@link #node}, with the Go module proxy's client: what is compiled in {@link #goFolder}. */
    public static synchronized String go(List<String> environment) {
        Path folder = goFolder();
        return succeeds(folder, List.of(folder.resolve(GO_PROGRAM).toString()), environment, RUN_MAX);
    }

    /** Where the Go client's program is compiled. */
    public static synchronized Path goFolder() {
        Path folder = go;
        if (folder == null) {
            String compiler = Needs.program("the Go client's test", "go").toString();
            folder = copy("go");
            succeeds(
                    folder,
                    List.of(compiler, "build", "-trimpath", "-o", GO_PROGRAM, "."),
                    List.of("CGO_ENABLED=0"),
                    INSTALL_MAX);
            go = folder;
        }
        return folder;
    }

    /** Where npm's client is installed. */
    public static synchronized Path javaScriptFolder() {
        Path folder = javaScript;
        if (folder == null) {
            String npm = Needs.program("the JavaScript client's test", "npm").toString();
            folder = copy("js");
            succeeds(
                    folder,
                    List.of(npm, "install", "--no-audit", "--no-fund", "--loglevel=error"),
                    List.of(),
                    INSTALL_MAX);
            javaScript = folder;
        }
        return folder;
    }

    /** Where PyPI's client is installed. */
    public static synchronized Path pythonFolder() {
        Path folder = python;
        if (folder == null) {
            String interpreter =
                    Needs.program("the Python client's test", "python3").toString();
            folder = copy("python");
            succeeds(folder, List.of(interpreter, "-m", "venv", "venv"), List.of(), INSTALL_MAX);
            String inside = folder.resolve("venv/bin/python").toString();
            succeeds(
                    folder,
                    List.of(inside, "-m", "pip", "install", "--quiet", "-r", "requirements.txt"),
                    List.of(),
                    INSTALL_MAX);
            python = folder;
        }
        return folder;
    }

    private static String succeeds(Path folder, List<String> command, List<String> environment, Duration max) {
        HubCommand.Ended ended = HubCommand.process(command, environment, folder, max);
        assertEquals(0, ended.status(), () -> String.join(" ", command) + "\n" + ended.out() + ended.err());
        return ended.out();
    }

    private static Path copy(String client) {
        try (Stream<Path> files = Files.list(SOURCES.resolve(client))) {
            Files.createDirectories(INSTALLED);
            Path folder = Files.createTempDirectory(INSTALLED, client);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
            return folder;
        } catch (IOException e) {
            throw new AssertionError("cannot copy the client " + client, e);
        }
    }
}
