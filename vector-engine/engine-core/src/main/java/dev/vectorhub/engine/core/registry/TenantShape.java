package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.TenantRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tenant as it stood at a log index, before it is known where its collections' parts will lie. */
record TenantShape(UUID tenant, long generation, UUID commandId, IsolationMode mode, List<LiveCollection> collections) {

    static TenantShape of(Tenant tenant) {
        List<LiveCollection> collections = new ArrayList<>(tenant.collections());
        collections.sort(Comparator.comparing(LiveCollection::id));
        return new TenantShape(tenant.id(), tenant.generation(), tenant.commandId(), tenant.mode(), collections);
    }

    /** @param written entries that this checkpoint has written; of the others the durable one stays */
    TenantRecord record(Map<LiveCollection, CollectionEntry> written) {
        List<CollectionEntry> entries = new ArrayList<>();
        for (LiveCollection collection : collections) {
            CollectionEntry entry = written.get(collection);
            if (entry != null) {
                entries.add(entry);
            } else if (collection.isDurable()) {
                entries.add(collection.durable());
            }
        }
        return new TenantRecord(tenant, generation, commandId, mode, entries);
    }
}
