package dev.vectorhub.apikey;

/** What a key permits. The scopes do not include each other. */
public enum KeyScope {
    /** Search and read points, collections and usage. */
    READ,
    /** Write and delete points, payload and collections. */
    WRITE,
    /** Issue and revoke keys. */
    MANAGE
}
