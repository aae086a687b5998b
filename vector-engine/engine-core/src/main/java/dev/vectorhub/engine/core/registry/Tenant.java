package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.LiveCollection;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A tenant that is placed here. Changed by the applying thread, read by all. */
public final class Tenant {
    private final UUID id;
    private final Map<UUID, LiveCollection> collections = new ConcurrentHashMap<>();
    private volatile @Nullable StoreException quarantine;
    private volatile long generation;
    private volatile UUID commandId;
    private volatile IsolationMode mode;
    private volatile boolean dropped;

    Tenant(UUID id, long generation, UUID commandId, IsolationMode mode) {
        this.id = id;
        this.generation = generation;
        this.commandId = commandId;
        this.mode = mode;
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

    void quarantine(StoreException fault) {
        quarantine = fault;
    }

    /** @throws StoreException {@code UNAVAILABLE} for one in quarantine */
    void requireSound() {
        StoreException fault = quarantine;
        if (fault != null) {
            throw new StoreException(fault.code(), String.valueOf(fault.getMessage()), fault);
        }
    }

    boolean isDropped() {
        return dropped;
    }

    void markDropped() {
        dropped = true;
    }

    void place(long newGeneration, UUID newCommandId, IsolationMode newMode) {
        generation = newGeneration;
        commandId = newCommandId;
        mode = newMode;
    }

    public Collection<LiveCollection> collections() {
        return collections.values();
    }

    @Nullable
    LiveCollection collection(UUID collection) {
        return collections.get(collection);
    }

    void add(LiveCollection collection) {
        collections.put(collection.id(), collection);
    }

    void remove(UUID collection) {
        collections.remove(collection);
    }

    public long logicalBytes() {
        long bytes = 0;
        for (LiveCollection collection : collections.values()) {
            bytes += collection.logicalBytes();
        }
        return bytes;
    }

    boolean isInPlace(LiveCollection collection) {
        return collection.isolation() == isolation(collection.config());
    }

    /** Whether it can be moved to where it belongs; a damaged one stays. */
    boolean isMisplaced(LiveCollection collection) {
        return !isInPlace(collection) && collection.quarantined() == null;
    }

    /** Collections that can be moved to where they belong. */
    int misplaced() {
        int count = 0;
        for (LiveCollection collection : collections.values()) {
            count += isMisplaced(collection) ? 1 : 0;
        }
        return count;
    }

    /** Whether a directory of its own holds something of the tenant, or should. */
    boolean hasDirectory() {
        return mode == IsolationMode.STORAGE
                || collections.values().stream().anyMatch(one -> one.isolation() == IsolationMode.STORAGE);
    }

    /** Where a collection of the tenant belongs: the stronger of the tenant's mode and its own isolation. */
    IsolationMode isolation(CollectionConfig config) {
        return mode.stronger(config.isolation());
    }
}
