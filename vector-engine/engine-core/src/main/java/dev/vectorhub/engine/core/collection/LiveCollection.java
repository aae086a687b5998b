package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import dev.vectorhub.engine.core.storage.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A collection. Readers work on its {@link View}, a volatile reference, and take no lock. Whoever replaces the view (the
 * applying thread for a command, a background thread that finished a segment or a graph) holds {@link #lock()} for the moment
 * of replacing; long work is done before it.
 *
 * <p>A collection that was not used yet, or not lately, has no view: only what is durable of it. The first use maps its
 * files. A file that is damaged quarantines the collection: every call answers {@code UNAVAILABLE}, naming it.
 */
public final class LiveCollection {
    private final UUID tenant;
    private final UUID id;
    private final Surroundings around;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile CollectionFiles files;
    private final Stored stored;
    private final Standing standing;

    private volatile CollectionConfig config;
    private volatile Map<String, FieldSpec> fields;
    private volatile @Nullable View view;
    private volatile long points;
    private volatile long logicalBytes;
    private volatile long lastUsedNanos = System.nanoTime();
    private volatile boolean changed;
    private volatile @Nullable Home moving;
    private volatile @Nullable MemoryPart open;
    private volatile List<LivePart> merging = List.of();
    private final AtomicLong nextPart;
    private final AtomicBoolean claimed = new AtomicBoolean();

    /** @param durable true for one that the catalog lists */
    public LiveCollection(CollectionEntry entry, Surroundings around, boolean durable) {
        CollectionRecord record = entry.record();
        this.tenant = record.tenant();
        this.id = record.collection();
        this.around = around;
        this.stored = new Stored(around.layout(), entry, durable);
        this.standing = new Standing(id);
        this.config = record.config();
        this.fields = sorted(record.fields());
        this.points = record.points();
        this.logicalBytes = record.logicalBytes();
        this.nextPart = new AtomicLong(record.nextPart());
        if (!durable) {
            markChanged();
        }
        Home home = Home.of(around.layout(), tenant, id, entry.isolation());
        this.files = new CollectionFiles(home, entry.isolation(), around.files(), record.nextFile());
    }

    public UUID tenant() {
        return tenant;
    }

    public UUID id() {
        return id;
    }

    public Home home() {
        return files.home();
    }

    public CollectionConfig config() {
        return config;
    }

    public Map<String, FieldSpec> fields() {
        return fields;
    }

    public long points() {
        return points;
    }

    public long logicalBytes() {
        return logicalBytes;
    }

    public IsolationMode isolation() {
        return files.isolation();
    }

    /** Bytes of parts and graphs. */
    public long diskBytes() {
        View current = view;
        return current == null ? stored.entry().diskBytes() : current.storedBytes();
    }

    /** What is durable of it, as the catalog lists it or more. */
    public CollectionEntry durable() {
        return stored.entry();
    }

    /** False before the first checkpoint of it. */
    public boolean isDurable() {
        return stored.isDurable();
    }

    /**
     * The last record that is durable.
     *
     * @throws StoreException {@code UNAVAILABLE} if its manifest is damaged
     */
    public CollectionRecord durableRecord() {
        return stored.record();
    }

    public @Nullable StoreException quarantined() {
        return standing.fault();
    }

    /** True if the state is not that of the durable record. */
    public boolean isChanged() {
        return changed;
    }

    public boolean isDropped() {
        return standing.isDropped();
    }

    CollectionFiles files() {
        return files;
    }

    Surroundings around() {
        return around;
    }

    Stored stored() {
        return stored;
    }

    Standing standing() {
        return standing;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** The view if there is one; only for a look, its memory may go at any time. */
    @Nullable
    View peek() {
        return view;
    }

    long nextPart() {
        return nextPart.get();
    }

    long takePartNumber() {
        return nextPart.getAndIncrement();
    }

    /** The parameters in force for a vector. */
    HnswConfig hnsw(int vector) {
        CollectionConfig current = config;
        return current.vectors()
                .get(vector)
                .hnsw()
                .orElse(current.hnsw())
                .orElse(around.settings().hnsw());
    }

    // ---- views

    /** The state now; the caller releases it. */
    View acquire() {
        lastUsedNanos = System.nanoTime();
        while (true) {
            View current = view;
            if (current == null) {
                current = load();
            }
            if (current.tryRetain()) {
                return current;
            }
        }
    }

    /** False if it cannot be served. */
    public boolean ensureLoaded() {
        if (!standing.isSound()) {
            return false;
        }
        try {
            acquire().release();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private View load() {
        lock.lock();
        try {
            View current = view;
            if (current != null) {
                return current;
            }
            standing.requireOpen();
            View loaded = map();
            view = loaded;
            around.residency().add(loaded.storedBytes());
            return loaded;
        } finally {
            lock.unlock();
        }
    }

    private View map() {
        List<LivePart> parts = new ArrayList<>();
        try {
            for (PartRecord part : stored.record().parts()) {
                parts.add(files.open(part, config.vectors()));
            }
            return new View(config, fields, parts);
        } catch (StoreException e) {
            throw standing.quarantine(e);
        } finally {
            for (LivePart part : parts) {
                part.release();
            }
        }
    }

    /** Changes a part in the view, whatever was deleted from it meanwhile; nothing happens if it is gone. */
    void change(LivePart built, UnaryOperator<LivePart> changed) {
        lock.lock();
        try {
            View current = peek();
            if (current == null || standing.isDropped()) {
                return;
            }
            List<LivePart> parts = new ArrayList<>(current.parts());
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).number() == built.number()) {
                    parts.set(i, changed.apply(parts.get(i)));
                    publish(parts);
                    markChanged();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Replaces the view; the lock is held. Of new parts the maker keeps and releases its own reference. */
    void publish(List<LivePart> parts) {
        assert lock.isHeldByCurrentThread();
        View before = view;
        View after = new View(config, fields, parts);
        view = after;
        around.residency().add(after.storedBytes() - (before == null ? 0 : before.storedBytes()));
        if (before != null) {
            before.release();
        }
    }

    void setCounts(long newPoints, long newLogicalBytes) {
        points = newPoints;
        logicalBytes = newLogicalBytes;
        markChanged();
    }

    final void markChanged() {
        changed = true;
        around.changed().add(this);
    }

    private static Map<String, FieldSpec> sorted(Map<String, FieldSpec> fields) {
        return fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /** For {@link Settings}. */
    void configure(CollectionConfig newConfig, Map<String, FieldSpec> newFields) {
        lock.lock();
        try {
            config = newConfig;
            fields = sorted(newFields);
            markChanged();
            View current = view;
            if (current != null) {
                publish(current.parts());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * For {@link Reshaping}: other vectors, under the lock. What is written from now on has them; in parts that are there, new ones
     * are missing, and graphs of removed ones are let go.
     */
    void reshape(View current, List<VectorConfig> vectors, long newLogicalBytes) {
        config = config.with(vectors);
        MemoryPart part = open;
        open = null;
        List<LivePart> parts = new ArrayList<>(current.parts().size());
        for (LivePart each : current.parts()) {
            parts.add(each.withGraphs(graph -> !vectors.get(graph.vector()).isRemoved()));
        }
        publish(parts);
        setCounts(points, newLogicalBytes);
        if (part != null) {
            part.release();
        }
    }

    @Nullable
    MemoryPart openPart() {
        return open;
    }

    /** Whether commands may still append to the part, or did so after the view was taken that shows it. */
    boolean isOpen(LivePart part) {
        return part.part().memory() instanceof MemoryPart memory
                && (memory == open || part.part().size() < memory.size());
    }

    void setOpenPart(@Nullable MemoryPart part) {
        open = part;
    }

    /** For damaged files. */
    public void quarantine(StoreException fault) {
        standing.quarantine(fault);
    }

    /** For a command that failed half-way: only the log has the state whole, so reopening mends it. */
    void breakOff(StoreException fault) {
        standing.breakOff(fault);
    }

    /** Whether the log must be kept for the collection's sake. */
    public boolean isBroken() {
        return standing.isBroken();
    }

    /** Whether a part that is stored has a graph. */
    public boolean hasGraph() {
        return stored.record().parts().stream().anyMatch(part -> !part.graphs().isEmpty());
    }

    /** Throws if the collection cannot be served. */
    public void requireSound() {
        standing.requireSound();
    }

    // ---- background work

    /** Whether the part is about to become one with others: to be left to that. */
    boolean isMerging(LivePart part) {
        return merging.stream().anyMatch(input -> input.number() == part.number());
    }

    void setMerging(List<LivePart> inputs) {
        merging = inputs;
    }

    /** For one thread at a time; to be given back with {@link #unclaim}. Keeps the collection open. */
    boolean tryClaim() {
        return claimed.compareAndSet(false, true);
    }

    void unclaim() {
        claimed.set(false);
    }

    /** Whether a {@link Move} is under way: no new file may be begun in the home that it leaves. */
    boolean isMoving() {
        return moving != null;
    }

    /** Directories of the home that a {@link Move} goes to; none without one. */
    public List<Path> movingTo() {
        Home there = moving;
        return there == null ? List.of() : there.directories();
    }

    void setMoving(@Nullable Home there) {
        moving = there;
    }

    /** The lock is held. */
    void relocate(CollectionFiles there) {
        files = there;
    }

    // ---- checkpoints

    /** Seals the open part and takes hold of the state; changes after it belong to the next checkpoint. */
    public Capture capture(@Nullable Move move) {
        lock.lock();
        try {
            View current = view;
            MemoryPart part = open;
            if (part != null) {
                open = null;
                part.release();
            }
            if (current != null) {
                current.retain();
            }
            changed = false;
            return new Capture(this, current, config, fields, points, logicalBytes, move);
        } finally {
            lock.unlock();
        }
    }

    /** After a failed checkpoint. */
    public void captureFailed() {
        markChanged();
    }

    public void committed(CollectionEntry entry) {
        stored.committed(entry);
    }

    // ---- the end

    /** When it was used last, by {@link System#nanoTime}. */
    public long lastUsedNanos() {
        return lastUsedNanos;
    }

    public boolean isOpen() {
        return view != null;
    }

    /** Lets files go if nothing but what is durable is needed to serve on. */
    public boolean unload() {
        if (view == null || !lock.tryLock()) {
            return false;
        }
        try {
            View current = view;
            if (current == null
                    || claimed.get()
                    || changed
                    || open != null
                    || !Unloading.isAsRecorded(stored, current)) {
                return false;
            }
            letGo();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends this object, not the collection, which the catalog has: who still holds it finds the collection anew. To be called
     * while no command runs and no checkpoint is being written.
     *
     * @return false if it is in use
     */
    public boolean retire() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            boolean retired = view == null && !claimed.get() && open == null && !changed && standing.fault() == null;
            standing.setRetired(retired);
            return retired;
        } finally {
            lock.unlock();
        }
    }

    /** Takes {@link #retire} back, before anybody can have found the collection anew. */
    public void unretire() {
        standing.setRetired(false);
    }

    /** Ends the collection: background work that is still under way finds it gone. */
    public void drop() {
        lock.lock();
        try {
            standing.drop();
            letGo();
        } finally {
            lock.unlock();
        }
    }

    /** Lets memory go; nothing is served any more. */
    public void close() {
        lock.lock();
        try {
            standing.close();
            letGo();
        } finally {
            lock.unlock();
        }
    }

    private void letGo() {
        View current = view;
        view = null;
        if (current != null) {
            around.residency().add(-current.storedBytes());
            current.release();
        }
        MemoryPart part = open;
        open = null;
        if (part != null) {
            part.release();
        }
    }
}
