package dev.vectorhub.engine.core;

import java.util.List;
import java.util.UUID;

/** What a tenant holds here; the truth that quotas and metering are settled with. */
public record TenantStatus(
        UUID tenant,
        long generation,
        IsolationMode mode,
        long logicalBytes,
        long diskBytes,
        List<CollectionUsage> collections) {

    public record CollectionUsage(UUID collection, long points, long logicalBytes, long diskBytes) {}
}
