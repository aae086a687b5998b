package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.collection.Capture;
import dev.vectorhub.engine.core.collection.CheckpointParts;
import dev.vectorhub.engine.core.collection.FileSweep;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Surroundings;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.Home;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.ManifestFile;
import dev.vectorhub.engine.core.storage.Records;
import dev.vectorhub.engine.core.storage.StoreRecord;
import dev.vectorhub.engine.core.storage.StoreRecord.DroppedTenant;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A fixed state on its way to disk: new segments, then manifests and catalog buckets that carry the number of this checkpoint,
 * each fsynced with its directory, then {@code store.manifest}, whose rename is the commit. Before it nothing of the new files
 * counts; after it the files of earlier checkpoints that nothing refers to go. So what is found at open is always the state at
 * one index, however the process ended.
 */
public final class CheckpointWrite {
    private static final System.Logger LOG = System.getLogger(CheckpointWrite.class.getName());

    private final Checkpoints checkpoints;
    private final Registry registry;
    private final Surroundings around;
    private final Layout layout;
    private final long index;
    private final Changes changes;
    private final List<Capture> captures;
    private final Map<Tenant, TenantShape> shapes;
    private final List<DroppedTenant> tombstones;
    private final Map<LiveCollection, CollectionEntry> written = new LinkedHashMap<>();
    private final Set<Path> directories = new TreeSet<>();

    CheckpointWrite(
            Checkpoints checkpoints,
            long index,
            Changes changes,
            List<Capture> captures,
            Map<Tenant, TenantShape> shapes,
            List<DroppedTenant> tombstones) {
        this.checkpoints = checkpoints;
        this.registry = checkpoints.registry();
        this.around = registry.around();
        this.layout = around.layout();
        this.index = index;
        this.changes = changes;
        this.captures = captures;
        this.shapes = shapes;
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
        checkpoints.writing().lock();
        try (CheckpointParts parts =
                new CheckpointParts(around, checkpoints.slabs().leaving())) {
            checkpoints.requireOpen();
            boolean nothing = captures.isEmpty()
                    && changes.isEmpty()
                    && index == checkpoints.committed().index();
            if (!nothing) {
                Catalog.Update update = write(parts);
                done = true;
                clean(parts, update);
            }
            done = true;
            return index;
        } catch (IOException e) {
            throw Damage.writing(layout.root(), e);
        } finally {
            if (done) {
                checkpoints.done(captures);
            } else {
                checkpoints.giveUp(changes, captures);
            }
            checkpoints.writing().unlock();
        }
    }

    /** Collections that this checkpoint wrote, once it is complete. */
    public Set<LiveCollection> collections() {
        return written.keySet();
    }

    private Catalog.Update write(CheckpointParts parts) throws IOException {
        long number = checkpoints.nextNumber();
        for (Capture capture : captures) {
            LiveCollection collection = capture.collection();
            unlessDropped(collection, () -> written.put(collection, parts.write(capture, number)));
        }
        parts.force();
        for (Capture capture : captures) {
            CollectionEntry entry = written.get(capture.collection());
            if (entry != null && !entry.packed()) {
                unlessDropped(capture.collection(), () -> manifest(capture.home(), number, entry.record()));
            }
        }
        Catalog.Update update = registry.catalog().update();
        // first what is gone: it may have been made anew since
        changes.gone.forEach(tenant -> update.remove(tenant.id()));
        for (Map.Entry<Tenant, TenantShape> entry : shapes.entrySet()) {
            tenant(update, entry.getKey(), entry.getValue());
        }
        if (update.write(number)) {
            directories.add(layout.catalog());
        }
        if (parts.wroteSlabs()) {
            directories.add(layout.slabs());
        }
        force(directories);
        StoreRecord record = new StoreRecord(number, index, around.slabs().next(), update.numbers(number), tombstones);
        ManifestFile.replace(layout.storeManifest(), ManifestFile.Kind.STORE, out -> Records.store(out, record));
        checkpoints.commit(record);
        update.commit(number);
        written.forEach(LiveCollection::committed);
        changes.gone.forEach(registry::forget);
        return update;
    }

    private static void force(Set<Path> directories) throws IOException {
        for (Path directory : directories) {
            try {
                Layout.forceDirectory(directory);
            } catch (NoSuchFileException e) {
                LOG.log(Level.DEBUG, directory + " went with its tenant");
            }
        }
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
            written.remove(collection);
        }
    }

    private void manifest(Home home, long number, CollectionRecord record) {
        home.directories().forEach(this::addWithParents);
        ManifestFile.write(
                ManifestFile.numbered(home.segments(), Layout.MANIFEST, number),
                ManifestFile.Kind.COLLECTION,
                out -> Records.collection(out, record));
    }

    private void addWithParents(Path directory) {
        for (Path at = directory; at != null && at.startsWith(layout.root()); at = at.getParent()) {
            directories.add(at);
        }
    }

    private void tenant(Catalog.Update update, Tenant tenant, TenantShape shape) {
        update.put(shape.record(written));
        if (shape.mode() == IsolationMode.STORAGE && changes.tenants.contains(tenant)) {
            Path directory = layout.tenant(shape.tenant());
            try {
                new TenantMarker(shape.tenant(), shape.generation()).write(directory);
                addWithParents(directory);
            } catch (StoreException e) {
                if (!tenant.isDropped()) {
                    throw e;
                }
            }
        }
    }

    /** What follows the commit; trouble here costs space, not data. */
    private void clean(CheckpointParts parts, Catalog.Update update) {
        tidy(parts::install);
        tidy(update::clean);
        for (LiveCollection collection : written.keySet()) {
            if (!collection.home().packed() && !collection.isDropped()) {
                tidy(() -> FileSweep.sweep(collection));
            }
        }
        for (LiveCollection gone : changes.goneCollections) {
            if (!gone.home().packed()) {
                tidy(() -> eraseHome(gone));
            }
        }
        Set<UUID> left = new TreeSet<>();
        changes.gone.forEach(tenant -> left.add(tenant.id()));
        // also where another mode than before leaves the directory empty
        shapes.forEach((tenant, shape) -> left.add(shape.tenant()));
        for (UUID tenant : left) {
            tidy(() -> {
                Optional<Path> erased = registry.detachUnlessUsed(tenant);
                if (erased.isPresent()) {
                    Layout.erase(erased.get());
                }
            });
        }
        tidy(checkpoints.slabs()::sweep);
    }

    private void eraseHome(LiveCollection gone) throws IOException {
        for (Path directory : gone.home().directories()) {
            Optional<Path> erased = registry.detachUnlessHome(gone, directory);
            if (erased.isPresent()) {
                Layout.erase(erased.get());
            }
        }
    }

    private void tidy(Step step) {
        try {
            step.run();
        } catch (IOException | StoreException e) {
            LOG.log(Level.WARNING, "Tidying up after the checkpoint at " + index + " failed", e);
        }
    }
}
