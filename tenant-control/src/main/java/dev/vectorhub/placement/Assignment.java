package dev.vectorhub.placement;

import dev.vectorhub.tenant.TenantId;
import java.time.Instant;

/** Where a tenant's data was seen: what the node confirmed, for which generation. */
public record Assignment(
        TenantId tenant, String node, long generation, Placement.Desired observed, Instant observedAt) {}
