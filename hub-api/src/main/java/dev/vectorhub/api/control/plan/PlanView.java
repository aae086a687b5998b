package dev.vectorhub.api.control.plan;

import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.plan.PlanSource;
import dev.vectorhub.tenant.IsolationMode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A plan as the API shows it. */
@Schema(name = "Plan", description = "Limits and isolation that tenants are given")
record PlanView(
        String code,
        String name,
        Limits limits,

        @Schema(description = "What a new tenant of the plan gets")
        IsolationMode isolation,

        @Schema(description = "What tenants of the plan may have")
        List<IsolationMode> isolations,

        @Schema(description = "Who wrote it last; CONFIG is written again at each start")
        PlanSource source,

        long version,
        Instant updatedAt) {

    static PlanView of(Plan plan) {
        return new PlanView(
                plan.code(),
                plan.name(),
                plan.limits(),
                plan.isolation(),
                plan.isolations().stream().sorted().toList(),
                plan.source(),
                plan.version(),
                plan.updatedAt());
    }
}
