package dev.vectorhub.console.isolation;

import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.placement.IsolationProgress;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.tenant.Access;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.StateGate;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Shows members how their tenant is isolated, and lets owners change it. Each call admits the viewer to the tenant anew. */
@ApplicationScoped
public class IsolationDesk {
    private final Admissions admissions;
    private final TenantService tenants;
    private final PlanService plans;
    private final PlacementService placements;

    @Inject
    public IsolationDesk(Admissions admissions, TenantService tenants, PlanService plans, PlacementService placements) {
        this.admissions = admissions;
        this.tenants = tenants;
        this.plans = plans;
        this.placements = placements;
    }

    public IsolationSheet sheet(Viewer viewer, TenantId id) {
        admissions.member(viewer, id);
        Tenant tenant = tenants.get(id);
        Plan plan = plans.get(tenant.plan());
        List<IsolationMode> others = plan.isolations().stream()
                .filter(mode -> mode != tenant.isolation())
                .sorted()
                .toList();
        String reason = "";
        if (!admissions.isOwner(viewer, id)) {
            reason = "Only owners change it.";
        } else if (others.isEmpty()) {
            reason = "The plan " + plan.name() + " permits no other isolation.";
        } else if (!StateGate.permits(tenant.state(), Access.WRITE)) {
            reason = "It can be changed while the tenant is active.";
        }
        return new IsolationSheet(
                placements
                        .find(id)
                        .map(IsolationProgress::of)
                        .map(IsolationDesk::forMembers)
                        .orElse(null),
                reason.isEmpty() ? others : List.of(),
                reason,
                tenant.version());
    }

    /** How far the isolation has come true. */
    public IsolationProgress progress(Viewer viewer, TenantId id) {
        admissions.member(viewer, id);
        return forMembers(placements.progress(id));
    }

    /** The cause of a problem names files of the hub: it is for operators. */
    private static IsolationProgress forMembers(IsolationProgress progress) {
        return progress.problem() == null
                ? progress
                : progress.because("the operators of this hub see it; your data is served meanwhile.");
    }

    /**
     * Has the tenant's data moved.
     *
     * @param seenVersion of the tenant that the owner decided on: one that changed meanwhile is left as it is
     */
    public void change(Viewer viewer, TenantId id, IsolationMode mode, long seenVersion) {
        Actor actor = admissions.owner(viewer, id);
        StateGate.require(tenants.get(id).state(), Access.WRITE);
        placements.changeIsolation(id, mode, new Change(actor, "chosen by an owner", seenVersion));
    }
}
