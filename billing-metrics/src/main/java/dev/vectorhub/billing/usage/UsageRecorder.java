package dev.vectorhub.billing.usage;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** Takes usage from request threads and brings it into the ledger exactly once. */
public final class UsageRecorder implements AutoCloseable {

    /** Takes an epoch from the database, replays what an earlier run left in the spool and starts the threads. */
    public static UsageRecorder start(DataSource dataSource, Clock clock, UsageSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** Counts a finished request. Never waits for the disk or the database unless all windows are taken. */
    public void record(RequestUsage usage) {
        throw new UnsupportedOperationException();
    }

    /** Makes everything recorded before this call durable in the spool; when it returns, kill -9 loses none of it. */
    public void flush() {
        throw new UnsupportedOperationException();
    }

    /**
     * Flushes and waits until the ledger has everything recorded before this call.
     *
     * @return false if the ledger did not take it within the time; it then still lies in the spool
     */
    public boolean flushToLedger(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    public RecorderStats stats() {
        throw new UnsupportedOperationException();
    }

    /** Flushes, tries once to store, stops the threads. What could not be stored is replayed at the next start. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
