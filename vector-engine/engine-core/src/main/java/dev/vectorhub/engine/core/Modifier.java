package dev.vectorhub.engine.core;

/** What becomes of a sparse query before it is compared. */
public enum Modifier {
    NONE,
    /** Each value is multiplied by how rare its index is in the collection: inverse document frequency, as BM25 defines it. */
    IDF
}
