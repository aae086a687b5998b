package dev.vectorhub.placement;

import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant's data was seen: what the node confirmed, for which generation.
 *
 * @param isolation as the node was told last; what is still to be moved lies as an earlier one wanted
 * @param fault why something of the tenant cannot be moved or served, for operators; null if all can
 */
public record Assignment(
        TenantId tenant,
        String node,
        long generation,
        Placement.Desired observed,
        IsolationMode isolation,
        long collections,
        long collectionsToMove,
        long points,
        long pointsToMove,
        @Nullable String fault,
        Instant observedAt) {}
