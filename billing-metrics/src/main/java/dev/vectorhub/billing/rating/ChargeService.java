package dev.vectorhub.billing.rating;

import dev.vectorhub.billing.rollup.Granularity;
import dev.vectorhub.billing.rollup.UsageQueryService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a tenant's usage costs: its bill so far, or of a month that is over. */
@Singleton
public final class ChargeService {
    private final UsageQueryService usage;
    private final PriceService prices;

    @Inject
    public ChargeService(UsageQueryService usage, PriceService prices) {
        this.usage = usage;
        this.prices = prices;
    }

    /**
     * The invoice lines of [from, to), each rounded once; the sum of their costs is the total.
     *
     * @param planCode the plan that prices the interval
     */
    public List<ChargeLine> charges(UUID tenantId, String planCode, Instant from, Instant to) {
        // By day: prices change at the start of a UTC day only.
        return Rater.invoice(usage.usage(tenantId, from, to, Granularity.DAY), planCode, prices.list(), from, to);
    }
}
