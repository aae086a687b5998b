package dev.vectorhub.console.usage;

import dev.vectorhub.billing.rollup.UsageQueryService;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.quota.TenantUsage;
import dev.vectorhub.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Puts together what a tenant uses at the moment, for desks that have admitted their viewer. */
@ApplicationScoped
public class UsedNowReader {
    private static final Duration RATE_WINDOW = Duration.ofMinutes(1);
    /** Fine enough that the series covers the window and no more. */
    private static final Duration RATE_STEP = Duration.ofSeconds(1);

    private final QuotaService quotas;
    private final UsageQueryService usage;
    private final Clock clock;

    @Inject
    public UsedNowReader(QuotaService quotas, UsageQueryService usage, Clock clock) {
        this.quotas = quotas;
        this.usage = usage;
        this.clock = clock;
    }

    public UsedNow of(TenantId tenant) {
        Instant now = clock.instant();
        TenantUsage stored = quotas.usage(tenant);
        return new UsedNow(
                stored.collections(),
                stored.points(),
                stored.fullestCollectionPoints(),
                stored.logicalBytes(),
                RequestChart.total(usage.requestSeries(tenant.value(), now.minus(RATE_WINDOW), now, RATE_STEP)),
                usage.tokens(tenant.value(), now.minus(RATE_WINDOW), now),
                stored.measuredAt());
    }
}
