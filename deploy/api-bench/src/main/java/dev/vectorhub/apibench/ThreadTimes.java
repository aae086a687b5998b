package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the threads of a Java process have run for, by what they are for: {@code proc(5)}, {@code /proc/PID/task}. */
final class ThreadTimes {
    private static final String COLLECTOR = "collector";
    private static final String COMPILER = "compiler";
    private static final String JAVA = "java";

    private ThreadTimes() {}

    /** CPU time in nanoseconds of the threads that run now; one that ends meanwhile is left out. */
    static Map<String, Long> byKind(Path tasks) {
        Map<String, Long> kinds = new HashMap<>();
        try (Stream<Path> threads = Files.list(tasks)) {
            for (Path thread : threads.toList()) {
                add(thread, kinds);
            }
        } catch (IOException e) {
            throw new Failure("the threads of the API's process cannot be read: " + e.getMessage(), e);
        }
        return kinds;
    }

    private static void add(Path thread, Map<String, Long> kinds) throws IOException {
        try {
            String kind = kind(Files.readString(thread.resolve("comm")).strip());
            String stat = Files.readString(thread.resolve("schedstat"));
            kinds.merge(kind, Long.parseLong(stat.substring(0, stat.indexOf(' '))), Long::sum);
        } catch (NoSuchFileException e) {
            // it has ended since it was listed
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
        }
    }

    private static String kind(String name) {
        if (name.startsWith("G1 ") || name.startsWith("GC Thread") || name.startsWith("VM Thread")) {
            return COLLECTOR;
        }
        return name.startsWith("C1 ") || name.startsWith("C2 ") ? COMPILER : JAVA;
    }
}
