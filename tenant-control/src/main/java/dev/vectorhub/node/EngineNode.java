package dev.vectorhub.node;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node as it was seen last.
 *
 * @param address {@code embedded}, or host:port
 * @param placedTenants tenants that are to be on it, whether they are there yet or not
 * @param tenants tenants that it reported
 * @param diskFreeBytes free on its volume
 * @param kernel how it computes distances
 * @param quarantined what it cannot serve, naming the file; the first of them
 * @param quarantinedCount all of them
 * @param backlogPoints points that wait for their graph
 * @param heartbeatAt when it answered last; null if it never did
 * @param lastError why it did not answer the last time; null if it did
 */
public record EngineNode(
        String id,
        String address,
        NodeState state,
        long capacityPoints,
        long capacityBytes,
        long placedTenants,
        long tenants,
        long collections,
        long points,
        long diskBytes,
        long diskFreeBytes,
        String kernel,
        List<String> quarantined,
        long quarantinedCount,
        long backlogPoints,
        @Nullable Instant heartbeatAt,
        @Nullable String lastError) {}
