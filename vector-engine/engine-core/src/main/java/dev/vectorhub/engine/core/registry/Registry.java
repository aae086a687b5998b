package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreException.Code;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Surroundings;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.Home;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.StoreRecord.DroppedTenant;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The tenants and collections of a store. One applying thread changes it; any thread looks things up. */
public final class Registry {
    private static final System.Logger LOG = System.getLogger(Registry.class.getName());
    /** Files that a collection can number before it meets those of one that was made a log index later. */
    private static final int FILES_OF_INDEX_SHIFT = 16;

    private static final int VECTORS_MAX = 64;
    private static final int DIMENSIONS_MAX = 65_536;
    private static final int NAME_CHARS_MAX = 255;
    private static final int M_MAX = 256;
    private static final int EF_CONSTRUCT_MAX = 10_000;
    /** Generations of dropped tenants that are remembered; the oldest are forgotten first. */
    private static final int DROPPED_MAX = 1_000_000;

    private final Surroundings around;
    private final Map<UUID, Tenant> tenants = new ConcurrentHashMap<>();
    /** Guards that a directory is not detached while a collection is made in it. */
    private final Object homes = new Object();

    private final Map<UUID, DroppedTenant> dropped = new LinkedHashMap<>();
    private final AtomicReference<@Nullable Changes> putBack = new AtomicReference<>();
    private Changes changes = new Changes();

    /** What the next checkpoint has to write besides the collections that changed. */
    static final class Changes {
        final Set<Tenant> tenants = new HashSet<>();
        final List<Tenant> gone = new ArrayList<>();
        final List<LiveCollection> goneCollections = new ArrayList<>();
        boolean tombstones;

        boolean isEmpty() {
            return tenants.isEmpty() && gone.isEmpty() && goneCollections.isEmpty() && !tombstones;
        }

        void addAll(Changes earlier) {
            tenants.addAll(earlier.tenants);
            gone.addAll(earlier.gone);
            goneCollections.addAll(earlier.goneCollections);
            tombstones |= earlier.tombstones;
        }
    }

    Registry(Surroundings around, Collection<Tenant> recovered, Collection<DroppedTenant> tombstones) {
        this.around = around;
        recovered.forEach(tenant -> tenants.put(tenant.id(), tenant));
        tombstones.forEach(tombstone -> dropped.put(tombstone.tenant(), tombstone));
    }

    // ---- look-ups, any thread

    public Collection<Tenant> tenants() {
        return tenants.values();
    }

    public @Nullable Tenant tenant(UUID id) {
        return tenants.get(id);
    }

    private Tenant require(UUID id) {
        Tenant tenant = tenants.get(id);
        if (tenant == null) {
            throw StoreException.notFound("tenant " + id + " is not placed here");
        }
        StoreException fault = tenant.quarantine();
        if (fault != null) {
            throw new StoreException(fault.code(), String.valueOf(fault.getMessage()), fault);
        }
        return tenant;
    }

    /** Another tenant's collection looks exactly like one that does not exist. */
    public LiveCollection collection(UUID tenantId, UUID id) {
        Tenant tenant = tenants.get(tenantId);
        if (tenant != null && tenant.quarantine() != null) {
            require(tenantId);
        }
        Tenant.Entry entry = tenant == null ? null : tenant.collection(id);
        if (entry == null) {
            throw StoreException.notFound("collection " + id + " does not exist");
        }
        return entry.collection();
    }

    /** Ids of a tenant's collections. */
    public Set<UUID> collections(UUID tenant) {
        Set<UUID> ids = new TreeSet<>();
        require(tenant)
                .collections()
                .forEach(entry -> ids.add(entry.collection().id()));
        return ids;
    }

    public long tenantBytes(UUID tenant) {
        Tenant known = tenants.get(tenant);
        return known == null ? 0 : known.logicalBytes();
    }

    // ---- commands, the applying thread

