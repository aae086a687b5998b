package dev.vectorhub.tenant;

import java.util.UUID;

/**
 * Who does something, for the audit.
 *
 * @param id stable: the identity provider's subject, a key's id, a worker's name
 * @param name what a reader recognises; never a secret
 */
public record Actor(Kind kind, String id, String name) {

    public enum Kind {
        /** A person of the tenant. */
        MEMBER,
        OPERATOR,
        KEY,
        /** The hub itself. */
        SYSTEM
    }

    public static Actor system(String worker) {
        return new Actor(Kind.SYSTEM, worker, worker);
    }

    public static Actor key(UUID keyId) {
        return new Actor(Kind.KEY, keyId.toString(), "API key " + keyId);
    }
}
