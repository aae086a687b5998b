package dev.vectorhub.engine.core;

/** What of a tenant's data is physically shared; each mode shares less than the one before. */
public enum IsolationMode {
    /** Many tenants' small collections lie packed in slab files. */
    NONE,
    /** A collection has files of its own. */
    COLLECTION,
    /** A tenant has a directory of its own, and no point of it lies elsewhere. */
    STORAGE;

    /** The one of the two that shares less. */
    public IsolationMode stronger(IsolationMode other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
