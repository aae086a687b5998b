package dev.vectorhub.console.tenants;

import dev.vectorhub.apikey.ApiKeyService;
import dev.vectorhub.audit.AuditQuery;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.billing.rollup.RequestPoint;
import dev.vectorhub.billing.rollup.UsageQueryService;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.console.keys.KeyDesk;
import dev.vectorhub.console.usage.Period;
import dev.vectorhub.console.usage.UsedNowReader;
import dev.vectorhub.placement.IsolationProgress;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.Page;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantQuery;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What operators see of tenants and do to them. Each call admits the viewer as an operator anew. */
@ApplicationScoped
public class TenantDesk {
    /** Audit events on a tenant's page. */
    private static final int AUDIT_ROWS = 50;

    private final Admissions admissions;
    private final Scoped scoped;
    private final TenantService tenants;
    private final PlacementService placements;
    private final PlanService plans;
    private final ApiKeyService keys;
    private final AuditService audit;
    private final UsageQueryService usage;
    private final UsedNowReader used;
    private final Clock clock;

    @Inject
    public TenantDesk(
            Admissions admissions,
            Scoped scoped,
            TenantService tenants,
            PlacementService placements,
            PlanService plans,
            ApiKeyService keys,
            AuditService audit,
            UsageQueryService usage,
            UsedNowReader used,
            Clock clock) {
        this.admissions = admissions;
        this.scoped = scoped;
        this.tenants = tenants;
        this.placements = placements;
        this.plans = plans;
        this.keys = keys;
        this.audit = audit;
        this.usage = usage;
        this.used = used;
        this.clock = clock;
    }

    public Page<Tenant> page(Viewer viewer, TenantQuery query, @Nullable String cursor, int limit) {
        admissions.operator(viewer);
        return tenants.page(query, cursor, limit);
    }

    public List<Plan> plans(Viewer viewer) {
        admissions.operator(viewer);
        return plans.list();
    }

    public TenantSheet sheet(Viewer viewer, TenantId id) {
        admissions.operator(viewer);
        Tenant tenant = tenants.get(id);
        Plan plan = plans.get(tenant.plan());
        List<Plan> others = plans.list().stream()
                .filter(other -> !other.code().equals(tenant.plan()))
                .toList();
        return new TenantSheet(
                tenant,
                plan,
                others,
                placements.find(id).map(IsolationProgress::of).orElse(null),
                used.of(id),
                KeyDesk.all(keys, id),
                audit.page(id, AuditQuery.all(), null, AUDIT_ROWS).items());
    }

    /** How far the tenant's isolation has come true. */
    public IsolationProgress isolation(Viewer viewer, TenantId id) {
        admissions.operator(viewer);
        return placements.progress(id);
    }

    public List<RequestPoint> requests(Viewer viewer, TenantId id, Period period) {
        admissions.operator(viewer);
        Instant now = clock.instant();
        return usage.requestSeries(id.value(), period.from(now), period.to(now), period.bucket());
    }

    /** Writes a tenant that the reconciler then makes ready. */
    public Tenant create(
            Viewer viewer, String organisation, String contactEmail, String plan, IsolationMode isolation) {
        Actor actor = admissions.operator(viewer);
        NewTenant wanted = new NewTenant(
                organisation,
                null,
                contactEmail.isEmpty() ? null : contactEmail,
                plan,
                isolation,
                TenantState.PROVISIONING);
        return scoped.asSystem(tx -> {
            Tenant tenant = tenants.create(tx, wanted, actor);
            placements.request(tx, tenant.id(), tenant.isolation());
            return tenant;
        });
    }

    /**
     * Carries out what the operator decided.
     *
     * @param seenVersion of the tenant that the decision was made on: a tenant that changed meanwhile is left as it is
     * @return the tenant afterwards
     */
    public Tenant act(Viewer viewer, TenantId id, TenantOrder order, String reason, long seenVersion) {
        Actor actor = admissions.operator(viewer);
        Change change = new Change(actor, reason, seenVersion);
        return switch (order) {
            case TenantOrder.Suspend suspend -> tenants.suspend(id, change);
            case TenantOrder.Resume resume -> tenants.resume(id, change);
            case TenantOrder.ChangePlan(String plan) -> tenants.changePlan(id, plan, change);
            case TenantOrder.ChangeIsolation(IsolationMode mode) -> placements.changeIsolation(id, mode, change);
            case TenantOrder.Delete(int graceDays) -> tenants.delete(id, change, graceDays);
            case TenantOrder.Restore restore -> tenants.restore(id, change);
        };
    }

    public void revokeKey(Viewer viewer, TenantId id, UUID key, String reason) {
        Actor actor = admissions.operator(viewer);
        keys.revoke(id, key, actor, reason);
    }
}
