package dev.vectorhub.billing.rollup;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads usage: the hourly records and, in the same snapshot, the part of the ledger not yet rolled up. */
@Singleton
public final class UsageQueryService {
    private final DataSource dataSource;

    @Inject
    public UsageQueryService(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A tenant's usage in [from, to), ordered by time, meter, operation, key. Interval ends are cut to whole hours. */
    public List<UsageLine> usage(UUID tenantId, Instant from, Instant to, Granularity granularity) {
        throw new UnsupportedOperationException(dataSource.toString());
    }

    /** For operators: each tenant's total per meter in [from, to), biggest request count first, at most {@code limit} tenants. */
    public List<MeterTotal> tenantTotals(Instant from, Instant to, int limit) {
        throw new UnsupportedOperationException();
    }

    /** Requests per bucket for charts, of one tenant or (null) of all. */
    public List<RequestPoint> requestSeries(@Nullable UUID tenantId, Instant from, Instant to, Duration bucket) {
        throw new UnsupportedOperationException();
    }
}
