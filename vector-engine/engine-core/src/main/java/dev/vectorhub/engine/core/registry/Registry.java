package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.RetiredException;
import dev.vectorhub.engine.core.collection.Surroundings;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.Home;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.StoreRecord.DroppedTenant;
import dev.vectorhub.engine.core.storage.TenantRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of a store. Those that nobody uses are bytes in the {@link Catalog}; the first use wakes one, and {@link
 * IdleTenants} lets it go again. One applying thread changes tenants; any thread looks things up.
 */
public final class Registry {
    private static final System.Logger LOG = System.getLogger(Registry.class.getName());

    private final Surroundings around;
    private final Catalog catalog;
    /** Also those that were dropped since the last checkpoint: the catalog still has them. */
    private final Map<UUID, Tenant> awake = new ConcurrentHashMap<>();
    /** Guards that a directory is not detached while a collection is made in it. */
    private final Object homes = new Object();

    private final Tombstones tombstones;
    private final Moving moving = new Moving();
    private final AtomicReference<@Nullable Changes> putBack = new AtomicReference<>();
    private Changes changes = new Changes();
    private volatile boolean damageDropped;

    Registry(Surroundings around, Catalog catalog, Collection<DroppedTenant> dropped) {
        this.around = around;
        this.catalog = catalog;
        this.tombstones = new Tombstones(dropped);
    }

    // ---- look-ups, any thread

    /** Tenants in use, which have a price; see {@link Catalog} for all. */
    public List<Tenant> awake() {
        List<Tenant> tenants = new ArrayList<>();
        for (Tenant tenant : awake.values()) {
            if (!tenant.isDropped()) {
                tenants.add(tenant);
            }
        }
        return tenants;
    }

    /** {@link #awake} and those that were dropped since the last checkpoint. */
    List<Tenant> awakeOrGone() {
        return List.copyOf(awake.values());
    }

    /** Whether the catalog may not have the last word on the tenant. */
    boolean isAwakeOrGone(UUID id) {
        return awake.containsKey(id);
    }

    /** Null for one that is not in use. */
    @Nullable
    Tenant peek(UUID id) {
        Tenant tenant = awake.get(id);
        return tenant == null || tenant.isDropped() ? null : tenant;
    }

    Catalog catalog() {
        return catalog;
    }

    Surroundings around() {
        return around;
    }

    /**
     * Null for one that is not here.
     *
     * @throws StoreException {@code UNAVAILABLE} if the file that would tell is damaged
     */
    @Nullable
    Tenant tenant(UUID id) {
        Tenant tenant = awake.get(id);
        if (tenant == null) {
            StoreException damage = catalog.damage(id);
            if (damage != null) {
                throw new StoreException(damage.code(), String.valueOf(damage.getMessage()), damage);
            }
            tenant = awake.computeIfAbsent(id, this::wake);
        }
        return tenant == null || tenant.isDropped() ? null : tenant;
    }

    private @Nullable Tenant wake(UUID id) {
        TenantRecord record = catalog.find(id);
        if (record == null) {
            return null;
        }
        Tenant tenant = new Tenant(id, record.generation(), record.commandId(), record.mode());
        boolean ownDirectory = record.mode() == IsolationMode.STORAGE;
        for (CollectionEntry entry : record.collections()) {
            tenant.add(new LiveCollection(entry, around, true));
            ownDirectory |= entry.isolation() == IsolationMode.STORAGE;
        }
        if (ownDirectory) {
            try {
                requireOwner(id);
            } catch (StoreException e) {
                LOG.log(Level.ERROR, "Tenant " + id + " is quarantined: " + e.getMessage());
                tenant.quarantine(e);
                return tenant;
            }
        }
        moving.add(tenant);
        return tenant;
    }

    private void requireOwner(UUID id) {
        Path directory = around.layout().tenant(id);
        around.layout().requireDirectory(directory);
        TenantMarker marker = TenantMarker.read(directory);
        if (!marker.tenant().equals(id)) {
            throw Damage.in(TenantMarker.in(directory), "names tenant " + marker.tenant());
        }
    }

    /** @throws StoreException {@code NOT_FOUND}, or {@code UNAVAILABLE} for one in quarantine */
    Tenant require(UUID id) {
        Tenant tenant = tenant(id);
        if (tenant == null) {
            throw StoreException.notFound("tenant " + id + " is not placed here");
        }
        tenant.requireSound();
        return tenant;
    }

    /** Another tenant's collection looks exactly like one that does not exist. */
    public LiveCollection collection(UUID tenantId, UUID id) {
        Tenant tenant = tenant(tenantId);
        if (tenant != null) {
            tenant.requireSound();
        }
        LiveCollection collection = tenant == null ? null : tenant.collection(id);
        if (collection == null) {
            throw StoreException.notFound("collection " + id + " does not exist");
        }
        return collection;
    }

    /** By any thread: what {@link #collection} finds is asked again where it was let go meanwhile. */
    public <T> T read(UUID tenant, UUID collection, Function<LiveCollection, T> read) {
        while (true) {
            try {
                return read.apply(collection(tenant, collection));
            } catch (RetiredException e) {
                // it was let go as idle just then
            }
        }
    }

