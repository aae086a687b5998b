package dev.vectorhub.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes. */
public final class CommonOptions {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--state")
    @Nullable
    Path state;

    @Option(names = "--json")
    boolean json;

    public boolean json() {
        return json;
    }

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

    /** With {@code --json}, human text goes to stderr, else to stdout. */
    public Progress progress() {
        return new Progress(json ? System.err : System.out);
    }

    /** The last line of stdout. */
    public void answer(Object value) {
        if (json) {
            try {
                System.out.println(JSON.writeValueAsString(value));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an answer of ours is not JSON", e);
            }
            System.out.flush();
        }
    }

    /** The record of the hub that runs in the folder. */
    public RunState running() {
        StateFolder folder = folder();
        return RunState.live(folder)
                .filter(run -> run.phase() == RunState.Phase.READY)
                .orElseThrow(() -> new Failure("no hub runs in " + folder.root() + "; start one with './hub up'"));
    }
}
