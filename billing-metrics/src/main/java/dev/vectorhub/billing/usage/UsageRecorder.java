package dev.vectorhub.billing.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes usage from request threads and brings it into the ledger exactly once.
 *
 * <p>Three stations. (1) Memory: {@link UsageWindows} sums the requests of a second. (2) Spool: every flush interval (250
 * ms by default, never over a second) the sums become numbered events, appended to {@link UsageSpool} and forced to the
 * disk. From here on nothing is lost, whatever is killed or stopped. (3) Ledger: frames go from the spool to PostgreSQL
 * in batches; a batch that is sent twice, after a lost answer or a restart, is stored once because its ids are the same.
 *
 * <p>What a kill -9 can lose is therefore what was recorded within the last flush interval. A flush costs one sequential
 * write with one fsync; a request costs one map access under an uncontended lock. Two daemon threads, because a database
 * that hangs must not keep usage from reaching the disk: one seals and spools, the other stores.
 *
 * <p>Bounds: windows in memory (past it the recording thread itself spools, which slows it down), bytes in the spool
 * (past it, or on a full disk, sealed events stay in memory for the ledger), events kept so (past it they are lost,
 * counted in {@link RecorderStats#lostRequests} and logged).
 */
public final class UsageRecorder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(UsageRecorder.class);
    private static final Duration STORE_RETRY_MIN = Duration.ofMillis(100);
    private static final Duration STORE_RETRY_MAX = Duration.ofSeconds(2);
    private static final Duration CLOSE_STORE_TIMEOUT = Duration.ofSeconds(5);

    private final Clock clock;
    private final UsageSettings settings;
    private final LedgerWriter ledger;
    private final UsageSpool spool;
    private final long epoch;
    private final UsageWindows windows;
    private final Thread sealer;
    private final Thread storer;

    /** Guards the way from the windows into the spool, so that frames are in the order of their numbers. */
    private final ReentrantLock sealLock = new ReentrantLock();

    private long nextSeq = 1;

    /** Guards what follows; signalled when there is something to store, when something was stored and at the end. */
    private final ReentrantLock storeLock = new ReentrantLock();

    private final Condition storeChanged = storeLock.newCondition();
    private final Deque<List<UsageEvent>> unspooled = new ArrayDeque<>();
    private long unspooledEvents;
    private long sealedEvents;
    private long settledEvents;
    /** Whether everything that earlier runs left behind was stored. */
    private boolean replayed;

    private volatile boolean closed;
    private volatile boolean failing;

    private final LongAdder requests = new LongAdder();
    private final LongAdder overflows = new LongAdder();
    private final AtomicLong spooled = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong storeFailures = new AtomicLong();
    private final AtomicLong lostRequests = new AtomicLong();

    private UsageRecorder(Clock clock, UsageSettings settings, LedgerWriter ledger, UsageSpool spool, long epoch) {
        this.clock = clock;
        this.settings = settings;
        this.ledger = ledger;
        this.spool = spool;
        this.epoch = epoch;
        this.windows = new UsageWindows(settings.openWindowsMax());
        this.sealer = new Thread(this::sealLoop, "usage-sealer");
        this.storer = new Thread(this::storeLoop, "usage-storer");
        sealer.setDaemon(true);
        storer.setDaemon(true);
    }

    /**
     * Takes an epoch from the database, opens the spool and starts; what an earlier run left in the spool is stored first.
     *
     * @throws LedgerException if the database cannot be reached
     * @throws UncheckedIOException if the spool folder cannot be used or another process uses it
     */
    public static UsageRecorder start(DataSource dataSource, Clock clock, UsageSettings settings) {
        try {
            UsageSpool spool = UsageSpool.open(settings.spoolDirectory(), settings.spoolBytesMax());
            try {
                LedgerWriter ledger = new LedgerWriter(dataSource);
                long epoch = ledger.takeEpoch(settings.node());
                UsageRecorder recorder = new UsageRecorder(clock, settings, ledger, spool, epoch);
                recorder.sealer.start();
                recorder.storer.start();
                return recorder;
            } catch (RuntimeException e) {
                spool.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("opening the usage spool " + settings.spoolDirectory(), e);
        }
    }

    /** Number of this start; part of the ids of its events. */
    public long epoch() {
        return epoch;
    }

    /** Counts a finished request. Waits for the disk only when all windows are taken, for the database never. */
    public void record(RequestUsage usage) {
        requests.add(usage.requests());
        while (!windows.add(usage, clock.instant().getEpochSecond())) {
            overflows.increment();
            seal();
        }
        if (closed) {
            seal(); // too late for the threads
        }
    }

    /**
     * Makes what was recorded before this call durable in the spool.
     *
     * @return true if a kill -9 can no longer lose any of it; false if the spool could not be written
     */
    public boolean flush() {
        return seal();
    }

    /**
     * Flushes and waits until the ledger has what was recorded before this call.
     *
     * @return false if the ledger did not take it in time; it then waits in the spool
     */
    public boolean flushToLedger(Duration timeout) {
        seal();
        storeLock.lock();
        try {
            long target = sealedEvents;
            long nanos = timeout.toNanos();
            while (settledEvents < target || !replayed) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = storeChanged.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            storeLock.unlock();
        }
    }

    public RecorderStats stats() {
        return new RecorderStats(
                requests.sum(),
                spooled.get(),
                stored.get(),
                spool.pendingBytes(),
                overflows.sum(),
                storeFailures.get(),
                spool.corruptFrames(),
                lostRequests.get());
    }

    /** Moves all windows into the spool. Returns whether they are durable there. */
    private boolean seal() {
        sealLock.lock();
        try {
            List<UsageEvent> events = UsageWindows.events(windows.drain(), settings.node(), epoch, nextSeq);
            nextSeq += events.size();
            boolean durable = true;
            for (int from = 0; from < events.size(); from += SpoolFormat.FRAME_EVENTS_MAX) {
                int to = Math.min(events.size(), from + SpoolFormat.FRAME_EVENTS_MAX);
                durable &= spool(events.subList(from, to));
            }
            return durable && !hasUnspooled();
        } finally {
            sealLock.unlock();
        }
    }

    private boolean spool(List<UsageEvent> events) {
        boolean durable = true;
        try {
            spool.append(events);
            spooled.addAndGet(events.size());
        } catch (IOException e) {
            LOG.error("usage cannot be spooled; it stays in memory until the database has it", e);
            durable = false;
        }
        storeLock.lock();
        try {
            if (!durable && !keepInMemory(events)) {
                return false;
            }
            sealedEvents += events.size();
            storeChanged.signalAll();
            return durable;
        } finally {
            storeLock.unlock();
        }
    }

    /** Keeps events that the disk did not take, within the bound; past it they are counted as lost. */
    private boolean keepInMemory(List<UsageEvent> events) {
        if (closed || unspooledEvents + events.size() > settings.openWindowsMax()) {
            long lost = 0;
            for (UsageEvent event : events) {
                if (event.meter().code().startsWith("requests_")) {
                    lost += event.quantity();
                }
            }
            lostRequests.addAndGet(lost);
            LOG.errorf("usage of %d requests is lost: no room on the disk, in memory or in the database", lost);
            return false;
        }
        unspooled.add(new ArrayList<>(events));
        unspooledEvents += events.size();
        return true;
    }

    private void sealLoop() {
        while (!closed) {
            try {
                Thread.sleep(settings.flushInterval());
                seal();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("sealing usage failed", e);
            }
        }
    }

    private void storeLoop() {
        Duration retry = STORE_RETRY_MIN;
        try {
            while (true) {
                try {
                    boolean found = storeNext();
                    failing = false;
                    retry = STORE_RETRY_MIN;
                    if (!found && !awaitWork()) {
                        return;
                    }
                } catch (LedgerException | IOException e) {
                    failing = true;
                    long failures = storeFailures.incrementAndGet();
                    LOG.warnf("usage waits in the spool (attempt %d): %s", failures, e.getMessage());
                    if (closed) {
                        return;
                    }
                    Thread.sleep(retry);
                    retry = retry.multipliedBy(2).compareTo(STORE_RETRY_MAX) < 0
                            ? retry.multipliedBy(2)
                            : STORE_RETRY_MAX;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("storing usage was interrupted; the spool keeps what is left");
        }
    }

    /** Waits for something to store; false at the end. */
    private boolean awaitWork() throws InterruptedException {
        storeLock.lock();
        try {
            while (settledEvents >= sealedEvents && unspooled.isEmpty()) {
                if (closed) {
                    return false;
                }
                storeChanged.await();
            }
            return true;
        } finally {
            storeLock.unlock();
        }
    }

    /** Brings the oldest batch into the ledger; false if there is none. */
    private boolean storeNext() throws IOException {
        long sealedBefore = sealedEvents();
        List<UsageEvent> kept = firstUnspooled();
        List<UsageEvent> events = kept == null ? spool.peek() : kept;
        if (events == null) {
            settle(settled -> Math.max(settled, sealedBefore), true);
            return false;
        }
        stored.addAndGet(ledger.store(events));
        if (kept == null) {
            spool.remove();
        } else {
            removeUnspooled();
        }
        boolean own = isOwn(events.getFirst());
        settle(settled -> own ? settled + events.size() : settled, own && kept == null);
        return true;
    }

    private long sealedEvents() {
        storeLock.lock();
        try {
            return sealedEvents;
        } finally {
            storeLock.unlock();
        }
    }

    private boolean hasUnspooled() {
        return firstUnspooled() != null;
    }

    private @Nullable List<UsageEvent> firstUnspooled() {
        storeLock.lock();
        try {
            return unspooled.peekFirst();
        } finally {
            storeLock.unlock();
        }
    }

    private void removeUnspooled() {
        storeLock.lock();
        try {
            unspooledEvents -= unspooled.removeFirst().size();
        } finally {
            storeLock.unlock();
        }
    }

    private void settle(LongUnaryOperator settled, boolean replayedNow) {
        storeLock.lock();
        try {
            settledEvents = settled.applyAsLong(settledEvents);
            replayed |= replayedNow;
            storeChanged.signalAll();
        } finally {
            storeLock.unlock();
        }
    }

    private boolean isOwn(UsageEvent event) {
        return event.epoch() == epoch && event.node().equals(settings.node());
    }

    /** Flushes, gives the database a few seconds, stops the threads. What it did not take is replayed at the next start. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        boolean settled = flushToLedger(failing ? STORE_RETRY_MIN : CLOSE_STORE_TIMEOUT);
        storeLock.lock();
        try {
            closed = true;
            storeChanged.signalAll();
        } finally {
            storeLock.unlock();
        }
        sealer.interrupt();
        join(sealer);
        seal(); // what was recorded while the threads stopped
        if (!settled) {
            storer.interrupt();
        }
        join(storer);
        try {
            if (settled && spool.pendingBytes() == 0) {
                ledger.closeEpoch(settings.node(), epoch);
            }
            spool.close();
        } catch (IOException | LedgerException e) {
            LOG.warn("closing the usage spool", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(CLOSE_STORE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
