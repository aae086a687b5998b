package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.IsolationMode;
import java.util.List;
import java.util.UUID;

/** A tenant as the catalog keeps it. */
public record TenantRecord(
        UUID tenant, long generation, UUID commandId, IsolationMode mode, List<CollectionEntry> collections) {
    public TenantRecord {
        collections = List.copyOf(collections);
    }

    /** Whether there is background work to do that no command calls for. */
    public boolean unfinished() {
        return misplaced() > 0 || collections.stream().anyMatch(CollectionEntry::unfinished);
    }

    /** Whether a directory of its own holds something of the tenant, or should. */
    public boolean hasDirectory() {
        return mode == IsolationMode.STORAGE
                || collections.stream().anyMatch(entry -> entry.isolation() == IsolationMode.STORAGE);
    }

    /** Collections that do not lie where the tenant's mode wants them. */
    private int misplaced() {
        int count = 0;
        for (CollectionEntry entry : collections) {
            count += isMisplaced(entry) ? 1 : 0;
        }
        return count;
    }

    /** Whether it does not lie where the tenant's mode wants it. */
    public boolean isMisplaced(CollectionEntry entry) {
        return entry.isolation() != mode.stronger(entry.record().config().isolation());
    }
}
