package dev.vectorhub.engine.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant holds here; the truth that quotas and metering are settled with.
 *
 * @param fault why nothing of the tenant can be served; null if it can
 */
public record TenantStatus(
        UUID tenant,
        long generation,
        IsolationMode mode,
        long logicalBytes,
        long diskBytes,
        @Nullable String fault,
        List<CollectionUsage> collections) {

    /** With the sums of what the collections hold. */
    public static TenantStatus of(
            UUID tenant,
            long generation,
            IsolationMode mode,
            @Nullable String fault,
            List<CollectionUsage> collections) {
        long logical = 0;
        long disk = 0;
        for (CollectionUsage usage : collections) {
            logical += usage.logicalBytes();
            disk += usage.diskBytes();
        }
        return new TenantStatus(tenant, generation, mode, logical, disk, fault, List.copyOf(collections));
    }

    /**
     * What one collection holds.
     *
     * @param misplaced whether it has still to be moved to where the mode wants it
     * @param fault why it cannot be served; null if it can, or if nobody has tried since the start
     */
    public record CollectionUsage(
            UUID collection,
            long points,
            long logicalBytes,
            long diskBytes,
            boolean misplaced,
            @Nullable String fault) {}
}