    public void placeTenant(UUID id, long generation, UUID commandId, IsolationMode mode) {
        requireGeneration(id, generation);
        Tenant tenant = tenants.get(id);
        if (tenant == null) {
            DroppedTenant tombstone = dropped.get(id);
            if (tombstone != null && tombstone.generation() == generation) {
                throw new StoreException(
                        Code.STALE_GENERATION, "tenant " + id + " was dropped in generation " + generation);
            }
            if (mode == IsolationMode.STORAGE) {
                around.layout().makeDirectory(around.layout().tenant(id));
            }
            tenant = new Tenant(id, generation, commandId, mode);
            tenants.put(id, tenant);
            changes.tenants.add(tenant);
            return;
        }
        require(id);
        if (tenant.commandId().equals(commandId)) {
            return;
        }
        if (tenant.mode() != mode && !tenant.collections().isEmpty()) {
            throw StoreException.invalid("isolation: tenant " + id + " has collections in mode " + tenant.mode()
                    + "; placing it in mode " + mode + " would have to move them");
        }
        moveEmpty(tenant, mode);
        tenant.place(generation, commandId, mode);
        changes.tenants.add(tenant);
    }

    /** Without collections a change of mode moves nothing but the tenant's own record. */
    private void moveEmpty(Tenant tenant, IsolationMode mode) {
        if (tenant.mode() != mode) {
            Path directory = around.layout().tenant(tenant.id());
            if (mode == IsolationMode.STORAGE) {
                around.layout().makeDirectory(directory);
            } else if (tenant.mode() == IsolationMode.STORAGE) {
                eraseLater(around.layout().detach(directory));
            }
        }
    }

    private void requireGeneration(UUID id, long generation) {
        Tenant tenant = tenants.get(id);
        DroppedTenant tombstone = dropped.get(id);
        long seen = tenant != null ? tenant.generation() : tombstone != null ? tombstone.generation() : generation;
        if (generation < seen) {
            throw new StoreException(
                    Code.STALE_GENERATION, "tenant " + id + ": generation " + generation + " is older than " + seen);
        }
    }

    public void dropTenant(UUID id, long generation, UUID commandId) {
        requireGeneration(id, generation);
        Tenant tenant = tenants.remove(id);
        dropped.remove(id);
        dropped.put(id, new DroppedTenant(id, generation, commandId));
        if (dropped.size() > DROPPED_MAX) {
            dropped.remove(dropped.keySet().iterator().next());
        }
        changes.tombstones = true;
        if (tenant == null) {
            return;
        }
        tenant.markDropped();
        for (Tenant.Entry entry : tenant.collections()) {
            entry.collection().drop();
            changes.goneCollections.add(entry.collection());
        }
        changes.tenants.remove(tenant);
        changes.gone.add(tenant);
        if (tenant.mode() == IsolationMode.STORAGE) {
            // at once and as a whole: replay does without the data of a tenant that the log drops
            eraseLater(around.layout().detach(around.layout().tenant(id)));
        }
    }

    private void eraseLater(Path directory) {
        around.closer().execute(() -> {
            try {
                Layout.erase(directory);
            } catch (IOException e) {
                LOG.log(Level.WARNING, directory + " is left for the next start to erase", e);
            }
        });
    }

    public void createCollection(long index, UUID tenantId, UUID id, CollectionConfig config) {
        Tenant tenant = require(tenantId);
        Tenant.Entry existing = tenant.collection(id);
        if (existing != null) {
            StoreException fault = existing.collection().quarantined();
            if (fault != null) {
                throw new StoreException(fault.code(), String.valueOf(fault.getMessage()), fault);
            }
            if (!existing.collection().config().equals(config)) {
                throw new StoreException(
                        Code.ALREADY_EXISTS, "collection " + id + " exists with another configuration");
            }
            return;
        }
        check(config);
        if (config.isolation() == IsolationMode.STORAGE && tenant.mode() != IsolationMode.STORAGE) {
            throw StoreException.invalid("isolation: STORAGE is for tenants that are placed so");
        }
        IsolationMode isolation = isolation(tenant.mode(), config);
        Home home = home(around.layout(), tenantId, id, isolation);
        // beyond the numbers of a collection of this id that was dropped lately and whose files are still there
        long firstFile = index << FILES_OF_INDEX_SHIFT;
        CollectionRecord record = new CollectionRecord(tenantId, id, config, Map.of(), 0, 0, firstFile, 1, List.of());
        synchronized (homes) {
            home.directories().forEach(around.layout()::makeDirectory);
            tenant.add(new Tenant.Entry(new LiveCollection(record, home, around, false), isolation));
        }
        changes.tenants.add(tenant);
    }

