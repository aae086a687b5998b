package dev.vectorhub.placement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node as the planner sees it.
 *
 * @param accepting whether it takes new tenants at all
 * @param placedTenants tenants that are to be on it
 * @param freeBytes free on its volume
 * @param heartbeatAt when it answered last; null if it never did
 */
public record NodeCapacity(
        String id,
        boolean accepting,
        long capacityPoints,
        long points,
        long capacityBytes,
        long diskBytes,
        long freeBytes,
        long placedTenants,
        @Nullable Instant heartbeatAt) {}
