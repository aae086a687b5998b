package dev.vectorhub.engine.bench.work;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.engine.bench.Child;
import dev.vectorhub.engine.bench.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The process of a {@link Job}: {@code CLASS ARGUMENTS…}; its figures are one JSON object on stdout. */
public final class JobMain {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JobMain() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        Job job = Class.forName(arguments[0])
                .asSubclass(Job.class)
                .getDeclaredConstructor()
                .newInstance();
        Map<String, Double> figures = job.run(List.of(arguments).subList(1, arguments.length));
        out.println(JSON.writeValueAsString(figures));
        out.flush();
    }

    /**
     * Runs one and waits for it.
     *
     * @param cores it is pinned to so many
     * @param flags of its JVM, beyond the usual ones
     */
    static Map<String, Double> run(Class<? extends Job> job, int cores, List<String> flags, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(job.getName()));
        all.addAll(arguments);
        Process process = null;
        try {
            process = new ProcessBuilder(Child.pinned(cores, Child.java(JobMain.class, flags, all)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new Failure(job.getSimpleName() + " ended with " + status + "; what it said stands above");
            }
            return JSON.readValue(output, new TypeReference<>() {});
        } catch (IOException e) {
            throw new Failure(job.getSimpleName() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
