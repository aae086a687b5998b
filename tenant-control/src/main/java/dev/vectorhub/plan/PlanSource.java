package dev.vectorhub.plan;

/** Who wrote a plan last. */
public enum PlanSource {
    /** The defaults in the code. */
    BUILTIN,
    /** {@code hub.tenant_limits} of the configuration: written again at every start. */
    CONFIG,
    OPERATOR
}
