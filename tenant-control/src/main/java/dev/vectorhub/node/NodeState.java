package dev.vectorhub.node;

/** Whether a node gets new tenants. */
public enum NodeState {
    ACTIVE,
    /** Keeps what it has. */
    DRAINING
}
