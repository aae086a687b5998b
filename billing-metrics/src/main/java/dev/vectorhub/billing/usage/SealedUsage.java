package dev.vectorhub.billing.usage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Numbered events on their way to the ledger: in the spool, or, as far as the disk does not take them, in memory up to a
 * bound. One thread adds at a time, one thread stores; any may wait.
 */
final class SealedUsage implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SealedUsage.class);

    private final UsageSpool spool;
    private final int memoryEventsMax;
    private final String node;
    private final long epoch;

    /** Guards what follows; signalled at every change. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Deque<List<UsageEvent>> memory = new ArrayDeque<>();
    private long memoryEvents;
    private long spooledEvents;
    private long lostRequests;
    /** Own events that were added and kept, and those of them that are in the ledger. */
    private long keptEvents;

    private long settledEvents;
    /** Whether everything that earlier runs left in the spool is in the ledger. */
    private boolean replayed;

    private boolean ended;

    /** What to store next. */
    record Batch(List<UsageEvent> events, boolean fromMemory) {}

    SealedUsage(UsageSpool spool, int memoryEventsMax, String node, long epoch) {
        this.spool = spool;
        this.memoryEventsMax = memoryEventsMax;
        this.node = node;
        this.epoch = epoch;
    }

    /** Adds the events of one frame. */
    void add(List<UsageEvent> events) {
        boolean spooled = false;
        try {
            spool.append(events);
            spooled = true;
        } catch (IOException e) {
            LOG.errorf("usage cannot be spooled and must wait in memory for the database: %s", e.getMessage());
            LOG.debug("spooling failed", e);
        }
        lock.lock();
        try {
            if (spooled) {
                spooledEvents += events.size();
            } else if (!ended && memoryEvents + events.size() <= memoryEventsMax) {
                memory.add(List.copyOf(events));
                memoryEvents += events.size();
            } else {
                lose(events);
                return;
            }
            keptEvents += events.size();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void lose(List<UsageEvent> events) {
        long lost = 0;
        for (UsageEvent event : events) {
            if (event.meter().code().startsWith("requests_")) {
                lost += event.quantity();
            }
        }
        lostRequests += lost;
        LOG.errorf("usage of %d requests is lost: no room on the disk, in memory or in the database", lost);
    }

    /** Whether everything that was added is on the disk or in the ledger. */
    boolean isDurable() {
        lock.lock();
        try {
            return memory.isEmpty() && !ended;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest batch; null if there is none. {@link #settle} takes it away. */
    @Nullable
    Batch next() throws IOException {
        long kept;
        lock.lock();
        try {
            List<UsageEvent> events = memory.peekFirst();
            if (events != null) {
                return new Batch(events, true);
            }
            kept = keptEvents;
        } finally {
            lock.unlock();
        }
        List<UsageEvent> events = spool.peek();
        if (events != null) {
            return new Batch(events, false);
        }
        lock.lock();
        try {
            // The spool was empty after these were kept, so they are settled, or were damaged on the disk and counted.
            settledEvents = Math.max(settledEvents, kept);
            replayed = true;
            changed.signalAll();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The ledger has the batch. */
    void settle(Batch batch) throws IOException {
        if (!batch.fromMemory()) {
            spool.remove();
        }
        UsageEvent first = batch.events().getFirst();
        boolean own = first.epoch() == epoch && first.node().equals(node);
        lock.lock();
        try {
            if (batch.fromMemory()) {
                memoryEvents -= memory.removeFirst().size();
            }
            if (own) {
                settledEvents += batch.events().size();
                replayed |= !batch.fromMemory(); // first in, first out: nothing older is left
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to store; false at the end. */
    boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (settledEvents >= keptEvents && memory.isEmpty()) {
                if (ended) {
                    return false;
                }
                changed.await();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the ledger has what earlier runs left and what was added before this call; false after the timeout. */
    boolean awaitSettled(Duration timeout) {
        lock.lock();
        try {
            long target = keptEvents;
            long nanos = timeout.toNanos();
            while (settledEvents < target || !replayed) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is kept in memory and {@link #awaitWork} does not wait. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long spooledEvents() {
        lock.lock();
        try {
            return spooledEvents;
        } finally {
            lock.unlock();
        }
    }

    long lostRequests() {
        lock.lock();
        try {
            return lostRequests;
        } finally {
            lock.unlock();
        }
    }

    long pendingBytes() {
        return spool.pendingBytes();
    }

    long corruptFrames() {
        return spool.corruptFrames();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
