package dev.vectorhub.engine.core.storage;

/** What a blob is, and thereby the name of its file where that is not a slab. */
public enum BlobKind {
    SEGMENT,
    GRAPH,
    FIELDS
}
