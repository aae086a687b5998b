package dev.vectorhub.console.overview;

import dev.vectorhub.billing.rollup.RequestPoint;
import dev.vectorhub.billing.rollup.UsageQueryService;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.console.nodes.NodeLoad;
import dev.vectorhub.console.usage.Period;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.node.NodeService;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.quota.TenantUsage;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantQuery;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers the operator's first page from the services that know its parts. */
@ApplicationScoped
public class OverviewDesk {
    /** Tenants of each kind that are looked at: more could not be read on one page. */
    private static final int PRESSURE_ROWS = 20;

    private final Admissions admissions;
    private final TenantService tenants;
    private final QuotaService quotas;
    private final UsageQueryService usage;
    private final NodeService nodes;
    private final Clock clock;

    @Inject
    public OverviewDesk(
            Admissions admissions,
            TenantService tenants,
            QuotaService quotas,
            UsageQueryService usage,
            NodeService nodes,
            Clock clock) {
        this.admissions = admissions;
        this.tenants = tenants;
        this.quotas = quotas;
        this.usage = usage;
        this.nodes = nodes;
        this.clock = clock;
    }

    public Overview overview(Viewer viewer) {
        admissions.operator(viewer);
        Instant now = clock.instant();
        Map<TenantState, Long> states = new TreeMap<>(tenants.countByState());
        List<RequestPoint> requests =
                usage.requestSeries(null, Period.DAY.from(now), Period.DAY.to(now), Period.DAY.bucket());
        List<EngineNode> known = nodes.list();
        double load = 0;
        long bytes = 0;
        long points = 0;
        for (EngineNode node : known) {
            load = Math.max(load, NodeLoad.share(node));
            bytes += node.diskBytes();
            points += node.points();
        }
        return new Overview(states, requests, bytes, points, load, known, AttentionRules.of(suspects(), known, now));
    }

    /** The tenants that a rule could have something to say about: the fullest, the read-only, the waiting. */
    private List<AttentionRules.TenantFact> suspects() {
        Map<TenantId, AttentionRules.TenantFact> found = new LinkedHashMap<>();
        for (TenantUsage usage : quotas.pressure(PRESSURE_ROWS)) {
            double share = (double) usage.logicalBytes() / usage.limits().maxStorageBytes();
            if (share >= AttentionRules.WARN) {
                tenants.find(usage.tenant())
                        .ifPresent(tenant -> found.put(tenant.id(), new AttentionRules.TenantFact(tenant, share)));
            }
        }
        for (TenantState state : List.of(TenantState.PROVISIONING, TenantState.READ_ONLY)) {
            TenantQuery query = new TenantQuery(null, state, null, TenantQuery.Sort.OLDEST);
            for (Tenant tenant : tenants.page(query, null, PRESSURE_ROWS).items()) {
                found.putIfAbsent(tenant.id(), new AttentionRules.TenantFact(tenant, 0));
            }
        }
        return List.copyOf(found.values());
    }
}
