package dev.vectorhub.audit;

import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens and is to be remembered.
 *
 * @param tenant whom it concerns; null for the installation itself
 * @param targetType what was acted on: {@code tenant}, {@code key}, {@code plan}, {@code collection}, …
 * @param detail what the reader needs beside it, for instance {@code from} and {@code to}; no secrets
 */
public record AuditEntry(
        AuditAction action,
        Actor actor,
        @Nullable TenantId tenant,
        String targetType,
        String targetId,
        Outcome outcome,
        @Nullable String reason,
        Map<String, String> detail) {

    public AuditEntry {
        detail = Map.copyOf(detail);
    }

    /** Something that succeeded. */
    public static AuditEntry success(
            AuditAction action,
            Actor actor,
            @Nullable TenantId tenant,
            String targetType,
            Object targetId,
            @Nullable String reason,
            Map<String, String> detail) {
        return new AuditEntry(action, actor, tenant, targetType, targetId.toString(), Outcome.SUCCESS, reason, detail);
    }
}
