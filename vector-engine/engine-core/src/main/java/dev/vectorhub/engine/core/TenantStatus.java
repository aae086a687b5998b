package dev.vectorhub.engine.core;

import java.util.List;
import java.util.UUID;

/**
 * What a tenant holds here; the truth that quotas and metering are settled with.
 *
 * @param misplaced collections that have still to be moved to where the mode wants them
 */
public record TenantStatus(
        UUID tenant,
        long generation,
        IsolationMode mode,
        long logicalBytes,
        long diskBytes,
        int misplaced,
        List<CollectionUsage> collections) {

    /** With the sums of what the collections hold. */
    public static TenantStatus of(
            UUID tenant, long generation, IsolationMode mode, int misplaced, List<CollectionUsage> collections) {
        long logical = 0;
        long disk = 0;
        for (CollectionUsage usage : collections) {
            logical += usage.logicalBytes();
            disk += usage.diskBytes();
        }
        return new TenantStatus(tenant, generation, mode, logical, disk, misplaced, List.copyOf(collections));
    }

    public record CollectionUsage(UUID collection, long points, long logicalBytes, long diskBytes) {}
}
