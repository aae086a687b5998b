package dev.vectorhub.launcher;

import dev.vectorhub.launcher.supervise.AppSettings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./hub dev}. */
@Command(name = "dev")
final class DevCommand implements Callable<Integer> {
    private static final int API_END_SECONDS_MAX = 30;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    PortOptions ports = new PortOptions();

    @Override
    public Integer call() throws InterruptedException {
        LocalHub hub = new LocalHub(common.folder(), common.progress());
        RunState run = hub.up(ports, LocalHub.Parts.SERVERS);
        AppSettings settings = new AppSettings(common.folder(), run.host(), run.ports(), hub.secrets());
        ProcessBuilder maven = new ProcessBuilder(List.of(
                        CommonOptions.root().resolve("mvnw").toString(),
                        "-ntp",
                        "-pl",
                        "hub-api",
                        "-am",
                        "-Dmaven.test.skip=true",
                        "-Dquarkus.analytics.disabled=true",
                        "-Djvm.args=" + String.join(" ", settings.apiJvmFlags()),
                        "compile",
                        "quarkus:dev"))
                .directory(CommonOptions.root().toFile())
                .inheritIO();
        maven.environment().putAll(settings.api());
        Process running;
        try {
            running = maven.start();
        } catch (IOException e) {
            hub.down();
            throw new Failure("cannot start Maven: " + e.getMessage(), e);
        }
        Thread downOnExit = hub.downOnExit(() -> end(running));
        int status = running.waitFor();
        Runtime.getRuntime().removeShutdownHook(downOnExit);
        hub.down();
        return status;
    }

    /** Ctrl-C reaches Maven and the API too; another signal only this process. */
    private static void end(Process maven) {
        List<ProcessHandle> api = maven.descendants().toList();
        maven.destroy();
        api.forEach(ProcessHandle::destroy);
        try {
            maven.waitFor(API_END_SECONDS_MAX, TimeUnit.SECONDS);
            for (ProcessHandle process : api) {
                process.onExit().get(API_END_SECONDS_MAX, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            api.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
