package dev.vectorhub.console.usage;

import dev.vectorhub.billing.rating.ChargeService;
import dev.vectorhub.billing.rating.PlanHistory;
import dev.vectorhub.billing.rollup.Granularity;
import dev.vectorhub.billing.rollup.RequestPoint;
import dev.vectorhub.billing.rollup.UsageQueryService;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What a tenant uses: now, over time, and what it costs so far. */
@ApplicationScoped
public class UsageDesk {
    private final Admissions admissions;
    private final TenantService tenants;
    private final PlanService plans;
    private final UsedNowReader used;
    private final UsageQueryService usage;
    private final ChargeService charges;
    private final Clock clock;

    @Inject
    public UsageDesk(
            Admissions admissions,
            TenantService tenants,
            PlanService plans,
            UsedNowReader used,
            UsageQueryService usage,
            ChargeService charges,
            Clock clock) {
        this.admissions = admissions;
        this.tenants = tenants;
        this.plans = plans;
        this.used = used;
        this.usage = usage;
        this.charges = charges;
        this.clock = clock;
    }

    public UsageSheet sheet(Viewer viewer, TenantId tenant, Period period) {
        admissions.member(viewer, tenant);
        Instant now = clock.instant();
        Plan plan = plans.get(tenants.get(tenant).plan());
        List<RequestPoint> requests =
                usage.requestSeries(tenant.value(), period.from(now), period.to(now), period.bucket());
        return new UsageSheet(plan, used.of(tenant), requests, cost(tenant, now));
    }

    private CostSoFar cost(TenantId tenant, Instant now) {
        Instant from = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Instant to = now.plus(Duration.ofHours(1));
        PlanHistory history = new PlanHistory(tenants.plans(tenant).stream()
                .map(plan -> new PlanHistory.Change(plan.since(), plan.plan()))
                .toList());
        return CostSoFar.of(
                usage.usage(tenant.value(), from, to, Granularity.TOTAL),
                charges.charges(tenant.value(), history, from, to),
                from,
                now);
    }
}
