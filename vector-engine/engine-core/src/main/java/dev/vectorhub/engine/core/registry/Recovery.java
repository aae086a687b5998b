package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.FileSweep;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Surroundings;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.Home;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.ManifestFile;
import dev.vectorhub.engine.core.storage.Records;
import dev.vectorhub.engine.core.storage.Slabs;
import dev.vectorhub.engine.core.storage.StoreRecord;
import dev.vectorhub.engine.core.storage.TenantRecord;
import dev.vectorhub.engine.core.storage.TenantRecord.CollectionEntry;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads manifests and removes what they do not name. Data files are not touched before they are used. Damage to what all
 * tenants share refuses the directory; damage to one collection's or tenant's manifest quarantines that one.
 */
public final class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    private final Surroundings around;
    private final Layout layout;
    private final StoreRecord store;
    private final Map<UUID, CollectionRecord> packed = new HashMap<>();
    private final List<Tenant> tenants = new ArrayList<>();

    private Recovery(Surroundings around, StoreRecord store) {
        this.around = around;
        this.layout = around.layout();
        this.store = store;
    }

    /** What was found. */
    public record Recovered(Registry registry, Checkpoints checkpoints) {}

    /** The last checkpoint; one of nothing is written for a new directory. */
    public static StoreRecord storeRecord(Layout layout) {
        Path file = layout.storeManifest();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            StoreRecord empty = new StoreRecord(0, 0, 1, Catalog.emptyNumbers(), List.of());
            ManifestFile.replace(file, ManifestFile.Kind.STORE, out -> Records.store(out, empty));
        }
        return ManifestFile.read(file, ManifestFile.Kind.STORE, Records::store);
    }

    public static Recovered run(Surroundings around, StoreRecord store) {
        try {
            return new Recovery(around, store).run();
        } catch (IOException e) {
            throw Damage.in(around.layout().root(), "cannot be recovered", e);
        }
    }

    private Recovered run() throws IOException {
        Catalog catalog = Catalog.open(layout, store);
        Map<Long, Long> slabs = new HashMap<>();
        for (CollectionRecord record : catalog.collections()) {
            packed.put(record.collection(), record);
            Slabs.count(record, slabs);
        }
        around.slabs().recover(slabs.keySet());
        Set<Path> wanted = new HashSet<>();
        for (TenantRecord record : catalog.tenants()) {
            tenants.add(tenant(record));
            for (CollectionEntry entry : record.collections()) {
                wanted.add(layout.sharedCollection(entry.collection()));
            }
        }
        removeOthers(layout.sharedCollections(), wanted);
        ownTenants();
        Registry registry = new Registry(around, tenants, store.dropped());
        return new Recovered(registry, new Checkpoints(registry, around, catalog, store));
    }

    private static void removeOthers(Path directory, Set<Path> wanted) throws IOException {
        for (Path path : Layout.list(directory)) {
            if (!wanted.contains(path)) {
                Layout.erase(path);
            }
        }
    }

    private Tenant tenant(TenantRecord record) throws IOException {
        Tenant tenant = new Tenant(record.tenant(), record.generation(), record.commandId(), record.mode());
        for (CollectionEntry entry : record.collections()) {
            tenant.add(new Tenant.Entry(collection(record.tenant(), entry), entry.isolation()));
        }
        return tenant;
    }

    private LiveCollection collection(UUID tenant, CollectionEntry entry) throws IOException {
        Home home = Registry.home(layout, tenant, entry.collection(), entry.isolation());
        CollectionRecord inCatalog = packed.get(entry.collection());
        try {
            if (home.packed()) {
                if (inCatalog == null) {
                    throw Damage.in(
                            layout.catalog(), "lists collection " + entry.collection() + " and lacks its record");
                }
                return new LiveCollection(inCatalog, home, around, true);
            }
            LiveCollection collection = new LiveCollection(manifest(home, tenant, entry), home, around, true);
            FileSweep.sweep(collection);
            return collection;
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "Collection " + entry.collection() + " is quarantined: " + e.getMessage());
            LiveCollection damaged = new LiveCollection(nothing(tenant, entry), home, around, true);
            damaged.quarantine(e);
            return damaged;
        }
    }

    private static CollectionRecord nothing(UUID tenant, CollectionEntry entry) {
        CollectionConfig unknown = new CollectionConfig(List.of(), HnswConfig.DEFAULT, entry.isolation());
        return new CollectionRecord(tenant, entry.collection(), unknown, Map.of(), 0, 0, 1, 1, List.of());
    }

    private CollectionRecord manifest(Home home, UUID tenant, CollectionEntry entry) {
        home.directories().forEach(layout::requireDirectory);
        long number = ManifestFile.settle(home.segments(), Layout.MANIFEST, store.checkpoint());
        if (number < 0) {
            throw Damage.in(home.segments(), "holds no manifest");
        }
        Path file = ManifestFile.numbered(home.segments(), Layout.MANIFEST, number);
        CollectionRecord record = ManifestFile.read(file, ManifestFile.Kind.COLLECTION, Records::collection);
        if (!record.collection().equals(entry.collection()) || !record.tenant().equals(tenant)) {
            throw Damage.in(file, "belongs to collection " + record.collection() + " of tenant " + record.tenant());
        }
        return record;
    }

    // ---- tenants with a directory of their own

    private void ownTenants() throws IOException {
        for (Path directory : Layout.list(layout.tenants())) {
            UUID id = tenantOf(directory);
            long number = -1;
            if (id != null && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                number = ManifestFile.settle(directory, Layout.MANIFEST, store.checkpoint());
            }
            if (id == null || (number < 0 && !TenantMarker.isOfCheckpoint(directory, store.checkpoint()))) {
                // being erased, or made after the last checkpoint: the log makes it again
                if (id != null || Layout.isErased(directory)) {
                    Layout.erase(directory);
                }
                continue;
            }
            tenants.add(ownTenant(directory, id, number));
        }
    }

    private Tenant ownTenant(Path directory, UUID id, long number) throws IOException {
        try {
            TenantMarker marker = TenantMarker.read(directory);
            if (!marker.tenant().equals(id)) {
                throw Damage.in(TenantMarker.in(directory), "names tenant " + marker.tenant());
            }
            if (number < 0) {
                throw Damage.in(directory, "holds no manifest");
            }
            Path file = ManifestFile.numbered(directory, Layout.MANIFEST, number);
            TenantRecord record = ManifestFile.read(file, ManifestFile.Kind.TENANT, Records::tenant);
            if (!record.tenant().equals(id)) {
                throw Damage.in(file, "belongs to tenant " + record.tenant());
            }
            Set<Path> wanted = new HashSet<>();
            for (CollectionEntry entry : record.collections()) {
                wanted.addAll(Registry.home(layout, id, entry.collection(), entry.isolation())
                        .directories());
            }
            for (String part : List.of("collections", "indexes")) {
                if (Files.isDirectory(directory.resolve(part), LinkOption.NOFOLLOW_LINKS)) {
                    removeOthers(directory.resolve(part), wanted);
                }
            }
            Tenant tenant = tenant(record);
            tenant.setFirstCheckpoint(marker.checkpoint());
            return tenant;
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "Tenant " + id + " is quarantined: " + e.getMessage());
            return new Tenant(id, 0, new UUID(0, 0), IsolationMode.STORAGE, e);
        }
    }

    private static @Nullable UUID tenantOf(Path directory) {
        String name = Layout.name(directory);
        if (!name.startsWith(Layout.TENANT_PREFIX)) {
            return null;
        }
        try {
            UUID id = UUID.fromString(name.substring(Layout.TENANT_PREFIX.length()));
            return name.equals(Layout.TENANT_PREFIX + id) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
