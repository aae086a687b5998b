package dev.vectorhub.node;

import dev.vectorhub.engine.wire.v1.TenantStats;
import java.time.Instant;
import java.util.List;

/** Wants to know what each tenant stores, for instance to meter it. Called on the monitor's thread, after each round. */
public interface StorageObserver {

    /**
     * Takes what a node stores.
     *
     * @param node who reported
     * @param tenants every tenant of the node
     */
    void observed(String node, List<TenantStats> tenants, Instant at);
}
