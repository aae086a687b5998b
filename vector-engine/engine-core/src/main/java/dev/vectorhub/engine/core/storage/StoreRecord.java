package dev.vectorhub.engine.core.storage;

import java.util.List;
import java.util.UUID;

/**
 * The root of everything: the last checkpoint that was completed.
 *
 * @param index log index whose state it is
 * @param nextSlab number of the next slab
 * @param catalog for each bucket the checkpoint that wrote its manifest; -1 without one
 * @param dropped tenants that were here, in the order of dropping
 */
public record StoreRecord(long checkpoint, long index, long nextSlab, List<Long> catalog, List<DroppedTenant> dropped) {
    public StoreRecord {
        catalog = List.copyOf(catalog);
        dropped = List.copyOf(dropped);
    }

    /** Remembers the generation, so that an older command stays refused. */
    public record DroppedTenant(UUID tenant, long generation, UUID commandId) {}
}
