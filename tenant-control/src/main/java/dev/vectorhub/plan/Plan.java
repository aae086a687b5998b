package dev.vectorhub.plan;

import dev.vectorhub.tenant.IsolationMode;
import java.time.Instant;

/**
 * A plan as it was when it was read.
 *
 * @param isolation what a new tenant of the plan gets unless it asks for another mode
 * @param source who wrote it last
 * @param version grows with every change: the ETag
 */
public record Plan(
        String code,
        String name,
        Limits limits,
        IsolationMode isolation,
        PlanSource source,
        long version,
        Instant updatedAt) {}
