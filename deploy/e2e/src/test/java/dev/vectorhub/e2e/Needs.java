package dev.vectorhub.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** Programs that a test needs and a machine may lack: a skip is loud, and a failure where skips are not allowed. */
public final class Needs {
    private Needs() {}

    /** Ends the test as skipped, or failed, unless one of the programs is on the path; returns the first that is. */
    public static Path program(String test, String... names) {
        for (String name : names) {
            for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program)) {
                    return program;
                }
            }
        }
        String reason = test + " needs " + String.join(" or ", names) + ", which is not on the PATH";
        if (Boolean.getBoolean("e2e.noSkip")) {
            return fail(reason);
        }
        String skips = System.getProperty("e2e.skips", "");
        if (!skips.isEmpty()) {
            try {
                Files.writeString(Path.of(skips), reason + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new AssertionError("cannot note the skip in " + skips, e);
            }
        }
        System.err.println("SKIPPED: " + reason);
        return Assumptions.abort(reason);
    }
}
