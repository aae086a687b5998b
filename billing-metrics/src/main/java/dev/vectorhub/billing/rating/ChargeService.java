package dev.vectorhub.billing.rating;

import dev.vectorhub.billing.rollup.Granularity;
import dev.vectorhub.billing.rollup.UsageLine;
import dev.vectorhub.billing.rollup.UsageQueryService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param plans the tenant's plans; each prices the usage of its time
     */
    public List<ChargeLine> charges(UUID tenantId, PlanHistory plans, Instant from, Instant to) {
        Map<String, List<UsageLine>> byPlan = new LinkedHashMap<>();
        for (PlanHistory.Stretch stretch : plans.stretches(from, to)) {
            // By day: prices change at the start of a UTC day only.
            byPlan.computeIfAbsent(stretch.planCode(), plan -> new ArrayList<>())
                    .addAll(usage.usage(tenantId, stretch.from(), stretch.to(), Granularity.DAY));
        }
        PriceList list = prices.list();
        List<ChargeLine> lines = new ArrayList<>();
        byPlan.forEach((plan, used) -> lines.addAll(Rater.invoice(used, plan, list, from, to)));
        return lines;
    }
}
