package dev.vectorhub.tenant;

/** What somebody wants to do with a tenant, as far as its state has a say. */
public enum Access {
    /** Enter the console at all; the other rights decide what is found there. */
    LOGIN,
    READ,
    /** Create collections, write points and payload. */
    WRITE,
    /** Delete points, payload and collections. */
    DELETE_DATA,
    KEYS_CREATE,
    KEYS_REVOKE,
    /** Present a key at all; what it is good for is decided by the other rights. */
    KEYS_USE,
    /** Take a copy of one's own data away. */
    EXPORT,
    PAY,
    /** Take a deletion back. */
    RESTORE
}