    /** Ids of a tenant's collections. */
    public Set<UUID> collections(UUID tenant) {
        Set<UUID> ids = new TreeSet<>();
        require(tenant).collections().forEach(collection -> ids.add(collection.id()));
        return ids;
    }

    public long tenantBytes(UUID id) {
        Tenant tenant = tenant(id);
        return tenant == null ? 0 : tenant.logicalBytes();
    }

    // ---- changes, the applying thread

    void add(Tenant tenant) {
        awake.put(tenant.id(), tenant);
        changes.tenants.add(tenant);
    }

    Changes changes() {
        return changes;
    }

    /** Notes that a collection was dropped. */
    void gone(LiveCollection collection) {
        changes.goneCollections.add(collection);
        if (collection.quarantined() != null) {
            damageDropped = true;
        }
    }

    /** The same of a tenant, whose collections are gone. */
    void gone(Tenant tenant) {
        changes.gone.add(tenant);
        if (tenant.quarantine() != null) {
            damageDropped = true;
        }
    }

    /** Whether something damaged was dropped whose files the next checkpoint removes: nobody else will look at them. */
    public boolean hasDroppedDamage() {
        return damageDropped;
    }

    /** Whether the catalog does not have the tenant as it is. */
    boolean isChanged(Tenant tenant) {
        Changes failed = putBack.get();
        return changes.tenants.contains(tenant) || (failed != null && failed.tenants.contains(tenant));
    }

    public boolean hasMoves() {
        return !moving.isEmpty();
    }

    Moving moving() {
        return moving;
    }

    Tombstones tombstones() {
        return tombstones;
    }

    /** Adds a new collection to its tenant; its directories are there before anybody sees it. */
    void add(Tenant tenant, CollectionEntry fresh) {
        synchronized (homes) {
            LiveCollection collection = new LiveCollection(fresh, around, false);
            collection.home().directories().forEach(around.layout()::makeDirectory);
            tenant.add(collection);
        }
        changes.tenants.add(tenant);
    }

    /** Renames the directory of a dropped tenant, or of one that has moved out of it, away; none if it is in use. */
    Optional<Path> detachUnlessUsed(UUID id) {
        Path directory = around.layout().tenant(id);
        synchronized (homes) {
            Tenant tenant = tenant(id);
            TenantRecord durable = catalog.find(id);
            boolean used = (tenant != null && (tenant.hasDirectory() || tenant.quarantine() != null))
                    || (durable != null && durable.hasDirectory());
            return used || !Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.empty()
                    : Optional.of(around.layout().detach(directory));
        }
    }

    /**
     * Renames a directory that a collection has left, or was dropped from, away: unless one of its id lives there now, or did
     * at the last checkpoint, whose state has to stay whole.
     */
    Optional<Path> detachUnlessHome(LiveCollection left, Path directory) {
        synchronized (homes) {
            Tenant tenant = awake.get(left.tenant());
            LiveCollection now = tenant == null || tenant.isDropped() ? null : tenant.collection(left.id());
            boolean used = (now != null && now.home().directories().contains(directory))
                    || isDurableHome(left.tenant(), left.id(), directory);
            return used || !Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.empty()
                    : Optional.of(around.layout().detach(directory));
        }
    }

    private boolean isDurableHome(UUID tenant, UUID collection, Path directory) {
        TenantRecord durable = catalog.find(tenant);
        return durable != null
                && durable.collections().stream()
                        .filter(entry -> entry.record().collection().equals(collection))
                        .anyMatch(entry -> Home.of(around.layout(), tenant, collection, entry.isolation())
                                .directories()
                                .contains(directory));
    }

    /** Removes directories in one of the tenant's own that are no collection's. */
    void eraseStrays(Tenant tenant, Path directory) throws IOException {
        List<Path> strays = new ArrayList<>();
        synchronized (homes) {
            // the look at the directory comes first: a collection that moves says so before it makes its new home
            List<Path> present = Layout.list(directory);
            Set<Path> wanted = new HashSet<>();
            for (LiveCollection collection : tenant.collections()) {
                wanted.addAll(collection.home().directories());
                wanted.addAll(collection.movingTo());
            }
            TenantRecord durable = catalog.find(tenant.id());
            if (durable != null) {
                durable.collections()
                        .forEach(entry -> wanted.addAll(Home.of(
                                        around.layout(),
                                        tenant.id(),
                                        entry.record().collection(),
                                        entry.isolation())
                                .directories()));
            }
            for (Path path : present) {
                if (!wanted.contains(path) && !tenant.isDropped()) {
                    strays.add(Layout.isErased(path) ? path : around.layout().detach(path));
                }
            }
        }
        for (Path stray : strays) {
            Layout.erase(stray);
        }
    }

    /** Lets go of a tenant that the catalog has as it is; nobody changes it meanwhile. */
    void forget(Tenant tenant) {
        awake.remove(tenant.id(), tenant);
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
        damageDropped = false;
        return taken;
    }

    /** After a failed checkpoint, from its thread: the next one takes them. */
    void putBackLater(Changes failed) {
        putBack.set(failed);
    }
}
