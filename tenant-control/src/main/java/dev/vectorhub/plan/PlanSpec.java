package dev.vectorhub.plan;

import dev.vectorhub.tenant.IsolationMode;
import java.util.EnumSet;
import java.util.Set;

/**
 * What somebody wants a plan to be.
 *
 * @param isolation what a new tenant gets unless it asks for another mode
 * @param isolations what tenants may have; must hold {@link #isolation}
 */
public record PlanSpec(
        String code, String name, Limits limits, IsolationMode isolation, Set<IsolationMode> isolations) {
    public PlanSpec {
        isolations = Set.copyOf(isolations);
    }

    /** A plan whose tenants may have any mode. */
    public PlanSpec(String code, String name, Limits limits, IsolationMode isolation) {
        this(code, name, limits, isolation, EnumSet.allOf(IsolationMode.class));
    }
}
