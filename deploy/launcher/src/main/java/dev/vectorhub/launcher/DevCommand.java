package dev.vectorhub.launcher;

import dev.vectorhub.launcher.supervise.AppSettings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./hub dev}. */
@Command(name = "dev")
final class DevCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    PortOptions ports = new PortOptions();

    @Override
    public Integer call() throws InterruptedException {
        LocalHub hub = new LocalHub(common.folder(), common.progress());
        RunState run = hub.up(ports, LocalHub.Parts.SERVERS);
        Thread downOnExit = hub.downOnExit();
        AppSettings settings = new AppSettings(common.folder(), run.host(), run.ports(), hub.secrets());
        ProcessBuilder maven = new ProcessBuilder(List.of(
                        CommonOptions.root().resolve("mvnw").toString(),
                        "-ntp",
                        "-pl",
                        "hub-api",
                        "-am",
                        "-DskipTests",
                        "-Djvm.args=" + String.join(" ", settings.apiJvmFlags()),
                        "compile",
                        "quarkus:dev"))
                .directory(CommonOptions.root().toFile())
                .inheritIO();
        maven.environment().putAll(settings.api());
        int status;
        try {
            status = maven.start().waitFor();
        } catch (IOException e) {
            throw new Failure("cannot start Maven: " + e.getMessage(), e);
        }
        Runtime.getRuntime().removeShutdownHook(downOnExit);
        hub.down();
        return status;
    }
}
