package dev.vectorhub.engine.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs of the machine. */
public final class Commands {
    private Commands() {}

    /**
     * Runs one to its end.
     *
     * @param missing what to say when the machine has no such program
     * @return its output, both streams
     * @throws Failure when it fails, with the end of its output
     */
    public static String run(Path folder, String missing, List<String> command) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new Failure(missing, e);
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new Failure(String.join(" ", command) + " ended with " + status + ":\n" + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new Failure(command.getFirst() + " cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }
}
