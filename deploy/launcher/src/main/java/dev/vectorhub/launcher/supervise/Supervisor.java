package dev.vectorhub.launcher.supervise;

import dev.vectorhub.launcher.Failure;
import dev.vectorhub.launcher.HubApi;
import dev.vectorhub.launcher.LocalHub;
import dev.vectorhub.launcher.LocalHub.Parts;
import dev.vectorhub.launcher.Ports;
import dev.vectorhub.launcher.ProcessRef;
import dev.vectorhub.launcher.RunState;
import dev.vectorhub.launcher.Secrets;
import dev.vectorhub.launcher.StateFolder;
import dev.vectorhub.servers.KeycloakServer;
import dev.vectorhub.servers.KeycloakSettings;
import dev.vectorhub.servers.MailCatcher;
import dev.vectorhub.servers.PostgresPasswords;
import dev.vectorhub.servers.PostgresServer;
import dev.vectorhub.servers.RealmSettings;
import dev.vectorhub.servers.ServerException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Owns the servers of one state folder. It starts them in the order of their needs, writes what it does into the run
 * state, starts an application again when it ends by itself, and stops all of them in the reverse order.
 */
final class Supervisor {
    private static final Duration READY_MAX = Duration.ofMinutes(5);
    private static final int WATCH_SECONDS = 1;
    private static final int RESTART_SECONDS_MAX = 60;
    private static final int START_END_SECONDS_MAX = 30;

    private final StateFolder folder;
    private final Path root;
    private final String host;
    private final Ports ports;
    private final Parts parts;
    private final Secrets secrets;
    private final AppSettings settings;
    private final HttpClient http = HubApi.newClient();

    private final Object lock = new Object();
    /** Last started first. Guarded by {@code lock}. */
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private final List<RunState.Component> components = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile @Nullable Thread starter;
    private volatile boolean stopping;
    /** Reachable for as long as this process lives, or the lock would go with the garbage. */
    private @Nullable FileLock folderLock;

    Supervisor(StateFolder folder, Path root, String host, Ports ports, Parts parts) {
        this.folder = folder;
        this.root = root;
        this.host = host;
        this.ports = ports;
        this.parts = parts;
        this.secrets = Secrets.load(folder, new SecureRandom());
        this.settings = new AppSettings(folder, host, ports, secrets);
    }

