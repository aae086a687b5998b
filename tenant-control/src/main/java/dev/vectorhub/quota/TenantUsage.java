package dev.vectorhub.quota;

import dev.vectorhub.plan.Limits;
import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant stores, beside its limits.
 *
 * @param collections exact
 * @param points in all collections; like the following, as the engine's gauges said last
 * @param fullestCollectionPoints of the collection with the most points
 * @param logicalBytes what the storage quota binds
 * @param diskBytes what it takes on the engine's disks
 * @param measuredAt when the gauges were read; null before the first time
 */
public record TenantUsage(
        TenantId tenant,
        Limits limits,
        long collections,
        long points,
        long fullestCollectionPoints,
        long logicalBytes,
        long diskBytes,
        @Nullable Instant measuredAt) {

    /** The three stored ceilings with their levels. */
    public List<QuotaLine> lines() {
        return List.of(
                new QuotaLine("maxCollections", limits.maxCollections(), collections),
                new QuotaLine("maxVectorsPerCollection", limits.maxVectorsPerCollection(), fullestCollectionPoints),
                new QuotaLine("maxStorageBytes", limits.maxStorageBytes(), logicalBytes));
    }
}
