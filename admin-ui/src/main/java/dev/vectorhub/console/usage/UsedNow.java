package dev.vectorhub.console.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant uses of its limits at the moment.
 *
 * @param bytes logical bytes, as the quota counts them
 * @param measuredAt when points and bytes were measured; null before the first measurement
 */
public record UsedNow(
        long collections,
        long points,
        long fullestCollectionPoints,
        long bytes,
        long requestsLastMinute,
        long tokensLastMinute,
        @Nullable Instant measuredAt) {}
