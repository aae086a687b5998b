package dev.vectorhub.billing.rollup;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import javax.sql.DataSource;

/** Folds the ledger into hourly {@code usage_record} rows. */
@Singleton
public final class RollupService {
    private final DataSource dataSource;

    @Inject
    public RollupService(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Folds what is new. Any number of processes may call it; one works at a time. Returns the events folded. */
    public long runOnce() {
        throw new UnsupportedOperationException(dataSource.toString());
    }

    /** Throws the records of the hours in [from, to) away and makes them again from the ledger. Returns the records made. */
    public long rebuild(Instant from, Instant to) {
        throw new UnsupportedOperationException();
    }
}
