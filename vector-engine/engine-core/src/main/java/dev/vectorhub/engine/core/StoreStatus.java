package dev.vectorhub.engine.core;

import java.util.List;

/**
 * The store as it stands.
 *
 * @param kernel name of the distance kernel in use
 * @param backlogPoints points in sealed parts that are large enough for a graph and have none yet
 * @param backPressure true while the backlog is over its bound: new writes should be refused before they are logged
 *     (a logged command is always applied, so that its result depends on the log alone)
 * @param quarantined one line for each collection that cannot be served, naming the file
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
        boolean backPressure,
        List<String> quarantined) {}
