package dev.vectorhub.console.plans;

import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Change;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators do with plans. */
@ApplicationScoped
public class PlanDesk {
    private final Admissions admissions;
    private final PlanService plans;

    @Inject
    public PlanDesk(Admissions admissions, PlanService plans) {
        this.admissions = admissions;
        this.plans = plans;
    }

    public List<Plan> list(Viewer viewer) {
        admissions.operator(viewer);
        return plans.list();
    }

    /**
     * Makes or replaces a plan.
     *
     * @param seenVersion of the plan that was edited; null for a new one
     */
    public Plan put(Viewer viewer, PlanSpec spec, String reason, @Nullable Long seenVersion) {
        Actor actor = admissions.operator(viewer);
        return plans.put(spec, new Change(actor, reason, seenVersion));
    }
}
