package dev.vectorhub.billing.usage;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a {@link UsageRecorder}.
 *
 * @param node name of this process in event ids, stable over restarts and unique among running processes
 * @param spoolDirectory folder for usage that is not in the database yet; on a disk that survives the process
 * @param flushInterval longest time that usage stays in memory only; at most one second
 * @param openWindowsMax bound on aggregation windows in memory, past which the recording thread itself spools; and on
 *     events that the disk does not take
 * @param spoolBytesMax bound on the spool; past it usage stays in memory, and past that bound it is lost and counted
 */
public record UsageSettings(
        String node, Path spoolDirectory, Duration flushInterval, int openWindowsMax, long spoolBytesMax) {

    public static final Duration FLUSH_INTERVAL_DEFAULT = Duration.ofMillis(250);
    public static final Duration FLUSH_INTERVAL_MAX = Duration.ofSeconds(1);
    public static final int OPEN_WINDOWS_MAX_DEFAULT = 65_536;
    public static final long SPOOL_BYTES_MAX_DEFAULT = 1L << 30;

    public UsageSettings {
        UsageEvent.requireName("node", node, UsageEvent.NODE_LENGTH_MAX);
        if (flushInterval.toMillis() < 1 || flushInterval.compareTo(FLUSH_INTERVAL_MAX) > 0) {
            throw new IllegalArgumentException("flushInterval must lie in 1 ms to 1 s: " + flushInterval);
        }
        if (openWindowsMax < 1) {
            throw new IllegalArgumentException("openWindowsMax must be positive: " + openWindowsMax);
        }
        if (spoolBytesMax < 1) {
            throw new IllegalArgumentException("spoolBytesMax must be positive: " + spoolBytesMax);
        }
    }

    /** The defaults for a node and a folder. */
    public static UsageSettings of(String node, Path spoolDirectory) {
        return new UsageSettings(
                node, spoolDirectory, FLUSH_INTERVAL_DEFAULT, OPEN_WINDOWS_MAX_DEFAULT, SPOOL_BYTES_MAX_DEFAULT);
    }
}
