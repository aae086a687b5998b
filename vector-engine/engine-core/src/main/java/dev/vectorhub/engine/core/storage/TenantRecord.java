package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.IsolationMode;
import java.util.List;
import java.util.UUID;

/**
 * A tenant as its manifest keeps it.
 *
 * @param collections those that exist: one that is listed and not found is damage
 */
public record TenantRecord(
        UUID tenant, long generation, UUID commandId, IsolationMode mode, List<CollectionEntry> collections) {
    public TenantRecord {
        collections = List.copyOf(collections);
    }

    /** @param isolation of the collection: where its manifest lies */
    public record CollectionEntry(UUID collection, IsolationMode isolation) {}
}
