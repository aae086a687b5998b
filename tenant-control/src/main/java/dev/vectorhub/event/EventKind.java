package dev.vectorhub.event;

/** What a piece of news is about. */
public enum EventKind {
    /** An API key was made, rotated or revoked. */
    KEY,
    /** A tenant's state or plan changed. */
    TENANT,
    /** A collection was made, changed or deleted. */
    COLLECTION,
    /** A plan changed, and with it every tenant of it. */
    PLAN
}
