package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL under load, again and again over one directory: after each start the points are exactly what the acknowledged
 * commands made, plus at most those that were in flight, in order. So nothing acknowledged is lost, nothing deleted comes
 * back, and no command is applied by half.
 */
class AcknowledgedWriteCrashTest {
    /** The long form has 200. */
    private static final int KILLS = Integer.getInteger("vectorhub.test.kills", 10);
    /** Acknowledged commands before a kill is on its way, and how long it is on its way. */
    private static final int COMMANDS_MAX = 300;

    private static final int KILL_MILLIS_MAX = 40;

    private final Random random = new Random(7);

    /** Before the round that runs: by writer, the points as they were found. */
    private final List<Map<Long, CrashLoad.Held>> points = new ArrayList<>();

    private int[] acknowledged = new int[CrashLoad.WRITERS];
    private long acknowledgedInAll;

    @TempDir
    Path dir;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        for (int writer = 0; writer < CrashLoad.WRITERS; writer++) {
            points.add(new HashMap<>());
        }
        for (int round = 1; round <= KILLS; round++) {
            run(round, "WRITE");
        }
        run(KILLS + 1, "CHECK");
        assertNothingLeft();
        assertTrue(acknowledgedInAll > 20L * KILLS, "only " + acknowledgedInAll + " commands were acknowledged");
        System.out.println("acknowledged before " + KILLS + " kills: " + acknowledgedInAll + " commands");
    }

    /** The last process ended in order, with the tenant in a directory of its own: whatever lies elsewhere was forgotten. */
    private void assertNothingLeft() throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            List<String> strays = all.filter(Files::isRegularFile)
                    .map(file -> dir.relativize(file).toString())
                    .filter(name -> !name.startsWith("groups/")
                            && !name.matches("shared/(store\\.manifest|store\\.lock|catalog/catalog-\\d+-\\d+)")
                            && !name.matches("tenants/tenant_[^/]+/tenant\\.json")
                            && !name.matches("tenants/tenant_[^/]+/collections/[^/]+/(manifest|segment)-\\d+")
                            && !name.matches("tenants/tenant_[^/]+/indexes/[^/]+/(graph|fields)-\\d+"))
                    .toList();
            assertEquals(List.of(), strays);
        }
        try (Stream<Path> all = Files.walk(dir.resolve("tenants"))) {
            assertEquals(
                    1,
                    all.filter(file -> file.getFileName().toString().startsWith("manifest-"))
                            .count());
        }
    }

    private void run(int round, String mode) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashWriter.class.getName(),
                        dir.toString(),
                        Integer.toString(round),
                        mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            List<String> found = new ArrayList<>();
            String line = out.readLine();
            for (; line != null && line.startsWith("P "); line = out.readLine()) {
                found.add(line);
            }
            assertEquals("READY", line, "round " + round);
            verify(round - 1, found);
            acknowledged = new int[CrashLoad.WRITERS];
            if (mode.equals("WRITE")) {
                killUnderLoad(process, out);
            } else {
                // it closes in order
                assertTrue(process.waitFor(120, TimeUnit.SECONDS));
                assertEquals(0, process.exitValue());
            }
        } finally {
            process.destroyForcibly();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private void killUnderLoad(Process process, BufferedReader out) throws Exception {
        int commands = random.nextInt(1, COMMANDS_MAX);
        int millis = random.nextInt(KILL_MILLIS_MAX);
        Thread killer = Thread.ofVirtual().unstarted(() -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            // Through the handle: Process.destroyForcibly would close the pipe with what was acknowledged last.
            process.toHandle().destroyForcibly();
        });
        String line = out.readLine();
        for (int lines = 1; line != null; line = out.readLine(), lines++) {
            note(line);
            if (lines == commands) {
                killer.start();
            }
        }
        killer.join();
    }

    private void note(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("A") && words.length == 3) {
            acknowledged[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
            acknowledgedInAll++;
        } else if (words[0].equals("E")) {
            fail(line);
        }
    }

    /** Finds how far each writer of the round came, and takes that as the start of the next. */
    private void verify(int round, List<String> found) {
        for (int writer = 0; writer < CrashLoad.WRITERS; writer++) {
            var mine = new TreeSet<String>();
            for (String line : found) {
                if (CrashLoad.writerOf(Long.parseLong(line.split(" ", -1)[1])) == writer) {
                    mine.add(line);
                }
            }
            Map<Long, CrashLoad.Held> held = points.get(writer);
            if (round == 0) {
                assertEquals(new TreeSet<String>(), mine);
                continue;
            }
            var load = new CrashLoad(round, writer);
            for (int step = 0; step < acknowledged[writer]; step++) {
                load.next().applyTo(held);
            }
            Set<String> atLeast = print(held);
            for (int flying = 0; !print(held).equals(mine); flying++) {
                if (flying == CrashLoad.WINDOW) {
                    // The acknowledged state fails with a readable difference.
                    assertEquals(
                            atLeast,
                            mine,
                            "round " + round + ", writer " + writer + ", acknowledged " + acknowledged[writer]);
                }
                load.next().applyTo(held);
            }
        }
    }

    private static Set<String> print(Map<Long, CrashLoad.Held> points) {
        var lines = new TreeSet<String>();
        points.forEach((id, held) -> lines.add(held.print(id)));
        return lines;
    }
}
