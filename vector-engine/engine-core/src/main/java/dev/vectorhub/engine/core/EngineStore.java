package dev.vectorhub.engine.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The engine's state machine and its storage, used by one applying thread and many reading threads.
 *
 * <p>Commands come in log order; {@code index} is the log index, and several commands may share one. An index at or below
 * {@link #durableIndex()} of the time of opening is already contained: such a command changes nothing. A refused command
 * throws {@link StoreException} and has changed nothing. What a command does depends on the log alone.
 */
public final class EngineStore implements AutoCloseable {
    private final NaiveStore store = new NaiveStore();
    private final Path dataDir;
    private final StoreSettings settings;
    private long applied;

    private EngineStore(Path dataDir, StoreSettings settings) {
        this.dataDir = dataDir;
        this.settings = settings;
    }

    /** Opens the directory, creating it if absent, and recovers; refuses a foreign or corrupt one, naming the file. */
    public static EngineStore open(Path dataDir, StoreSettings settings) {
        return new EngineStore(dataDir, settings);
    }

    // ---- commands: one thread, in log order

    /** Admits a tenant. A repeated command id is a no-op; an older generation is {@code STALE_GENERATION}. */
    public synchronized void placeTenant(long index, UUID tenant, long generation, UUID commandId, IsolationMode mode) {
        applied = index;
        store.placeTenant(tenant, generation, commandId, mode);
    }

    /** Removes a tenant and all its data; the generation is remembered, so that older commands stay refused. */
    public synchronized void dropTenant(long index, UUID tenant, long generation, UUID commandId) {
        applied = index;
        store.dropTenant(tenant, generation);
    }

    /** Repeating one with the same configuration is a no-op. */
    public synchronized void createCollection(long index, UUID tenant, UUID collection, CollectionConfig config) {
        applied = index;
        store.createCollection(tenant, collection, config);
    }

    public synchronized void dropCollection(long index, UUID tenant, UUID collection) {
        applied = index;
        store.dropCollection(tenant, collection);
    }

    /** Values that are 0 stay as they are; graphs built with other values are built anew in the background. */
    public synchronized void updateCollection(long index, UUID tenant, UUID collection, HnswConfig hnsw) {
        applied = index;
        NaiveStore.Coll coll = store.coll(tenant, collection);
        coll.config =
                new CollectionConfig(coll.config.vectors(), hnsw.orElse(coll.config.hnsw()), coll.config.isolation());
    }

    /**
     * Writes points, replacing those with the same ids; of a repeated id the last one counts.
     *
     * @return points written
     */
    public synchronized int upsert(
            long index, UUID tenant, UUID collection, List<PointRecord> points, Ceilings ceilings) {
        applied = index;
        return store.upsert(index, tenant, collection, points, ceilings);
    }

    /** @return points removed */
    public synchronized int deletePoints(long index, UUID tenant, UUID collection, PointSelector selector) {
        applied = index;
        return store.delete(tenant, collection, selector);
    }

    /**
     * Sets payload fields of the selected points. Without {@code overwrite} the object's keys are merged (a null removes
     * the key) into the payload, or into the object at the path {@code key} unless that is empty.
     *
     * @return points changed
     */
    public synchronized int setPayload(
            long index,
            UUID tenant,
            UUID collection,
            PointSelector selector,
            byte[] payloadJson,
            boolean overwrite,
            String key) {
        applied = index;
        return store.setPayload(index, tenant, collection, selector, payloadJson, overwrite, key);
    }

    /** @return points changed */
    public synchronized int deletePayload(
            long index, UUID tenant, UUID collection, PointSelector selector, List<String> keys) {
        applied = index;
        return store.deletePayload(index, tenant, collection, selector, keys);
    }

    /** @return points changed */
    public synchronized int clearPayload(long index, UUID tenant, UUID collection, PointSelector selector) {
        applied = index;
        return store.clearPayload(index, tenant, collection, selector);
    }

    /** Repeating one is a no-op; another type replaces it. */
    public synchronized void createFieldIndex(long index, UUID tenant, UUID collection, String key, FieldType type) {
        applied = index;
        store.coll(tenant, collection).fields.put(key, type);
    }

    /** No-op without such an index. */
    public synchronized void deleteFieldIndex(long index, UUID tenant, UUID collection, String key) {
        applied = index;
        store.coll(tenant, collection).fields.remove(key);
    }

    // ---- reads: any thread

    /** {@code NOT_FOUND} for an unknown collection or query point, {@code INVALID_ARGUMENT} for a wrong vector. */
    public synchronized SearchHits search(UUID tenant, UUID collection, SearchSpec spec) {
        return store.search(tenant, collection, spec);
    }

    /** In the order of {@code ids}, missing ones left out. */
    public synchronized List<PointRecord> retrieve(
            UUID tenant, UUID collection, List<PointId> ids, PayloadSelection payload, VectorSelection vectors) {
        return store.retrieve(tenant, collection, ids, payload, vectors);
    }

    /**
     * Points by ascending id, from {@code offset} inclusive.
     *
     * @param limit 1 or more
     */
    public synchronized ScrollPage scroll(
            UUID tenant,
            UUID collection,
            @Nullable Filter filter,
            @Nullable PointId offset,
            int limit,
            PayloadSelection payload,
            VectorSelection vectors) {
        return store.scroll(tenant, collection, filter, offset, limit, payload, vectors);
    }

    public synchronized long count(UUID tenant, UUID collection, @Nullable Filter filter) {
        return store.select(
                        store.coll(tenant, collection),
                        new PointSelector.Matching(filter == null ? Filter.ALL : filter))
                .size();
    }

    public synchronized CollectionStatus info(UUID tenant, UUID collection) {
        NaiveStore.Coll coll = store.coll(tenant, collection);
        List<CollectionStatus.FieldIndexStatus> fields = new ArrayList<>();
        coll.fields.forEach((key, type) -> fields.add(new CollectionStatus.FieldIndexStatus(key, type, 0)));
        return new CollectionStatus(coll.config, coll.points.size(), 0, 1, true, coll.bytes(), 0, fields);
    }

    /** One tenant, or all; an unknown tenant gives an empty list. */
    public synchronized List<TenantStatus> tenantStats(@Nullable UUID tenant) {
        List<TenantStatus> out = new ArrayList<>();
        store.tenants.forEach((id, t) -> {
            if (tenant == null || tenant.equals(id)) {
                List<TenantStatus.CollectionUsage> usage = new ArrayList<>();
                t.collections.forEach(
                        (cid, c) -> usage.add(new TenantStatus.CollectionUsage(cid, c.points.size(), c.bytes(), 0)));
                out.add(new TenantStatus(id, t.generation, t.mode, t.bytes(), 0, usage));
            }
        });
        return out;
    }

    public synchronized StoreStatus status() {
        return new StoreStatus(
                store.tenants.size(),
                0,
                0,
                0,
                dataDir.toFile().getUsableSpace(),
                applied,
                0,
                "naive " + settings.threads(),
                0,
                false,
                List.of());
    }

    // ---- durability

    /** A checkpoint whose state is fixed and whose files are still to be written. */
    public interface PendingCheckpoint {
        /**
         * Writes and fsyncs it, from any thread, while commands and reads go on.
         *
         * @return the log index up to which the log may be purged
         */
        long complete();
    }

    /**
     * Fixes the state at a log index: call it on the applying thread between two log entries. Takes time in the number of
     * changed collections, and writes nothing.
     *
     * @param index the last log entry that has been applied in whole
     */
    public synchronized PendingCheckpoint beginCheckpoint(long index) {
        applied = Math.max(applied, index);
        return () -> 0;
    }

    /**
     * {@link #beginCheckpoint} at the last applied index, completed at once.
     *
     * @return the log index up to which the log may be purged
     */
    public synchronized long checkpoint() {
        return beginCheckpoint(applied).complete();
    }

    /** Everything up to this log index survives a crash; replay starts after it. */
    public synchronized long durableIndex() {
        return 0;
    }

    /** Stops background work and closes files; writes no checkpoint. */
    @Override
    public void close() {}
}
