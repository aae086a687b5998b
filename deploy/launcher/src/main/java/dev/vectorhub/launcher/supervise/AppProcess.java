package dev.vectorhub.launcher.supervise;

import dev.vectorhub.launcher.Failure;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One Quarkus application of ours as a child process, with its log in a file. */
final class AppProcess implements AutoCloseable {
    private static final Duration STOP_MAX = Duration.ofSeconds(40);
    private static final int LOG_TAIL_LINES = 15;

    private final String name;
    private final Process process;
    private final Path log;
    private final URI ready;

    private AppProcess(String name, Process process, Path log, URI ready) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.ready = ready;
    }

    /** @param prefix the command that the JVM's is an argument of; empty for none */
    static AppProcess start(
            String name,
            List<String> prefix,
            Path jar,
            List<String> jvmFlags,
            Map<String, String> environment,
            Path log,
            URI ready) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.add("-jar");
        command.add(jar.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        // Ours: an application would take it for a setting of its own.
        builder.environment().remove(AppSettings.API_CORES);
        builder.redirectInput(ProcessBuilder.Redirect.from(nullDevice()));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new AppProcess(name, builder.start(), log, ready);
        } catch (IOException e) {
            throw new Failure("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    /** Returns once the readiness address answers 200; fails at once if the process ends before. */
    void awaitReady(HttpClient http, Duration max) throws InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        HttpRequest request =
                HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new Failure(name + " ended with status " + process.exitValue() + " while starting; the end of "
                        + log + ":\n" + LogTail.of(log, LOG_TAIL_LINES));
            }
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet: the next look comes soon.
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new Failure(name + " was not ready within " + max.toSeconds() + " s; the end of " + log + ":\n"
                + LogTail.of(log, LOG_TAIL_LINES));
    }

    /** Asks the process to end and waits; kills it when it does not within the bound. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static File nullDevice() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
