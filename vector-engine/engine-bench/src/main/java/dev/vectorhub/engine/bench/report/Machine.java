package dev.vectorhub.engine.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a run took place, and how busy the machine was.
 *
 * @param loadBefore runnable threads over the last minute, when the run began
 * @param cpuSteal share of CPU time that the hypervisor kept, over the run
 * @param cpuOthers share of CPU time that others than the benchmark used, over the run
 */
public record Machine(
        String cpu,
        int cores,
        @JsonProperty("memory_gib") double memoryGib,
        String os,
        String java,
        String kernel,
        @JsonProperty("load_before") double loadBefore,
        @JsonProperty("load_after") double loadAfter,
        @JsonProperty("cpu_others") double cpuOthers,
        @JsonProperty("cpu_steal") double cpuSteal,
        double seconds) {

    /** The state at the start of a run. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Start(double load, long[] ticks, long ownTicks, long nanos) {}

    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;
    private static final double GIB = 1 << 30;

    public static Start start() {
        return new Start(load(), ticks(), ownTicks(), System.nanoTime());
    }

    /**
     * The machine as it was between the start of a run and now.
     *
     * @param kernel the engine's name of the kernel in use
     */
    public static Machine finish(Start start, String kernel) {
        long[] ticks = ticks();
        long total = 0;
        long busy = 0;
        for (int i = 0; i < ticks.length; i++) {
            long spent = ticks[i] - start.ticks()[i];
            total += spent;
            busy += i == IDLE || i == IO_WAIT || i == STEAL ? 0 : spent;
        }
        long own = ownTicks() - start.ownTicks();
        long steal = ticks[STEAL] - start.ticks()[STEAL];
        return new Machine(
                line(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Math.round(Double.parseDouble(line(Path.of("/proc/meminfo"), "MemTotal")
                                        .split(" ", -1)[0])
                                * 1024
                                / GIB
                                * 10)
                        / 10.0,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"),
                kernel,
                start.load(),
                load(),
                share(busy - own, total),
                share(steal, total),
                Math.round((System.nanoTime() - start.nanos()) / 1e8) / 10.0);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : Math.round(1000.0 * Math.max(0, part) / whole) / 1000.0;
    }

    private static double load() {
        return Math.round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() * 100) / 100.0;
    }

    /** user nice system idle iowait irq softirq steal, all cores. */
    private static long[] ticks() {
        String[] words = line(Path.of("/proc/stat"), "cpu ").split(" +", -1);
        return Stream.of(words).limit(STEAL + 1L).mapToLong(Long::parseLong).toArray();
    }

    /** CPU time of this process and of the ended processes that it started. */
    private static long ownTicks() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Stream.of(words).skip(11).limit(4).mapToLong(Long::parseLong).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String line(Path file, String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(key.length()).replaceFirst("^[\\s:]+", ""))
                    .orElse("0");
        } catch (IOException e) {
            return "0";
        }
    }
}
