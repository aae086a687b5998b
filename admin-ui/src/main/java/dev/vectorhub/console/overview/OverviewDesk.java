package dev.vectorhub.console.overview;

import dev.vectorhub.billing.rollup.RequestPoint;
import dev.vectorhub.billing.rollup.UsageQueryService;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.console.usage.Period;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.quota.TenantUsage;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers the operator's first page from the services that know its parts. */
@ApplicationScoped
public class OverviewDesk {
    private static final int PRESSURE_ROWS = 100;

    private final Admissions admissions;
    private final TenantService tenants;
    private final QuotaService quotas;
    private final UsageQueryService usage;
    private final Clock clock;

    @Inject
    public OverviewDesk(
            Admissions admissions, TenantService tenants, QuotaService quotas, UsageQueryService usage, Clock clock) {
        this.admissions = admissions;
        this.tenants = tenants;
        this.quotas = quotas;
        this.usage = usage;
        this.clock = clock;
    }

    public Overview overview(Viewer viewer) {
        admissions.operator(viewer);
        Instant now = clock.instant();
        Map<TenantState, Long> states = new TreeMap<>(tenants.countByState());
        List<RequestPoint> requests =
                usage.requestSeries(null, Period.DAY.from(now), Period.DAY.to(now), Period.DAY.bucket());
        List<TenantUsage> pressure = quotas.pressure(PRESSURE_ROWS);
        return new Overview(states, requests, 0, 0, 0, List.of(), AttentionRules.of(List.of(), List.of(), now));
    }
}
