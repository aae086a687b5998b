package dev.vectorhub.apibench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadTimesTest {
    @TempDir
    Path tasks;

    @Test
    void threadsAreSummedByKindAndThoseThatEndedAreLeftOut() throws IOException {
        thread("11", "C2 CompilerThre", 500);
        thread("12", "GC Thread#0", 40);
        thread("13", "executor-thread", 7);
        thread("14", "vert.x-eventloo", 8);
        Files.createDirectory(tasks.resolve("15"));
        assertEquals(Map.of("compiler", 500L, "collector", 40L, "java", 15L), ThreadTimes.byKind(tasks));
    }

    private void thread(String id, String name, long nanos) throws IOException {
        Path thread = Files.createDirectory(tasks.resolve(id));
        Files.writeString(thread.resolve("comm"), name + "\n");
        Files.writeString(thread.resolve("schedstat"), nanos + " 12 3\n");
    }
}
