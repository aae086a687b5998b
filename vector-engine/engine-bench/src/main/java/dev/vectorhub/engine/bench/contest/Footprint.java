package dev.vectorhub.engine.bench.contest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this process holds, by the kernel's account and the collector's. */
public final class Footprint {
    private static final Pattern MAPPING = Pattern.compile("^[0-9a-f]+-[0-9a-f]+ \\S+ \\S+ \\S+ \\d+ +(.*)$");
    private static final Pattern RESIDENT = Pattern.compile("^Rss: +(\\d+) kB$");

    private static final long SETTLE_NANOS_MAX = 30_000_000_000L;
    private static final long SETTLE_STEP_MILLIS = 500;
    /** Of a core, one in so many: the clock of a process has steps of 10 ms. */
    private static final long SETTLED_SHARE = 12;

    private Footprint() {}

    /** Bytes of live objects, after a collection. */
    public static long heapBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        // The second one takes what the first one's reference processing let go.
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Bytes of the folder's files that are mapped and in memory. */
    public static long mappedBytes(Path folder) throws IOException {
        String prefix = folder.toRealPath() + "/";
        long kilobytes = 0;
        boolean ours = false;
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        for (String line : lines) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                ours = mapping.group(1).startsWith(prefix);
            } else if (ours) {
                Matcher resident = RESIDENT.matcher(line);
                if (resident.matches()) {
                    kilobytes += Long.parseLong(resident.group(1));
                }
            }
        }
        return kilobytes * 1024;
    }

    /** Mappings of the folder's files. */
    public static long mappings(Path folder) throws IOException {
        String suffix = " " + folder.toRealPath() + "/";
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(suffix)).count();
        }
    }

    /** Open descriptors of files in the folder. */
    public static int descriptors(Path folder) throws IOException {
        String prefix = folder.toRealPath() + "/";
        int count = 0;
        try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path link : links) {
                try {
                    count += Files.readSymbolicLink(link).toString().startsWith(prefix) ? 1 : 0;
                } catch (java.nio.file.NoSuchFileException closedMeanwhile) {
                    // then it is not open
                }
            }
        }
        return count;
    }

    /**
     * Waits until the process does nothing by itself: what was written is stored and indexed, what is hot is compiled, what
     * is no longer needed collected. Half a minute at most.
     */
    public static void settle() throws InterruptedException {
        System.gc();
        long end = System.nanoTime() + SETTLE_NANOS_MAX;
        long busy;
        do {
            long before = cpuNanos();
            Thread.sleep(SETTLE_STEP_MILLIS);
            busy = cpuNanos() - before;
        } while (busy > SETTLE_STEP_MILLIS * 1_000_000 / SETTLED_SHARE && System.nanoTime() < end);
    }

    /** CPU time of this process, user and system. */
    public static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
