package dev.vectorhub.engine.core;

import dev.vectorhub.engine.core.StoreException.Code;
import dev.vectorhub.engine.core.collection.Commands;
import dev.vectorhub.engine.core.collection.FrozenCollection;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Reading;
import dev.vectorhub.engine.core.collection.Settings;
import dev.vectorhub.engine.core.query.GroupHits;
import dev.vectorhub.engine.core.query.Grouping;
import dev.vectorhub.engine.core.query.QuerySpec;
import dev.vectorhub.engine.core.registry.CheckpointWrite;
import dev.vectorhub.engine.core.registry.Checkpoints;
import dev.vectorhub.engine.core.registry.CollectionCommands;
import dev.vectorhub.engine.core.registry.Registry;
import dev.vectorhub.engine.core.registry.StoreFrame;
import dev.vectorhub.engine.core.registry.StoreStatistics;
import dev.vectorhub.engine.core.registry.TenantCommands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The engine's state machine and its storage, used by one applying thread and many reading threads.
 *
 * <p>Commands come in log order; {@code index} is the log index, and several commands may share one. What the last checkpoint
 * before opening contains ({@link #durableIndex()} then) is not applied again: such a command changes nothing and returns 0. A
 * refused command throws {@link StoreException} and has changed nothing. What a command does depends on the log alone, never on
 * time, files or threads.
 *
 * <p>Readers see each command whole or not at all, at once when the method returns, and wait for no one.
 *
 * <p>A tenant must be placed before it can have collections. Its mode and the collection's isolation decide together where
 * files lie: the stronger one counts.
 */
public final class EngineStore implements AutoCloseable {
    private final StoreFrame frame;
    private final Registry registry;
    private final TenantCommands tenants;
    private final CollectionCommands collections;
    private final Checkpoints checkpoints;
    private final long replayed;
    private volatile long applied;

    private EngineStore(StoreFrame frame) {
        this.frame = frame;
        this.registry = frame.registry();
        this.tenants = frame.tenantCommands();
        this.collections = frame.collectionCommands();
        this.checkpoints = frame.checkpoints();
        this.replayed = checkpoints.durableIndex();
        this.applied = replayed;
    }

    /**
     * Opens the directory, creating it if absent, and recovers the state of its last checkpoint.
     *
     * @throws StoreException {@code UNAVAILABLE}, naming the file, if the directory is foreign, in use, or damaged in what all
     *     tenants share. Damage to one collection refuses only that one's calls
     */
    public static EngineStore open(Path dataDir, StoreSettings settings) {
        StoreFrame frame = StoreFrame.open(dataDir, settings);
        EngineStore store = new EngineStore(frame);
        frame.start(store::exclusively);
        return store;
    }

    private synchronized void exclusively(Runnable task) {
        task.run();
    }

    // ---- commands: one thread, in log order

    /** False if the state recovered at open holds the command's effect already. */
    private boolean begins(long index) {
        applied = Math.max(applied, index);
        return index > replayed;
    }

    /** Admits a tenant. A repeated command id is a no-op; an older generation is {@code STALE_GENERATION}. */
    public synchronized void placeTenant(long index, UUID tenant, long generation, UUID commandId, IsolationMode mode) {
        if (begins(index)) {
            tenants.place(tenant, generation, commandId, mode);
        }
    }

    /**
     * Removes a tenant and all its data, also if it is not here; the generation is remembered, so that older commands stay
     * refused.
     */
    public synchronized void dropTenant(long index, UUID tenant, long generation, UUID commandId) {
        if (begins(index)) {
            tenants.drop(tenant, generation, commandId);
        }
    }

    /** Repeating one with the same configuration is a no-op; {@code NOT_FOUND} if the tenant is not placed. */
    public synchronized void createCollection(long index, UUID tenant, UUID collection, CollectionConfig config) {
        if (begins(index)) {
            collections.create(index, tenant, collection, config);
        }
    }

    /** Its files go with the next checkpoint. */
    public synchronized void dropCollection(long index, UUID tenant, UUID collection) {
        if (begins(index)) {
            collections.drop(tenant, collection);
        }
    }

    /** Values that are 0 stay as they are; graphs built with other values are built anew in the background. */
    public void updateCollection(long index, UUID tenant, UUID collection, HnswConfig hnsw) {
        updateCollection(index, tenant, collection, hnsw, Map.of());
    }

    /** As above, and the same for single vectors, by name. */
    public synchronized void updateCollection(
            long index, UUID tenant, UUID collection, HnswConfig hnsw, Map<String, HnswConfig> vectors) {
        if (begins(index)) {
            collections.update(tenant, collection, hnsw, vectors);
            frame.upkeep().look(registry.collection(tenant, collection));
        }
    }

    /** Points that are there lack the vector. No-op for one that is there with the same parameters, {@code hnsw} aside. */
    public synchronized void addVector(long index, UUID tenant, UUID collection, VectorConfig vector) {
        if (begins(index)) {
            collections.addVector(tenant, collection, vector);
        }
    }

    /** Takes the vector from the collection and all its points; no-op without one of the name. */
    public synchronized void removeVector(long index, UUID tenant, UUID collection, String name) {
        if (begins(index)) {
            collections.removeVector(tenant, collection, name);
            frame.upkeep().look(registry.collection(tenant, collection));
        }
    }

    /**
     * Writes points, replacing those with the same ids whole; of a repeated id the last one counts.
     *
     * @return points written
     */
    public int upsert(long index, UUID tenant, UUID collection, List<PointRecord> points, Ceilings ceilings) {
        return upsert(index, tenant, collection, points, UpsertMode.UPSERT, null, ceilings);
    }

    /**
     * The same on a condition.
     *
     * @param mode what becomes of ids that are there, and of those that are not
     * @param condition points that are there and do not fulfil it stay as they are
     */
    public int upsert(
            long index,
            UUID tenant,
            UUID collection,
            List<PointRecord> points,
            UpsertMode mode,
            @Nullable Filter condition,
            Ceilings ceilings) {
        return write(
                index,
                tenant,
                collection,
                live -> Commands.upsert(
                        live, index, points, mode, condition, ceilings, () -> registry.tenantBytes(tenant)));
    }

    /**
     * Sets vectors of points, which keep their payload and the vectors that are not named.
     *
     * @param points id and vectors; payloads are not read
     * @param condition points that do not fulfil it stay as they are
     * @return points changed
     * @throws StoreException {@code NOT_FOUND} for an id that is not there
     */
    public int updateVectors(
            long index,
            UUID tenant,
            UUID collection,
            List<PointRecord> points,
            @Nullable Filter condition,
            Ceilings ceilings) {
        return write(
                index,
                tenant,
                collection,
                live -> Commands.updateVectors(
                        live, index, points, condition, ceilings, () -> registry.tenantBytes(tenant)));
    }

    /**
     * Takes the named vectors from the selected points; the points stay, with whatever else they have.
     *
     * @return points that had one of the vectors
     */
    public int deleteVectors(long index, UUID tenant, UUID collection, PointSelector selector, List<String> names) {
        return write(index, tenant, collection, live -> Commands.deleteVectors(live, index, selector, names));
    }

    /**
     * Removes the selected points.
     *
     * @return points removed
     */
    public int deletePoints(long index, UUID tenant, UUID collection, PointSelector selector) {
        return write(index, tenant, collection, live -> Commands.delete(live, selector));
    }

    /**
     * Sets payload fields of the selected points. Without {@code overwrite} the object's keys are merged (a null removes the
     * key) into the payload, or into the object at the path {@code key} unless that is empty. Refused with
     * {@code BYTE_CEILING} if the tenant's bytes would grow over their ceiling.
     *
     * @return points changed
     */
    public int setPayload(
            long index,
            UUID tenant,
            UUID collection,
            PointSelector selector,
            byte[] payloadJson,
            boolean overwrite,
            String key,
            Ceilings ceilings) {
        return write(
                index,
                tenant,
                collection,
                live -> Commands.setPayload(
                        live,
                        index,
                        selector,
                        payloadJson,
                        overwrite,
                        key,
                        ceilings,
                        () -> registry.tenantBytes(tenant)));
    }

    /**
     * Takes what stands at the paths {@code keys} out of the payload of the selected points.
     *
     * @return points changed
     */
    public int deletePayload(long index, UUID tenant, UUID collection, PointSelector selector, List<String> keys) {
        return write(index, tenant, collection, live -> Commands.deletePayload(live, index, selector, keys));
    }

    /**
     * Empties the payload of the selected points.
     *
     * @return points changed
     */
    public int clearPayload(long index, UUID tenant, UUID collection, PointSelector selector) {
        return write(index, tenant, collection, live -> Commands.clearPayload(live, index, selector));
    }

    /** Full parts are stored and graphs built behind the command. */
    private synchronized int write(long index, UUID tenant, UUID collection, ToIntFunction<LiveCollection> command) {
        if (!begins(index)) {
            return 0;
        }
        LiveCollection live = registry.collection(tenant, collection);
        int affected = command.applyAsInt(live);
        frame.upkeep().look(live);
        frame.upkeep().bound(live);
        return affected;
    }

    /**
     * Repeating one is a no-op; another specification replaces it. Conditions are answered at once; what makes them fast is
     * built in the background.
     */
    public synchronized void createFieldIndex(long index, UUID tenant, UUID collection, String key, FieldSpec spec) {
        if (begins(index)) {
            LiveCollection live = registry.collection(tenant, collection);
            Settings.putField(live, key, spec);
            frame.upkeep().look(live);
        }
    }

    /** No-op without such an index. */
    public synchronized void deleteFieldIndex(long index, UUID tenant, UUID collection, String key) {
        if (begins(index)) {
            Settings.removeField(registry.collection(tenant, collection), key);
        }
    }

    // ---- reads: any thread

    private <T> T read(UUID tenant, UUID collection, Function<LiveCollection, T> read) {
        return registry.read(tenant, collection, read);
    }

    /** {@code NOT_FOUND} for an unknown collection or query point, {@code INVALID_ARGUMENT} for a wrong vector. */
    public SearchHits search(UUID tenant, UUID collection, SearchSpec spec) {
        return read(tenant, collection, Reading.searching(spec));
    }

    /** Like {@link #search} for every kind of query. */
    public SearchHits query(UUID tenant, UUID collection, QuerySpec spec) {
        return read(tenant, collection, Reading.querying(spec));
    }

    /** The best hits of each value of a field; the limit of the query itself is not read. */
    public GroupHits queryGroups(UUID tenant, UUID collection, QuerySpec spec, Grouping grouping) {
        return read(tenant, collection, live -> Reading.groups(live, spec, grouping));
    }

    /** In the order of {@code ids}, missing ones left out. */
    public List<PointRecord> retrieve(
            UUID tenant, UUID collection, List<PointId> ids, PayloadSelection payload, VectorSelection vectors) {
        return read(tenant, collection, live -> Reading.retrieve(live, ids, payload, vectors));
    }

    /**
     * Points by ascending id, from {@code offset} inclusive.
     *
     * @param limit 1 or more
     */
    public ScrollPage scroll(
            UUID tenant,
            UUID collection,
            @Nullable Filter filter,
            @Nullable PointId offset,
            int limit,
            PayloadSelection payload,
            VectorSelection vectors) {
        return read(tenant, collection, live -> Reading.scroll(live, filter, offset, limit, payload, vectors));
    }

    /**
     * Points by the values of a field; {@code INVALID_ARGUMENT} if no index orders them.
     *
     * @param limit 1 or more
     */
    public OrderedPage ordered(
            UUID tenant,
            UUID collection,
            @Nullable Filter filter,
            OrderBy order,
            int limit,
            PayloadSelection payload,
            VectorSelection vectors) {
        return read(tenant, collection, live -> Reading.ordered(live, filter, order, limit, payload, vectors));
    }

    /**
     * How many points have each value of a field, the most frequent ones; {@code INVALID_ARGUMENT} if no index counts them.
     *
     * @param limit values, 1 or more
     * @param exact false: points that are deleted and not yet compacted away may be counted
     */
    public FacetHits facet(
            UUID tenant, UUID collection, @Nullable Filter filter, String key, int limit, boolean exact) {
        return read(tenant, collection, live -> Reading.facet(live, filter, key, limit, exact));
    }

    /** About how many points match: exact where indexes know, sampled where they do not. */
    public long estimate(UUID tenant, UUID collection, Filter filter) {
        return read(tenant, collection, live -> Reading.estimate(live, filter));
    }

    public long count(UUID tenant, UUID collection, @Nullable Filter filter) {
        return read(tenant, collection, live -> Reading.count(live, filter));
    }

    public CollectionStatus info(UUID tenant, UUID collection) {
        return read(tenant, collection, Reading::info);
    }

    /** One tenant, or all; an unknown tenant gives an empty list. */
    public List<TenantStatus> tenantStats(@Nullable UUID tenant) {
        return StoreStatistics.tenants(registry, tenant);
    }

    public StoreStatus status() {
        return StoreStatistics.status(frame, applied);
    }

    /**
     * Takes hold of collections of a tenant as they stand between two commands, to read them whole while commands go on.
     *
     * @param only which; empty means all
     * @throws StoreException {@code NOT_FOUND} for an unknown tenant or collection, {@code UNAVAILABLE} for a damaged one
     */
    public FrozenTenant freeze(UUID tenant, Collection<UUID> only) {
        Set<UUID> wanted = only.isEmpty() ? registry.collections(tenant) : Set.copyOf(only);
        // files are opened before commands have to wait
        wanted.forEach(id -> read(tenant, id, LiveCollection::ensureLoaded));
        List<FrozenCollection> frozen = new ArrayList<>();
        boolean done = false;
        synchronized (this) {
            try {
                for (UUID id : wanted) {
                    frozen.add(FrozenCollection.of(registry.collection(tenant, id)));
                }
                done = true;
                return new FrozenTenant(applied, frozen);
            } finally {
                if (!done) {
                    frozen.forEach(FrozenCollection::close);
                }
            }
        }
    }

    // ---- durability

    /** A checkpoint whose state is fixed and whose files are still to be written. */
    public interface PendingCheckpoint {
        /**
         * Writes and fsyncs it, from any thread, while commands and reads go on. To be called once.
         *
         * @return the log index up to which the log may be purged
         * @throws StoreException {@code UNAVAILABLE} or {@code STORAGE_FULL} if it failed; the state before stays durable, and
         *     the next checkpoint includes everything
         */
        long complete();
    }

    /**
     * Fixes the state at a log index: call it on the applying thread between two log entries. Takes time in the number of
     * changed collections, and writes nothing. One checkpoint at a time.
     *
     * @param index the last log entry that has been applied in whole
     * @throws IllegalStateException if the checkpoint before is not completed
     */
    public synchronized PendingCheckpoint beginCheckpoint(long index) {
        if (index < applied) {
            throw new StoreException(
                    Code.INTERNAL, "a checkpoint at " + index + ", yet " + applied + " has been applied");
        }
        applied = index;
        CheckpointWrite pending = checkpoints.begin(index);
        return () -> {
            long durable = pending.complete();
            frame.afterCheckpoint(pending);
            return durable;
        };
    }

    /**
     * {@link #beginCheckpoint} at the last applied index, completed at once: call it on the applying thread between log entries.
     *
     * @return the log index up to which the log may be purged
     */
    public long checkpoint() {
        return beginCheckpoint(applied).complete();
    }

    /**
     * Whether a checkpoint is due although no command was applied since the last: collections wait to be moved, what was
     * dropped is damaged and nobody else will look at its files, or the background is done and what it made, graphs above all,
     * would be made again by the next store that is opened.
     */
    public boolean wantsCheckpoint() {
        return registry.hasMoves()
                || registry.hasDroppedDamage()
                || (applied <= checkpoints.durableIndex() && frame.hasUnrecorded());
    }

    /** Everything up to this log index survives a crash; replay starts after it. */
    public long durableIndex() {
        return checkpoints.durableIndex();
    }

    /** Waits until no background work is left, for tests and benchmarks. */
    public void awaitUpkeep() throws InterruptedException {
        frame.awaitUpkeep();
    }

    /** Stops background work and closes files; writes no checkpoint. */
    @Override
    public void close() {
        frame.close();
    }
}
