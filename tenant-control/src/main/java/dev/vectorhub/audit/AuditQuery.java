package dev.vectorhub.audit;

import org.jspecify.annotations.Nullable;

/**
 * Which events, newest first.
 *
 * @param action the exact name, for instance {@code key.revoke}; null for all
 * @param actorId null for all
 */
public record AuditQuery(@Nullable String action, @Nullable String actorId) {
    public static AuditQuery all() {
        return new AuditQuery(null, null);
    }
}
