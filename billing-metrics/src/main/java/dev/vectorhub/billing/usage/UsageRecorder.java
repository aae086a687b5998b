package dev.vectorhub.billing.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

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
    private final SealedUsage sealed;
    private final long epoch;
    private final UsageWindows windows;
    private final Thread sealer;
    private final Thread storer;

    /** Guards the way from the windows into the spool, so that frames are in the order of their numbers. */
    private final ReentrantLock sealLock = new ReentrantLock();

    private long nextSeq = 1;
    private volatile boolean closed;
    private volatile boolean failing;

    private final LongAdder requests = new LongAdder();
    private final LongAdder overflows = new LongAdder();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong storeFailures = new AtomicLong();

    private UsageRecorder(Clock clock, UsageSettings settings, LedgerWriter ledger, SealedUsage sealed, long epoch) {
        this.clock = clock;
        this.settings = settings;
        this.ledger = ledger;
        this.sealed = sealed;
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
                SealedUsage sealed = new SealedUsage(spool, settings.openWindowsMax(), settings.node(), epoch);
                UsageRecorder recorder = new UsageRecorder(clock, settings, ledger, sealed, epoch);
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
        return sealed.awaitSettled(timeout);
    }

    public RecorderStats stats() {
        return new RecorderStats(
                requests.sum(),
                sealed.spooledEvents(),
                stored.get(),
                sealed.pendingBytes(),
                overflows.sum(),
                storeFailures.get(),
                sealed.corruptFrames(),
                sealed.lostRequests());
    }

    /** Moves all windows into the spool. Returns whether they are durable there. */
    private boolean seal() {
        sealLock.lock();
        try {
            List<UsageEvent> events = UsageWindows.events(windows.drain(), settings.node(), epoch, nextSeq);
            nextSeq += events.size();
            for (int from = 0; from < events.size(); from += SpoolFormat.FRAME_EVENTS_MAX) {
                int to = Math.min(events.size(), from + SpoolFormat.FRAME_EVENTS_MAX);
                sealed.add(events.subList(from, to));
            }
            return sealed.isDurable();
        } finally {
            sealLock.unlock();
        }
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
                    if (!found && !sealed.awaitWork()) {
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
                    Duration twice = retry.multipliedBy(2);
                    retry = twice.compareTo(STORE_RETRY_MAX) < 0 ? twice : STORE_RETRY_MAX;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("storing usage was interrupted; the spool keeps what is left");
        }
    }

    /** Brings the oldest batch into the ledger; false if there is none. */
    private boolean storeNext() throws IOException {
        SealedUsage.Batch batch = sealed.next();
        if (batch == null) {
            return false;
        }
        stored.addAndGet(ledger.store(batch.events()));
        sealed.settle(batch);
        return true;
    }

    /** Flushes, gives the database a few seconds, stops the threads. What it did not take is replayed at the next start. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        boolean settled = flushToLedger(failing ? STORE_RETRY_MIN : CLOSE_STORE_TIMEOUT);
        closed = true;
        sealed.end();
        sealer.interrupt();
        join(sealer);
        seal(); // what was recorded while the threads stopped
        if (!settled) {
            storer.interrupt();
        }
        join(storer);
        try {
            if (settled && sealed.pendingBytes() == 0) {
                ledger.closeEpoch(settings.node(), epoch);
            }
            sealed.close();
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
