package dev.vectorhub.launcher.supervise;

import dev.vectorhub.launcher.CommonOptions;
import dev.vectorhub.launcher.Failure;
import dev.vectorhub.launcher.LocalHub;
import dev.vectorhub.launcher.Ports;
import dev.vectorhub.launcher.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The background process itself; {@link LocalHub} starts it, nobody types it. */
@Command(name = "supervise", hidden = true)
public final class SuperviseCommand implements Callable<Integer> {
    @Option(names = "--state", required = true)
    private Path state = Path.of(".");

    @Option(names = "--host", required = true)
    private String host = "";

    @Option(names = "--parts", required = true)
    private LocalHub.Parts parts = LocalHub.Parts.ALL;

    @Parameters(arity = "7")
    private List<Integer> ports = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Ports chosen = new Ports(
                ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), ports.get(5), ports.get(6));
        Supervisor supervisor = new Supervisor(new StateFolder(state), CommonOptions.root(), host, chosen, parts);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));
        try {
            supervisor.start();
        } catch (Failure e) {
            supervisor.fail(e.getMessage() == null ? e.toString() : e.getMessage());
            return 1;
        }
        supervisor.watch();
        return 0;
    }
}
