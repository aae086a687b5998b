package dev.vectorhub.launcher;

import java.time.Instant;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param startEpochMillis when the system says that it started; 0 where the system does not say
 */
public record ProcessRef(long pid, long startEpochMillis) {

    public static ProcessRef of(ProcessHandle handle) {
        return new ProcessRef(handle.pid(), start(handle));
    }

    /** The process, if it is the same one and still alive. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> startEpochMillis == 0 || start(handle) == startEpochMillis);
    }

    public boolean alive() {
        return handle().isPresent();
    }

    private static long start(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
