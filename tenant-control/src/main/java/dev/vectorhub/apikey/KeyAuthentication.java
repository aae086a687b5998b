package dev.vectorhub.apikey;

import dev.vectorhub.tenant.TenantScope;

/** What became of a presented key. */
public sealed interface KeyAuthentication {

    record Authenticated(TenantScope scope) implements KeyAuthentication {}

    record Refused(Reason reason) implements KeyAuthentication {}

    /** For logs and metrics; clients get one answer for all of them. */
    enum Reason {
        /** Not a key of ours: wrong form or checksum. The database was not asked. */
        MALFORMED,
        /** No such key, or its secret is another. */
        UNKNOWN,
        REVOKED,
        EXPIRED,
        /** The tenant's state switches its keys off. */
        TENANT_OFF
    }
}
