package dev.vectorhub.engine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class BackgroundTest {
    /** Of /proc/thread-self/stat, counted from behind the name, which may hold spaces. */
    private static final int NICENESS = 16;

    private static final int POLICY = 38;
    private static final String BATCH = "3";

    @Test
    void aThreadTakesTheProcessorAfterOthersAndDoesNotTakeItByWakingUp() throws Exception {
        String[] here = state();
        var there = new CompletableFuture<String[]>();

        Thread thread = Thread.ofPlatform().start(Background.of(() -> there.complete(state())));
        thread.join();

        assertEquals("5", there.join()[NICENESS]);
        assertEquals(BATCH, there.join()[POLICY]);
        assertEquals(here[NICENESS], state()[NICENESS]);
        assertEquals(here[POLICY], state()[POLICY]);
    }

    private static String[] state() {
        try {
            String line = Files.readString(Path.of("/proc/thread-self/stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
