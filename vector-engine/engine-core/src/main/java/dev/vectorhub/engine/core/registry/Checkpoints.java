package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.Capture;
import dev.vectorhub.engine.core.collection.CheckpointParts;
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
import dev.vectorhub.engine.core.storage.StoreRecord.DroppedTenant;
import dev.vectorhub.engine.core.storage.TenantRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Brings the state at one log index to disk, all of it or nothing.
 *
 * <p>{@link #begin} runs on the applying thread: it takes hold of the views of the collections that changed, which fixes the
 * state, and writes nothing. {@link Pending#complete} runs on any thread: new segments, then manifests that carry the number of
 * this checkpoint, each fsynced with its directory, then {@code store.manifest}, whose rename is the commit. Before it nothing
 * of the new files counts; after it the files of earlier checkpoints that nothing refers to go. So what is found at open is
 * always the state at one index, however the process ended.
 */
public final class Checkpoints {
    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());

    private final Registry registry;
    private final Surroundings around;
    private final Catalog catalog;
    private volatile StoreRecord committed;
    private volatile Set<Long> leaving = Set.of();
    private final ReentrantLock writing = new ReentrantLock();
    private long attempted;
    private boolean pending;
    private boolean closed;

    Checkpoints(Registry registry, Surroundings around, Catalog catalog, StoreRecord committed) {
        this.registry = registry;
        this.around = around;
        this.catalog = catalog;
        this.committed = committed;
    }

    /** The log index of the last checkpoint. */
    public long durableIndex() {
        return committed.index();
    }

    /**
     * Fixes the state; on the applying thread, between log entries.
     *
     * @throws IllegalStateException if the checkpoint before is not completed yet
     */
    public Pending begin(long index) {
        requireWhole();
        synchronized (this) {
            if (pending) {
                throw new IllegalStateException("the checkpoint before is still being written");
            }
            pending = true;
        }
        Registry.Changes changes = registry.takeChanges();
        List<Capture> captures = new ArrayList<>();
        try {
            capture(captures);
            Map<Tenant, TenantRecord> tenants = new LinkedHashMap<>();
            changes.tenants.forEach(tenant -> tenants.put(tenant, tenant.record()));
            return new Pending(index, changes, captures, tenants, registry.tombstones());
        } catch (RuntimeException | Error e) {
            giveUp(changes, captures);
            throw e;
        }
    }

    private void giveUp(Registry.Changes changes, List<Capture> captures) {
        captures.forEach(capture -> capture.collection().captureFailed());
        captures.forEach(Capture::release);
        registry.putBackLater(changes);
        ended();
    }

    private synchronized void ended() {
        pending = false;
    }

    private void capture(List<Capture> captures) {
        Set<LiveCollection> collections = new HashSet<>(around.changed());
        around.changed().removeAll(collections);
        collections.addAll(inSlabs(leaving));
        for (LiveCollection collection : collections) {
            if (!collection.isDropped() && collection.quarantined() == null) {
                captures.add(collection.capture());
            }
        }
    }

    /** A collection that failed within a command has changes that only the log has whole: it must not be purged. */
    private void requireWhole() {
        for (LiveCollection collection : around.changed()) {
            StoreException fault = collection.quarantined();
            if (fault != null && !collection.isDropped()) {
                throw new StoreException(
                        fault.code(), "no checkpoint until the store is reopened: " + fault.getMessage(), fault);
            }
        }
    }

    /** Waits for a checkpoint that is being written; later ones are refused. */
    void close() {
        writing.lock();
        try {
            closed = true;
        } finally {
            writing.unlock();
        }
    }

    private Set<LiveCollection> inSlabs(Set<Long> slabs) {
        Set<LiveCollection> found = new HashSet<>();
        if (!slabs.isEmpty()) {
            forEachPacked(collection -> {
                Map<Long, Long> bytes = new HashMap<>();
                Slabs.count(collection.durableRecord(), bytes);
                if (bytes.keySet().stream().anyMatch(slabs::contains) && collection.ensureLoaded()) {
                    found.add(collection);
                }
            });
        }
        return found;
    }

    private void forEachPacked(Consumer<LiveCollection> action) {
        for (Tenant tenant : registry.tenants()) {
            for (Tenant.Entry entry : tenant.collections()) {
                if (entry.collection().home().packed()) {
                    action.accept(entry.collection());
                }
            }
        }
    }

    /** A fixed state on its way to disk. */
    public final class Pending {
        private final long index;
        private final Registry.Changes changes;
        private final List<Capture> captures;
        private final Map<Tenant, TenantRecord> tenants;
        private final List<DroppedTenant> tombstones;
        private final Map<LiveCollection, CollectionRecord> records = new LinkedHashMap<>();
        private final Set<Path> directories = new TreeSet<>();

        private Pending(
                long index,
                Registry.Changes changes,
                List<Capture> captures,
                Map<Tenant, TenantRecord> tenants,
                List<DroppedTenant> tombstones) {
            this.index = index;
            this.changes = changes;
            this.captures = captures;
            this.tenants = tenants;
            this.tombstones = tombstones;
        }

        /**
         * Writes it.
         *
         * @return the log index up to which the log may be purged
         * @throws StoreException if it failed: nothing has changed, and the next checkpoint tries again
         */
        public long complete() {
            boolean done = false;
            writing.lock();
            try (CheckpointParts parts = new CheckpointParts(around, leaving)) {
                write(parts);
                done = true;
                clean(parts);
                return index;
            } catch (IOException e) {
                throw Damage.in(around.layout().root(), "took no checkpoint", e);
            } finally {
                if (done) {
                    captures.forEach(Capture::release);
                    ended();
                } else {
                    giveUp(changes, captures);
                }
                writing.unlock();
            }
        }

        private void write(CheckpointParts parts) throws IOException {
            if (closed) {
                throw new StoreException(StoreException.Code.UNAVAILABLE, "the store is closed");
            }
            // a number is never used twice: of a failed attempt it is not known how much reached the disk
            long number = Math.max(committed.checkpoint(), attempted) + 1;
            attempted = number;
            if (captures.isEmpty() && changes.isEmpty() && index == committed.index()) {
                return;
            }
            for (Capture capture : captures) {
                unlessDropped(capture.collection(), () -> records.put(capture.collection(), parts.write(capture)));
            }
            parts.force();
            Catalog.Update update = catalog.update();
            // first what is gone: it may have been made anew since
            for (LiveCollection gone : changes.goneCollections) {
                update.removeCollection(gone.tenant(), gone.id());
            }
            changes.gone.forEach(tenant -> update.removeTenant(tenant.id()));
            for (Map.Entry<LiveCollection, CollectionRecord> entry : List.copyOf(records.entrySet())) {
                LiveCollection collection = entry.getKey();
                if (collection.home().packed()) {
                    update.put(entry.getValue());
                } else {
                    unlessDropped(collection, () -> manifest(collection.home(), number, entry.getValue()));
                }
            }
            for (Map.Entry<Tenant, TenantRecord> entry : tenants.entrySet()) {
                tenant(update, number, entry.getKey(), entry.getValue());
            }
            if (update.write(number)) {
                directories.add(around.layout().catalog());
            }
            if (parts.wroteSlabs()) {
                directories.add(around.layout().slabs());
            }
            for (Path directory : directories) {
                try {
                    Layout.forceDirectory(directory);
                } catch (NoSuchFileException e) {
                    LOG.log(Level.DEBUG, directory + " went with its tenant");
                }
            }
            StoreRecord record =
                    new StoreRecord(number, index, around.slabs().next(), update.numbers(number), tombstones);
            ManifestFile.replace(
                    around.layout().storeManifest(), ManifestFile.Kind.STORE, out -> Records.store(out, record));
            committed = record;
            records.forEach(LiveCollection::committed);
            update.commit(number);
            tenants.keySet().forEach(tenant -> {
                if (tenant.firstCheckpoint() == 0) {
                    tenant.setFirstCheckpoint(number);
                }
            });
        }

        private interface Step {
            void run() throws IOException;
        }

        /** A collection that is dropped meanwhile may lose its directory under our hands: then it is of no matter. */
        private void unlessDropped(LiveCollection collection, Step step) throws IOException {
            try {
                step.run();
            } catch (IOException | StoreException e) {
                if (!collection.isDropped()) {
                    throw e;
                }
                records.remove(collection);
            }
        }

        private void manifest(Home home, long number, CollectionRecord record) {
            home.directories().forEach(directory -> addWithParents(directory));
            ManifestFile.write(
                    ManifestFile.numbered(home.segments(), Layout.MANIFEST, number),
                    ManifestFile.Kind.COLLECTION,
                    out -> Records.collection(out, record));
        }

        private void addWithParents(Path directory) {
            for (Path at = directory;
                    at != null && at.startsWith(around.layout().root());
                    at = at.getParent()) {
                directories.add(at);
            }
        }

        private void tenant(Catalog.Update update, long number, Tenant tenant, TenantRecord record) {
            if (record.mode() != IsolationMode.STORAGE) {
                update.put(record);
                return;
            }
            update.removeTenant(record.tenant());
            Path directory = around.layout().tenant(record.tenant());
            try {
                long first = tenant.firstCheckpoint() > 0 ? tenant.firstCheckpoint() : number;
                new TenantMarker(record.tenant(), record.generation(), first).write(directory);
                ManifestFile.write(
                        ManifestFile.numbered(directory, Layout.MANIFEST, number),
                        ManifestFile.Kind.TENANT,
                        out -> Records.tenant(out, record));
                addWithParents(directory);
            } catch (StoreException e) {
                if (!tenant.isDropped()) {
                    throw e;
                }
            }
        }

        /** What follows the commit; trouble here costs space, not data. */
        private void clean(CheckpointParts parts) {
            tidy(parts::install);
            long number = committed.checkpoint();
            for (LiveCollection collection : records.keySet()) {
                if (!collection.home().packed() && !collection.isDropped()) {
                    tidy(() -> {
                        ManifestFile.settle(collection.home().segments(), Layout.MANIFEST, number);
                        FileSweep.sweep(collection);
                    });
                }
            }
            tenants.forEach((tenant, record) -> {
                if (record.mode() == IsolationMode.STORAGE && !tenant.isDropped()) {
                    tidy(() -> ManifestFile.settle(around.layout().tenant(tenant.id()), Layout.MANIFEST, number));
                }
            });
            for (LiveCollection gone : changes.goneCollections) {
                tidy(() -> {
                    for (Path erased : registry.detachUnlessMadeAnew(gone)) {
                        Layout.erase(erased);
                    }
                });
            }
            tidy(Checkpoints.this::sweepSlabs);
        }

        private void tidy(Step step) {
            try {
                step.run();
            } catch (IOException | StoreException e) {
                LOG.log(Level.WARNING, "Tidying up after the checkpoint at " + index + " failed", e);
            }
        }
    }

    /** The order of the looks matters: a slab that is settled by now is referred to by a view or a record. */
    private void sweepSlabs() throws IOException {
        Set<Long> settled = around.slabs().settledSlabs();
        Map<Long, Long> live = new HashMap<>();
        Set<Long> referred = new HashSet<>();
        for (CollectionRecord record : catalog.collections()) {
            Slabs.count(record, live);
        }
        forEachPacked(collection -> referred.addAll(FileSweep.viewFiles(collection)));
        referred.addAll(live.keySet());
        around.slabs().sweep(settled, referred);
        leaving = Set.copyOf(around.slabs().wasteful(settled, live));
    }
}
