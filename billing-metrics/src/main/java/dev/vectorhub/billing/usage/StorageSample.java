package dev.vectorhub.billing.usage;

import java.util.UUID;

/**
 * What a collection holds at an instant.
 *
 * @param collectionId the collection
 * @param points stored points
 * @param logicalBytes stored bytes as the quota counts them
 */
public record StorageSample(UUID collectionId, long points, long logicalBytes) {
    public StorageSample {
        if (points < 0 || logicalBytes < 0) {
            throw new IllegalArgumentException("negative storage: points " + points + ", logicalBytes " + logicalBytes);
        }
    }
}
