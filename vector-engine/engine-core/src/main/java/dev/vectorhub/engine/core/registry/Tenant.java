package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.storage.TenantRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A tenant that is placed here. Changed by the applying thread, read by all. */
public final class Tenant {
    private final UUID id;
    private final Map<UUID, Entry> collections = new ConcurrentHashMap<>();
    private final @Nullable StoreException quarantine;
    private volatile long generation;
    private volatile UUID commandId;
    private volatile IsolationMode mode;
    private volatile boolean dropped;
    private volatile long firstCheckpoint;

    /** @param isolation in force: the stronger of the tenant's and the collection's own */
    public record Entry(LiveCollection collection, IsolationMode isolation) {}

    Tenant(UUID id, long generation, UUID commandId, IsolationMode mode) {
        this(id, generation, commandId, mode, null);
    }

    Tenant(UUID id, long generation, UUID commandId, IsolationMode mode, @Nullable StoreException quarantine) {
        this.id = id;
        this.generation = generation;
        this.commandId = commandId;
        this.mode = mode;
        this.quarantine = quarantine;
    }

    public UUID id() {
        return id;
    }

    public long generation() {
        return generation;
    }

    UUID commandId() {
        return commandId;
    }

    public IsolationMode mode() {
        return mode;
    }

    /** Why nothing of the tenant can be served; null if it can. */
    public @Nullable StoreException quarantine() {
        return quarantine;
    }

    boolean isDropped() {
        return dropped;
    }

    void markDropped() {
        dropped = true;
    }

    /** The checkpoint that wrote the tenant's directory first; 0 before. */
    long firstCheckpoint() {
        return firstCheckpoint;
    }

    void setFirstCheckpoint(long checkpoint) {
        firstCheckpoint = checkpoint;
    }

    void place(long newGeneration, UUID newCommandId, IsolationMode newMode) {
        generation = newGeneration;
        commandId = newCommandId;
        mode = newMode;
    }

    public Collection<Entry> collections() {
        return collections.values();
    }

    @Nullable
    Entry collection(UUID collection) {
        return collections.get(collection);
    }

    void add(Entry entry) {
        collections.put(entry.collection().id(), entry);
    }

    void remove(UUID collection) {
        collections.remove(collection);
    }

    public long logicalBytes() {
        long bytes = 0;
        for (Entry entry : collections.values()) {
            bytes += entry.collection().logicalBytes();
        }
        return bytes;
    }

    TenantRecord record() {
        List<TenantRecord.CollectionEntry> entries = collections.values().stream()
                .map(entry ->
                        new TenantRecord.CollectionEntry(entry.collection().id(), entry.isolation()))
                .sorted((a, b) -> a.collection().compareTo(b.collection()))
                .toList();
        return new TenantRecord(id, generation, commandId, mode, entries);
    }
}
