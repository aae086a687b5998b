package dev.vectorhub.tenant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it was when it was read.
 *
 * @param organisation display name; pseudonymised once DELETED
 * @param organisationId the identity provider's organisation, once there is one
 * @param contactEmail whom to write to; null once DELETED
 * @param stateReason why the state is what it is, as the last transition gave it
 * @param plan the plan's code
 * @param eraseAfter end of the grace; only while DELETING
 * @param version grows with every change: the ETag
 */
public record Tenant(
        TenantId id,
        String organisation,
        @Nullable String organisationId,
        @Nullable String contactEmail,
        TenantState state,
        Instant stateSince,
        @Nullable String stateReason,
        String plan,
        IsolationMode isolation,
        @Nullable Instant eraseAfter,
        long version,
        Instant createdAt,
        Instant updatedAt) {}
