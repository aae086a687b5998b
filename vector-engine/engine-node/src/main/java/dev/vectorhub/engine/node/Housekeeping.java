package dev.vectorhub.engine.node;

import java.io.IOException;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does by itself: takes checkpoints when the log has grown or the oldest write is old enough, and refreshes
 * what {@link Admission} decides on. A virtual thread keeps time; a checkpoint runs on a thread of its own, for it is all
 * file I/O.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long TICK_MILLIS = 500;
    private static final long RETRY_MILLIS = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LogGroup group;
    private final NodeTuning tuning;
    private final LongSupplier nanoTime;
    private final LongPredicate tick;
    private final Thread timer;
    private volatile boolean closed;

    /** Written under the checkpoint lock, read by the timer. */
    private volatile long bytesAtCheckpoint;

    private long dirtySinceNanos;
    private boolean dirty;
    private long notBeforeNanos;

    /** @param tick runs twice a second, with the number of times it has run; true calls for a checkpoint */
    Housekeeping(LogGroup group, NodeTuning tuning, LongSupplier nanoTime, LongPredicate tick) {
        this.group = group;
        this.tuning = tuning;
        this.nanoTime = nanoTime;
        this.tick = tick;
        this.notBeforeNanos = nanoTime.getAsLong();
        this.timer = Thread.ofVirtual().name("engine-housekeeping").unstarted(this::keepTime);
    }

    void start() {
        timer.start();
    }

    /**
     * Whether a checkpoint is due.
     *
     * @param bytes logged since the last one
     * @param dirtyMillis since the first of them
     */
    static boolean due(NodeTuning tuning, long bytes, long dirtyMillis) {
        return bytes >= tuning.checkpointBytes() || (bytes > 0 && dirtyMillis >= tuning.checkpointMillis());
    }

    /** Takes a checkpoint now unless nothing has changed, and purges the log. */
    synchronized void checkpoint() throws IOException {
        long bytes = group.machine().loggedBytes();
        EngineStateMachine.@Nullable Begun begun = group.machine().beginCheckpoint();
        if (begun != null) {
            group.purge(group.machine().complete(begun));
        }
        bytesAtCheckpoint = bytes;
    }

    /** Stops; a checkpoint that runs is waited for. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        timer.interrupt();
        timer.join();
    }

    @SuppressWarnings("CatchingUnchecked") // a failed round is reported and tried again
    private void keepTime() {
        for (long ticks = 0; !closed; ticks++) {
            try {
                Thread.sleep(TICK_MILLIS);
                checkpointIfDue(tick.test(ticks));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("housekeeping failed", e);
            }
        }
    }

    private void checkpointIfDue(boolean wanted) throws InterruptedException {
        long now = nanoTime.getAsLong();
        long bytes = group.machine().loggedBytes() - bytesAtCheckpoint;
        if (bytes == 0) {
            dirty = false;
        } else if (!dirty) {
            dirty = true;
            dirtySinceNanos = now;
        }
        boolean due = wanted
                || group.machine().wantsCheckpoint()
                || due(tuning, bytes, (now - dirtySinceNanos) / NANOS_PER_MILLI);
        if (now - notBeforeNanos >= 0 && due) {
            dirty = false;
            Thread writer =
                    Thread.ofPlatform().name("engine-checkpoint").daemon().start(this::checkpointOrLater);
            writer.join();
        }
    }

    @SuppressWarnings("CatchingUnchecked") // the log keeps what the checkpoint could not
    private void checkpointOrLater() {
        try {
            checkpoint();
        } catch (IOException | RuntimeException e) {
            LOG.error("checkpoint failed, next try in {} s; the log is kept", RETRY_MILLIS / 1000, e);
            notBeforeNanos = nanoTime.getAsLong() + RETRY_MILLIS * NANOS_PER_MILLI;
        }
    }
}
