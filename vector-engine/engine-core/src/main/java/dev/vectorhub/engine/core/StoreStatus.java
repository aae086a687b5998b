package dev.vectorhub.engine.core;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The store as it stands.
 *
 * @param kernel name of the distance kernel in use
 * @param backlogPoints points in parts that are large enough for a graph and have none yet
 * @param heldBack while the backlog is over its bound: tenants that have more than their share of it, with their points.
 *     Their new writes should be refused before they are logged (a logged command is always applied, so that its result depends
 *     on the log alone)
 * @param heldBackInMemory whether some of those points are in memory alone: they get no graph before a checkpoint
 * @param quarantined one line for each collection that cannot be served, naming the file
 * @param quarantinedTenants tenants of which it is known that something cannot be served
 */
public record StoreStatus(
        long tenants,
        long collections,
        long points,
        long diskBytes,
        long diskFreeBytes,
        long appliedIndex,
        long durableIndex,
        String kernel,
        long backlogPoints,
        Map<UUID, Long> heldBack,
        boolean heldBackInMemory,
        List<String> quarantined,
        int quarantinedTenants) {}
