package dev.vectorhub.engine.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Commands of processes that a benchmark starts: the JVM's flags, and which cores they may use. */
public final class Child {
    /** The engine reads it when it chooses its kernel. */
    public static final String NO_NATIVE_KERNEL = "-Dvectorhub.kernel=vector";

    /**
     * One collector thread, as one core is what there is; memory enough for the largest data set, twice. The engine's own
     * production flags otherwise.
     */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx4g",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // Libraries that log are to be silent; the engine's own warnings come by System.Logger.
            "-Dslf4j.internal.verbosity=ERROR");

    /** Where pauses are part of what is measured: collector and heap as the launcher starts the hub with. */
    public static final List<String> SHIPPED =
            List.of("-XX:-UseSerialGC", "-XX:+UseParallelGC", "-Xms128m", "-Xmx640m");

    private Child() {}

    /**
     * The command line of a process of our own.
     *
     * @param flags after the usual ones, so that they win
     */
    public static List<String> java(Class<?> main, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** The command on the last so many cores: interrupts of the machine go to the first ones more often. */
    public static List<String> pinned(int cores, List<String> command) {
        if (!Files.isExecutable(Path.of("/usr/bin/taskset"))) {
            throw new Failure("taskset is missing: apt-get install util-linux");
        }
        int available = Runtime.getRuntime().availableProcessors();
        if (cores > available) {
            throw new Failure(cores + " cores are needed; this process may use " + available);
        }
        List<String> pinned = new ArrayList<>(List.of(
                "/usr/bin/taskset",
                "--cpu-list",
                String.join(
                        ",",
                        IntStream.range(available - cores, available)
                                .mapToObj(Integer::toString)
                                .toList())));
        pinned.addAll(command);
        return pinned;
    }
}
