package dev.vectorhub.placement;

import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant's data is to be.
 *
 * @param node null until planned
 * @param generation grows with every change; a node refuses commands of an older one
 */
public record Placement(
        TenantId tenant,
        @Nullable String node,
        long generation,
        IsolationMode isolation,
        Desired desired,
        Instant updatedAt) {

    public enum Desired {
        PLACED,
        DROPPED
    }
}
