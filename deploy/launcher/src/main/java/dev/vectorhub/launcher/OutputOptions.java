package dev.vectorhub.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine.Option;

/** For whom a command prints: a person, or with {@code --json} a program. */
public class OutputOptions {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json")
    private boolean json;

    /** With {@code --json}, human text goes to stderr, else to stdout. */
    public final Progress progress() {
        return new Progress(json ? System.err : System.out);
    }

    /** The last line of stdout. */
    public final void answer(Object value) {
        if (json) {
            try {
                System.out.println(JSON.writeValueAsString(value));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an answer of ours is not JSON", e);
            }
            System.out.flush();
        }
    }
}
