package dev.vectorhub.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs helper programs and ends processes. */
final class Commands {
    private static final int SHOWN_CHARS = 4_000;

    private Commands() {}

    /** Runs a program to its end; its output goes to a file that the failure message quotes. */
    static void run(String name, List<String> command, Map<String, String> environment, Path log, Duration limit) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // PGDATA, PGPORT and the like of the caller's shell must not leak in.
            builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!ended(name, process, limit)) {
                endTree(process.toHandle(), Duration.ZERO);
                throw new ServerException(name + " did not end within " + limit.toSeconds() + " s; see " + log);
            }
            if (process.exitValue() != 0) {
                throw new ServerException(name + " ended with " + process.exitValue() + ": " + tail(log));
            }
        } catch (IOException e) {
            throw new ServerException("cannot run " + name + ": " + e.getMessage(), e);
        }
    }

    private static boolean ended(String name, Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            endTree(process.toHandle(), Duration.ZERO);
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while " + name + " ran", e);
        }
    }

    /** The last lines of a log, for an error message. */
    static String tail(Path log) {
        try {
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
            return text.length() <= SHOWN_CHARS ? text : "…" + text.substring(text.length() - SHOWN_CHARS);
        } catch (IOException e) {
            return "(no log at " + log + ")";
        }
    }

    /** Asks a process and its descendants to end, and after the grace makes them. */
    static void endTree(ProcessHandle root, Duration grace) {
        List<ProcessHandle> tree = root.descendants().toList();
        root.destroy();
        if (!ended(root, grace)) {
            root.destroyForcibly();
            ended(root, Duration.ofSeconds(5));
        }
        for (ProcessHandle child : tree) {
            if (child.isAlive()) {
                child.destroyForcibly();
                ended(child, Duration.ofSeconds(5));
            }
        }
    }

    /** Waits even on an interrupted thread: who was interrupted still leaves no process behind. */
    private static boolean ended(ProcessHandle process, Duration limit) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    exit.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    return false;
                } catch (ExecutionException e) {
                    throw new ServerException("cannot wait for process " + process.pid(), e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
