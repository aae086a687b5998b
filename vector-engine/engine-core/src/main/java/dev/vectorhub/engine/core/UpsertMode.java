package dev.vectorhub.engine.core;

/** What an upsert does with ids that are there, and with those that are not. */
public enum UpsertMode {
    /** Replaces and adds. */
    UPSERT,
    /** Leaves points that are there as they are. */
    INSERT_ONLY,
    /** Adds none. */
    UPDATE_ONLY
}
