package dev.vectorhub.billing.rollup;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;

/** Checks that the hourly records say what the ledger says. */
@Singleton
public final class DriftService {
    private final DataSource dataSource;

    @Inject
    public DriftService(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What disagrees on a UTC day; empty when all is well. Usage that is not rolled up yet is no drift. */
    public List<Drift> check(LocalDate day) {
        throw new UnsupportedOperationException(dataSource.toString());
    }
}
