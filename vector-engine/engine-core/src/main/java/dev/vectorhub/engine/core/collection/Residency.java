package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.storage.MappedFiles;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what is open: the stored bytes of the collections that have a view, and the mappings behind them. Over a bound it
 * calls for the least recently used ones to be closed; what has changes that no checkpoint holds stays.
 */
public final class Residency {
    /** Half of what Linux grants a process by default ({@code vm.max_map_count}). */
    private static final int MAPPINGS_MAX = 32_000;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long bytesMax;
    private final MappedFiles files;
    private final Runnable trim;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean trimming = new AtomicBoolean();
    private volatile long notBeforeNanos = System.nanoTime();

    /** @param trim has collections closed while {@link #isOver}, on another thread, and calls {@link #trimmed} then */
    public Residency(long bytesMax, MappedFiles files, Runnable trim) {
        this.bytesMax = bytesMax;
        this.files = files;
        this.trim = trim;
    }

    void add(long delta) {
        long now = bytes.addAndGet(delta);
        if (delta > 0
                && (now > bytesMax || files.count() > MAPPINGS_MAX)
                && System.nanoTime() - notBeforeNanos > 0
                && trimming.compareAndSet(false, true)) {
            trim.run();
        }
    }

    /** Whether more has to be closed: an eighth below the bounds, so that not every opening closes one. */
    public boolean isOver() {
        return !hasRoom(0);
    }

    /** Whether so many bytes more would not have anything closed. */
    public boolean hasRoom(long more) {
        return bytes.get() + more <= bytesMax - bytesMax / 8 && files.count() <= MAPPINGS_MAX - MAPPINGS_MAX / 8;
    }

    public void trimmed() {
        notBeforeNanos = System.nanoTime() + PAUSE_NANOS;
        trimming.set(false);
    }

    public long bytes() {
        return bytes.get();
    }
}
