package dev.vectorhub.tenant;

/** What a tenant's data shares physically: everything, nothing below the collection, nothing below the tenant. */
public enum IsolationMode {
    NONE,
    COLLECTION,
    STORAGE
}
