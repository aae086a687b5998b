package dev.vectorhub.engine.core;

/** What a named vector of a collection is. */
public enum VectorKind {
    /** A fixed number of components. */
    DENSE,
    /** Rows of a fixed number of components each, as late interaction compares them (ColBERT, Khattab and Zaharia 2020). */
    MULTI,
    /** Few of 2^32 components; the others are 0. */
    SPARSE
}
