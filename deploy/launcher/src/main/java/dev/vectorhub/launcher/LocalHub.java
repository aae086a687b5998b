package dev.vectorhub.launcher;

import dev.vectorhub.launcher.supervise.LogTail;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts and stops the hub of one state folder, from outside: the supervisor process does the work. */
public final class LocalHub {
    /** The operator's user name in a local hub. */
    public static final String OPERATOR = "operator";

    private static final Duration UP_MAX = Duration.ofMinutes(10);
    private static final Duration DOWN_MAX = Duration.ofMinutes(3);
    private static final int POLL_MILLIS = 100;
    private static final int LOG_TAIL_LINES = 20;

    private final StateFolder folder;
    private final Progress progress;

    public LocalHub(StateFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** Which servers to start. */
    public enum Parts {
        /** Everything. */
        ALL,
        /** PostgreSQL, Keycloak and mail: the API comes from elsewhere. */
        SERVERS,
        /** No console. */
        API
    }

    public Secrets secrets() {
        return Secrets.load(folder, new SecureRandom());
    }

    /** Starts the hub, or joins the one that is up or on its way; returns when it serves. */
    public RunState up(PortOptions wanted, Parts parts) throws InterruptedException {
        return up(wanted, parts, Map.of());
    }

    /** As {@link #up(PortOptions, Parts)}, with variables for the applications' environment. */
    public RunState up(PortOptions wanted, Parts parts, Map<String, String> environment) throws InterruptedException {
        folder.create();
        Optional<RunState> live = RunState.live(folder);
        if (live.isPresent() && live.get().phase() == RunState.Phase.READY) {
            progress.step("a hub already runs in " + folder.root());
            return live.get();
        }
        if (live.isPresent()) {
            return await(live.get().supervisor().handle().orElse(null));
        }
        stopOrphans();
        Ports ports = wanted.choose();
        secrets();
        progress.step("starting a hub in " + folder.root());
        Process supervisor = spawn(wanted.host(), ports, parts, environment);
        Thread onInterrupt = new Thread(() -> stop(supervisor.toHandle()), "stop-half-started-hub");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        RunState run = await(supervisor.toHandle());
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        return run;
    }

    /** Stops the hub; false if none runs. */
    public boolean down() throws InterruptedException {
        Optional<RunState> live = RunState.live(folder);
        if (live.isEmpty()) {
            return stopOrphans();
        }
        progress.step("stopping the hub in " + folder.root());
        live.get().supervisor().handle().ifPresent(this::stop);
        stopOrphans();
        return true;
    }

    /**
     * Stops the hub if this process ends before {@link Runtime#removeShutdownHook} is told of the thread.
     *
     * @param before runs first: ends what uses the hub's servers
     */
    public Thread downOnExit(Runnable before) {
        Thread hook = new Thread(
                () -> {
                    before.run();
                    try {
                        down();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "down-on-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private void stop(ProcessHandle supervisor) {
        supervisor.destroy();
        try {
            supervisor.onExit().get(DOWN_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            supervisor.destroyForcibly();
        }
    }

    /** Ends servers whose supervisor was killed; true if there were any. */
    private boolean stopOrphans() throws InterruptedException {
        List<ProcessHandle> orphans = new ArrayList<>();
        RunState.read(folder).ifPresent(run -> {
            for (RunState.Component component : run.components()) {
                if (component.process() != null) {
                    component.process().handle().ifPresent(orphans::add);
                }
            }
        });
        if (orphans.isEmpty()) {
            return false;
        }
        progress.step("stopping " + orphans.size() + " servers that an earlier run left behind");
        // In the reverse order of their start: the applications before their database.
        for (ProcessHandle orphan : orphans.reversed()) {
            List<ProcessHandle> tree = orphan.descendants().toList();
            orphan.destroy();
            try {
                orphan.onExit().get(30, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                orphan.destroyForcibly();
                tree.forEach(ProcessHandle::destroyForcibly);
            }
        }
        return true;
    }

    /** Prints each step as the supervisor takes it, until the hub serves. */
    private RunState await(@Nullable ProcessHandle supervisor) throws InterruptedException {
        long deadline = System.nanoTime() + UP_MAX.toNanos();
        String shown = "";
        while (System.nanoTime() < deadline) {
            boolean alive = supervisor != null && supervisor.isAlive();
            Optional<RunState> run = RunState.read(folder)
                    .filter(state -> supervisor != null && state.supervisor().pid() == supervisor.pid());
            if (run.isPresent()) {
                RunState now = run.get();
                if (!now.step().equals(shown)) {
                    shown = now.step();
                    progress.step(shown);
                }
                if (now.phase() == RunState.Phase.READY && alive) {
                    return now;
                }
                if (now.phase() == RunState.Phase.FAILED) {
                    throw new Failure(now.error() == null ? "the hub did not start" : now.error());
                }
            }
            if (!alive) {
                Path log = folder.logs().resolve("supervisor.log");
                throw new Failure(
                        "the hub ended while starting; the end of " + log + ":\n" + LogTail.of(log, LOG_TAIL_LINES));
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new Failure(
                "the hub was not ready within " + UP_MAX.toMinutes() + " minutes; its logs are in " + folder.logs());
    }

    /**
     * The supervisor outlives this process and its terminal: it ignores the interrupt that Ctrl-C sends to the whole
     * foreground group, and so do the servers that inherit that from it.
     */
    private Process spawn(String host, Ports ports, Parts parts, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "hub"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dhub.root=" + CommonOptions.root(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "supervise",
                "--state",
                folder.root().toString(),
                "--host",
                host,
                "--parts",
                parts.name()));
        int[] numbers = {
            ports.api(), ports.grpc(), ports.console(), ports.postgres(), ports.keycloak(), ports.smtp(), ports.mail()
        };
        for (int number : numbers) {
            command.add(Integer.toString(number));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        // The applications inherit what the supervisor inherits.
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                folder.logs().resolve("supervisor.log").toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Failure("cannot start the supervisor: " + e.getMessage(), e);
        }
    }
}