    static IsolationMode isolation(IsolationMode tenant, CollectionConfig config) {
        return tenant.compareTo(config.isolation()) >= 0 ? tenant : config.isolation();
    }

    static Home home(Layout layout, UUID tenant, UUID collection, IsolationMode isolation) {
        return switch (isolation) {
            case NONE -> new Home(layout.slabs(), layout.slabs(), true);
            case COLLECTION ->
                new Home(layout.sharedCollection(collection), layout.sharedCollection(collection), false);
            case STORAGE ->
                new Home(layout.tenantCollection(tenant, collection), layout.tenantIndex(tenant, collection), false);
        };
    }

    private static void check(CollectionConfig config) {
        if (config.vectors().isEmpty() || config.vectors().size() > VECTORS_MAX) {
            throw StoreException.invalid("vectors: 1 to " + VECTORS_MAX + " are wanted");
        }
        Set<String> names = new HashSet<>();
        for (VectorConfig vector : config.vectors()) {
            if (vector.name().length() > NAME_CHARS_MAX || !names.add(vector.name())) {
                throw StoreException.invalid(
                        "vectors: name '" + vector.name() + "' is repeated or longer than " + NAME_CHARS_MAX);
            }
            if (vector.size() < 1 || vector.size() > DIMENSIONS_MAX) {
                throw StoreException.invalid(
                        "vectors: size " + vector.size() + " is not within 1 and " + DIMENSIONS_MAX);
            }
            check(vector.hnsw());
        }
        check(config.hnsw());
    }

    private static void check(HnswConfig hnsw) {
        boolean sound = hnsw.m() >= 0
                && hnsw.m() != 1
                && hnsw.m() <= M_MAX
                && hnsw.efConstruct() >= 0
                && hnsw.efConstruct() <= EF_CONSTRUCT_MAX
                && hnsw.fullScanThreshold() >= 0;
        if (!sound) {
            throw StoreException.invalid("hnsw: m must be 0 or 2 to " + M_MAX + ", ef_construct 0 to "
                    + EF_CONSTRUCT_MAX + ", full_scan_threshold 0 or more");
        }
    }

    public void updateCollection(UUID tenant, UUID id, HnswConfig hnsw) {
        LiveCollection collection = collection(tenant, id);
        check(hnsw);
        collection.update(hnsw);
    }

    public void dropCollection(UUID tenantId, UUID id) {
        LiveCollection collection = collection(tenantId, id);
        Tenant tenant = require(tenantId);
        tenant.remove(id);
        collection.drop();
        changes.tenants.add(tenant);
        changes.goneCollections.add(collection);
    }

    /** Renames the directories of a dropped collection away; none if another one lives there now. */
    List<Path> detachUnlessMadeAnew(LiveCollection gone) {
        List<Path> detached = new ArrayList<>();
        synchronized (homes) {
            Tenant tenant = tenants.get(gone.tenant());
            boolean anew = tenant != null && tenant.collection(gone.id()) != null;
            if (!gone.home().packed() && !anew) {
                for (Path directory : gone.home().directories()) {
                    detached.add(around.layout().detach(directory));
                }
            }
        }
        return detached;
    }

    // ---- checkpoints, the applying thread

    Changes takeChanges() {
        Changes taken = changes;
        Changes failed = putBack.getAndSet(null);
        if (failed != null) {
            taken.addAll(failed);
            taken.tenants.removeIf(Tenant::isDropped);
        }
        changes = new Changes();
        return taken;
    }

    /** After a failed checkpoint, from its thread: the next one takes them. */
    void putBackLater(Changes failed) {
        putBack.set(failed);
    }

    List<DroppedTenant> tombstones() {
        return List.copyOf(dropped.values());
    }
}