    /** Starts everything; returns when it serves. */
    void start() throws InterruptedException {
        takeFolder();
        starter = Thread.currentThread();
        try {
            startServers();
            if (parts != Parts.SERVERS) {
                startApplications();
            }
        } catch (ServerException e) {
            throw new Failure(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } finally {
            starter = null;
            started.countDown();
        }
        synchronized (lock) {
            publish(RunState.Phase.READY, "ready", null);
        }
    }

    private void startServers() {
        step("starting the mail catcher");
        add("mail", null, ports.mail(), MailCatcher.start(ports.smtp(), ports.mail()));
        step("starting PostgreSQL");
        PostgresServer postgres = PostgresServer.start(
                folder.postgres(),
                ports.postgres(),
                new PostgresPasswords(
                        secrets.get(Secrets.Name.POSTGRES),
                        secrets.get(Secrets.Name.HUB_OWNER),
                        secrets.get(Secrets.Name.HUB_APP),
                        secrets.get(Secrets.Name.KEYCLOAK_DATABASE)));
        add("postgres", processOf(postgres.pid()), ports.postgres(), postgres);
        step("starting Keycloak (the first start builds it and takes longest)");
        KeycloakServer keycloak = KeycloakServer.start(keycloakSettings(postgres), this::step);
        add("keycloak", processOf(keycloak.pid()), ports.keycloak(), keycloak);
        step("making the operator's login");
        keycloak.ensureOperator(LocalHub.OPERATOR, "operator@hub.test", secrets.get(Secrets.Name.OPERATOR));
    }

    private KeycloakSettings keycloakSettings(PostgresServer postgres) {
        return new KeycloakSettings(
                folder.keycloak(),
                ports.keycloak(),
                postgres.jdbcUrl("keycloak"),
                "keycloak",
                secrets.get(Secrets.Name.KEYCLOAK_DATABASE),
                "admin",
                secrets.get(Secrets.Name.KEYCLOAK_ADMIN),
                new RealmSettings(
                        secrets.get(Secrets.Name.HUB_API_CLIENT),
                        secrets.get(Secrets.Name.HUB_CONSOLE_CLIENT),
                        settings.apiUrl(),
                        settings.consoleUrl(),
                        "127.0.0.1",
                        ports.smtp(),
                        "hub@hub.test"),
                KeycloakSettings.DEFAULT_HEAP_MB);
    }

    private void startApplications() throws InterruptedException {
        step("starting the API");
        AppProcess api = app("hub-api", ports.api());
        add("hub-api", ProcessRef.of(api.process().toHandle()), ports.api(), api);
        AppProcess console = null;
        if (parts == Parts.ALL) {
            console = app("admin-ui", ports.console());
            add("console", ProcessRef.of(console.process().toHandle()), ports.console(), console);
        }
        step("waiting for the API to be ready");
        api.awaitReady(http, READY_MAX);
        if (console != null) {
            step("waiting for the console to be ready");
            console.awaitReady(http, READY_MAX);
        }
    }

    private AppProcess app(String module, int port) {
        boolean api = module.equals("hub-api");
        return AppProcess.start(
                module,
                api ? AppSettings.pinned(System.getenv(AppSettings.API_CORES)) : List.of(),
                root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar"),
                api ? settings.apiJvmFlags() : settings.consoleJvmFlags(),
                api ? settings.api() : settings.console(),
                folder.logs().resolve(module + ".log"),
                URI.create("http://" + host + ":" + port + "/q/health/ready"));
    }

    /** Watches until {@link #stop}: an application that ended by itself is started again, later each time. */
    void watch() throws InterruptedException {
        int restarts = 0;
        while (!stopped.await(WATCH_SECONDS, TimeUnit.SECONDS)) {
            AppProcess ended = ended();
            if (ended == null) {
                continue;
            }
            int pause = Math.min(RESTART_SECONDS_MAX, 1 << Math.min(restarts, 6));
            restarts++;
            System.err.println(ended.name() + " ended with status "
                    + ended.process().exitValue() + "; starting it again in " + pause + " s");
            if (stopped.await(pause, TimeUnit.SECONDS)) {
                return;
            }
            replace(ended);
        }
    }

    private @Nullable AppProcess ended() {
        synchronized (lock) {
            if (stopping) {
                return null;
            }
            for (AutoCloseable server : running) {
                if (server instanceof AppProcess app && !app.process().isAlive()) {
                    return app;
                }
            }
            return null;
        }
    }

    private void replace(AppProcess ended) {
        synchronized (lock) {
            if (stopping) {
                return;
            }
            running.remove(ended);
            String name = ended.name().equals("hub-api") ? "hub-api" : "console";
            int port = name.equals("hub-api") ? ports.api() : ports.console();
            components.removeIf(component -> component.name().equals(name));
            AppProcess again = app(ended.name(), port);
            add(name, ProcessRef.of(again.process().toHandle()), port, again);
            publish(RunState.Phase.READY, name + " was started again", null);
        }
    }

    /** Stops everything, the last started first. */
    void stop() {
        synchronized (lock) {
            if (stopping) {
                return;
            }
            stopping = true;
            publish(RunState.Phase.STOPPING, "stopping", null);
        }
        endStart();
        synchronized (lock) {
            while (!running.isEmpty()) {
                closeQuietly(running.pop());
            }
            components.clear();
            try {
                Files.deleteIfExists(folder.runState());
            } catch (IOException e) {
                System.err.println("cannot remove " + folder.runState() + ": " + e.getMessage());
            }
        }
        stopped.countDown();
    }

    /** A server that is on its way is not among the running ones yet: whoever starts it ends it when interrupted. */
    private void endStart() {
        Thread starting = starter;
        if (starting == null) {
            return;
        }
        starting.interrupt();
        try {
            if (!started.await(START_END_SECONDS_MAX, TimeUnit.SECONDS)) {
                System.err.println("the start did not end within " + START_END_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves the reason for whoever waits, and stops what had started. */
    void fail(String reason) {
        synchronized (lock) {
            if (stopping) {
                return;
            }
            stopping = true;
            while (!running.isEmpty()) {
                closeQuietly(running.pop());
            }
            components.clear();
            publish(RunState.Phase.FAILED, "failed", reason);
        }
        System.err.println(reason);
        stopped.countDown();
    }

    private void add(String name, @Nullable ProcessRef process, int port, AutoCloseable server) {
        synchronized (lock) {
            if (stopping) {
                closeQuietly(server);
                throw new Failure("stopped while starting");
            }
            running.push(server);
            components.add(new RunState.Component(name, process, port, "running"));
        }
    }

    private void step(String text) {
        synchronized (lock) {
            if (!stopping) {
                publish(RunState.Phase.STARTING, text, null);
            }
        }
    }

    private void publish(RunState.Phase phase, String step, @Nullable String error) {
        new RunState(ProcessRef.of(ProcessHandle.current()), phase, step, error, host, ports, List.copyOf(components))
                .write(folder);
    }

    /** Two supervisors never share a folder; the system gives the lock back when the process ends, however it ends. */
    private void takeFolder() {
        try {
            FileChannel channel =
                    FileChannel.open(folder.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            folderLock = channel.tryLock();
            if (folderLock == null) {
                throw new Failure("another hub is starting or stopping in " + folder.root());
            }
        } catch (IOException e) {
            throw new Failure("cannot lock " + folder.run() + ": " + e.getMessage(), e);
        }
    }

    private static ProcessRef processOf(long pid) {
        return ProcessHandle.of(pid).map(ProcessRef::of).orElseThrow(() -> new Failure("process " + pid + " is gone"));
    }

    private static void closeQuietly(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            System.err.println("while stopping: " + e);
        }
    }
}
