package dev.vectorhub.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this process uses of what it may use. In a container the limit is the control group's (v2 {@code cpu.max}), which
 * may be a fraction of a processor; memory limits are read by the JDK, which knows both versions of control groups.
 */
final class ProcessResources {
    private static final Path CPU_MAX = Path.of("/sys/fs/cgroup/cpu.max");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long SAMPLE_NANOS_MIN = 500_000_000L;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final double processors;

    private long sampledNanos;
    private long sampledCpuNanos;
    private double usage;

    ProcessResources() {
        this.processors = processors(readLines(CPU_MAX), Runtime.getRuntime().availableProcessors());
        this.sampledNanos = System.nanoTime();
        this.sampledCpuNanos = system.getProcessCpuTime();
    }

    /** Processors that may be used: quota divided by period of {@code cpu.max}, else all that are there. */
    static double processors(List<String> cpuMax, int available) {
        if (cpuMax.isEmpty()) {
            return available;
        }
        String[] parts = cpuMax.getFirst().trim().split(" ", -1);
        try {
            double quota = Double.parseDouble(parts[0]);
            double period = parts.length > 1 ? Double.parseDouble(parts[1]) : 100_000;
            return quota > 0 && period > 0 ? Math.min(available, quota / period) : available;
        } catch (NumberFormatException e) {
            return available; // "max": no quota
        }
    }

    /** Share of the allowed processor time that was used since the last sample, 0 to 1; sampled twice a second at most. */
    synchronized double cpuUsage() {
        long now = System.nanoTime();
        long elapsed = now - sampledNanos;
        if (elapsed >= SAMPLE_NANOS_MIN) {
            long cpu = system.getProcessCpuTime();
            usage = share(cpu - sampledCpuNanos, elapsed, processors);
            sampledNanos = now;
            sampledCpuNanos = cpu;
        }
        return usage;
    }

    static double share(long cpuNanos, long elapsedNanos, double processors) {
        return Math.clamp(cpuNanos / (elapsedNanos * processors), 0.0, 1.0);
    }

    /** Resident bytes of the process; where the system does not tell them, what the JVM has committed. */
    double memoryUsage() {
        for (String line : readLines(STATUS)) {
            if (line.startsWith("VmRSS:")) {
                String digits = line.replaceAll("\\D", "");
                return Long.parseLong(digits) * 1024.0;
            }
        }
        var memory = ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getCommitted()
                + memory.getNonHeapMemoryUsage().getCommitted();
    }

    /** Bytes that the process may use: the container's limit, else the machine's memory. */
    double memoryLimit() {
        return system.getTotalMemorySize();
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of(); // not Linux, or not in a control group
        }
    }
}
