package dev.vectorhub.placement;

/** What the planner found. */
public sealed interface PlacementDecision {

    record Chosen(String node) implements PlacementDecision {}

    /** No node can take the tenant now; the reason is fit for an operator. */
    record NoCapacity(String reason) implements PlacementDecision {}
}
