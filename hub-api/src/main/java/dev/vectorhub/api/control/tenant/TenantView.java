package dev.vectorhub.api.control.tenant;

import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantState;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A tenant as operators see it. */
@Schema(name = "Tenant")
record TenantView(
        UUID id,
        String organisation,
        @Nullable String contactEmail,
        TenantState state,
        Instant stateSince,
        @Nullable String stateReason,
        String plan,
        IsolationMode isolation,

        @Schema(description = "End of the grace; only while DELETING") @Nullable
        Instant eraseAfter,

        long version,
        Instant createdAt,
        Instant updatedAt) {

    static TenantView of(Tenant tenant) {
        return new TenantView(
                tenant.id().value(),
                tenant.organisation(),
                tenant.contactEmail(),
                tenant.state(),
                tenant.stateSince(),
                tenant.stateReason(),
                tenant.plan(),
                tenant.isolation(),
                tenant.eraseAfter(),
                tenant.version(),
                tenant.createdAt(),
                tenant.updatedAt());
    }
}
