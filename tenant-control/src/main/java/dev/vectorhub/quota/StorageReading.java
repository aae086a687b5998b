package dev.vectorhub.quota;

import dev.vectorhub.tenant.TenantId;

/** What the engine's gauges say of a tenant, summed over its nodes. */
public record StorageReading(
        TenantId tenant, long points, long fullestCollectionPoints, long logicalBytes, long diskBytes) {}
