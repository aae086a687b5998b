package dev.vectorhub.plan;

import dev.vectorhub.tenant.IsolationMode;
import java.time.Instant;
import java.util.Set;

/**
 * A plan as it was when it was read.
 *
 * @param isolation what a new tenant of the plan gets unless it asks for another mode
 * @param isolations what tenants of the plan may have; holds {@link #isolation}
 * @param source who wrote it last
 * @param version grows with every change: the ETag
 */
public record Plan(
        String code,
        String name,
        Limits limits,
        IsolationMode isolation,
        Set<IsolationMode> isolations,
        PlanSource source,
        long version,
        Instant updatedAt) {
    public Plan {
        isolations = Set.copyOf(isolations);
    }
}
