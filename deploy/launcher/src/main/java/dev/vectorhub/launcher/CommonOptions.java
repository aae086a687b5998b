package dev.vectorhub.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes that works on one hub. */
public final class CommonOptions extends OutputOptions {
    @Option(names = "--state")
    @Nullable
    Path state;

    /** The state folder by option, variable or default. */
    public StateFolder folder() {
        if (state != null) {
            return new StateFolder(state);
        }
        String variable = System.getenv("HUB_STATE");
        return new StateFolder(variable == null || variable.isBlank() ? root().resolve(".hub") : Path.of(variable));
    }

    /** The checkout, as the script or the test states it. */
    public static Path root() {
        String root = System.getProperty("hub.root");
        if (root == null) {
            throw new Failure("start the launcher by ./hub, which sets the property hub.root");
        }
        return Path.of(root);
    }

    /** The record of the hub that runs in the folder. */
    public RunState running() {
        StateFolder folder = folder();
        return RunState.live(folder)
                .filter(run -> run.phase() == RunState.Phase.READY)
                .orElseThrow(() -> new Failure("no hub runs in " + folder.root() + "; start one with './hub up'"));
    }
}
