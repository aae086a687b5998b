package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.TextSpec;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import dev.vectorhub.engine.core.storage.Home;
import dev.vectorhub.engine.core.text.TextAnalyzer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A collection. Readers work on its {@link View}, a volatile reference, and take no lock. Whoever replaces the view (the
 * applying thread for a command, a background thread that finished a segment or a graph) holds {@link #lock()} for the moment
 * of replacing; long work is done before it.
 *
 * <p>A collection that was not used yet, or not lately, has no view: only its record, the last one that is durable. The first
 * use maps its files. A file that is damaged quarantines the collection: every call answers {@code UNAVAILABLE}, naming it.
 */
public final class LiveCollection {
    /** Each costs memory and time wherever payloads are stored. */
    private static final int FIELDS_MAX = 256;

    private final UUID tenant;
    private final UUID id;
    private final Home home;
    private final Surroundings around;
    private final ReentrantLock lock = new ReentrantLock();
    private final int[] dimensions;
    private final CollectionFiles files;

    private volatile CollectionConfig config;
    private volatile Map<String, FieldSpec> fields;
    private volatile CollectionRecord record;
    private volatile @Nullable View view;
    private volatile @Nullable StoreException quarantine;
    private volatile long points;
    private volatile long logicalBytes;
    private volatile long lastUsedNanos = System.nanoTime();
    private volatile boolean changed;
    private volatile boolean dropped;
    private volatile boolean closed;
    private volatile @Nullable MemoryPart open;
    private final AtomicLong nextPart;

    /** @param durable true if the record is on disk */
    public LiveCollection(CollectionRecord record, Home home, Surroundings around, boolean durable) {
        this.tenant = record.tenant();
        this.id = record.collection();
        this.home = home;
        this.around = around;
        this.record = record;
        this.config = record.config();
        this.fields = Collections.unmodifiableMap(new TreeMap<>(record.fields()));
        this.points = record.points();
        this.logicalBytes = record.logicalBytes();
        this.nextPart = new AtomicLong(record.nextPart());
        if (!durable) {
            markChanged();
        }
        List<VectorConfig> vectors = record.config().vectors();
        this.dimensions = vectors.stream().mapToInt(VectorConfig::size).toArray();
        this.files = new CollectionFiles(home, around.files(), dimensions, record.nextFile());
    }

    public UUID tenant() {
        return tenant;
    }

    public UUID id() {
        return id;
    }

    public Home home() {
        return home;
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

    /** Bytes of parts and graphs. */
    public long diskBytes() {
        View current = view;
        if (current == null || !current.tryRetain()) {
            return record.diskBytes();
        }
        try {
            return Reading.diskBytes(current);
        } finally {
            current.release();
        }
    }

    /** The last record that is durable. */
    public CollectionRecord durableRecord() {
        return record;
    }

    public @Nullable StoreException quarantined() {
        return quarantine;
    }

    /** True if the state is not that of the durable record. */
    public boolean isChanged() {
        return changed;
    }

    public boolean isDropped() {
        return dropped;
    }

    CollectionFiles files() {
        return files;
    }

    Surroundings around() {
        return around;
    }

    ReentrantLock lock() {
        return lock;
    }

    int[] dimensions() {
        return dimensions;
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

    /** Whether the durable record has parts that should have a graph, or an index of payload fields, and have none. */
    public boolean lacksIndexes() {
        for (PartRecord part : record.parts()) {
            long alive = part.size() - part.dead().getLongCardinality();
            boolean fieldsAreIndexed = fields.isEmpty()
                    || alive < FieldIndexing.smallest(this)
                    || (part.fields() != null && record.fields().equals(fields));
            if (!fieldsAreIndexed) {
                return true;
            }
            for (int v = 0; v < dimensions.length; v++) {
                if (alive >= GraphPolicy.smallest(this, v, record.points())
                        && part.graphs().size() < dimensions.length) {
                    return true;
                }
            }
        }
        return false;
    }

    /** False if it cannot be served. */
    public boolean ensureLoaded() {
        if (quarantine != null || dropped) {
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
            StoreException fault = quarantine;
            if (fault != null) {
                throw again(fault);
            }
            if (dropped) {
                throw StoreException.notFound("collection " + id + " does not exist");
            }
            if (closed) {
                throw new StoreException(StoreException.Code.UNAVAILABLE, "the store is closed");
            }
            View loaded = map();
            view = loaded;
            return loaded;
        } finally {
            lock.unlock();
        }
    }

    /** A stack trace of the thread that asks, not of the one that found the damage. */
    private static StoreException again(StoreException fault) {
        return new StoreException(fault.code(), String.valueOf(fault.getMessage()), fault);
    }

    private View map() {
        List<LivePart> parts = new ArrayList<>();
        try {
            for (PartRecord part : record.parts()) {
                parts.add(files.open(part));
            }
            return new View(config, fields, parts);
        } catch (StoreException e) {
            quarantine = e;
            throw again(e);
        } finally {
            for (LivePart part : parts) {
                part.release();
            }
        }
    }

    /** Replaces the view; the lock is held. Of new parts the maker keeps and releases its own reference. */
    void publish(List<LivePart> parts) {
        assert lock.isHeldByCurrentThread();
        View before = view;
        view = new View(config, fields, parts);
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

    /** Values that are 0 stay as they are. */
    public void update(HnswConfig hnsw) {
        requireSound();
        CollectionConfig current = config;
        setConfig(new CollectionConfig(current.vectors(), hnsw.orElse(current.hnsw()), current.isolation()), fields);
    }

    public void putField(String key, FieldSpec spec) {
        requireSound();
        FieldPath.parse(key);
        TextSpec text = spec.text();
        if (text != null) {
            TextAnalyzer.of(text);
        }
        Map<String, FieldSpec> next = new TreeMap<>(fields);
        next.keySet().removeIf(other -> !other.equals(key) && isSameField(other, key));
        boolean changes = !spec.equals(next.put(key, spec));
        if (next.size() > FIELDS_MAX) {
            throw StoreException.invalid("a collection has at most " + FIELDS_MAX + " payload indexes");
        }
        if (changes) {
            setConfig(config, next);
        }
    }

    /** Whether two keys are spellings of one path. */
    private static boolean isSameField(String key, String other) {
        return key.equals(other) || FieldPath.parse(key).equals(FieldPath.parse(other));
    }

    public void removeField(String key) {
        requireSound();
        Map<String, FieldSpec> next = new TreeMap<>(fields);
        if (next.keySet().removeIf(other -> isSameField(other, key))) {
            setConfig(config, next);
        }
    }

    private void setConfig(CollectionConfig newConfig, Map<String, FieldSpec> newFields) {
        lock.lock();
        try {
            config = newConfig;
            fields = Collections.unmodifiableMap(newFields);
            markChanged();
            View current = view;
            if (current != null) {
                publish(current.parts());
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    MemoryPart openPart() {
        return open;
    }

    /** Whether commands may still append to the part. */
    boolean isOpen(LivePart part) {
        return part.part().memory() == open;
    }

    void setOpenPart(@Nullable MemoryPart part) {
        open = part;
    }

    /** A fault that only reopening mends. */
    public void quarantine(StoreException fault) {
        quarantine = fault;
    }

    /** Throws if the collection cannot be served. */
    void requireSound() {
        StoreException fault = quarantine;
        if (fault != null) {
            throw again(fault);
        }
    }

    // ---- checkpoints

    /** Seals the open part and takes hold of the state; changes after it belong to the next checkpoint. */
    public Capture capture() {
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
            return new Capture(this, current, config, fields, points, logicalBytes);
        } finally {
            lock.unlock();
        }
    }

    /** After a failed checkpoint. */
    public void captureFailed() {
        markChanged();
    }

    public void committed(CollectionRecord newRecord) {
        record = newRecord;
    }

    // ---- the end

    /** Lets files go if nothing but the durable record is needed to serve on. */
    public boolean unloadIfIdle(long idleNanos) {
        if (view == null || System.nanoTime() - lastUsedNanos < idleNanos || !lock.tryLock()) {
            return false;
        }
        try {
            View current = view;
            if (current == null || changed || open != null || !isAsRecorded(current)) {
                return false;
            }
            view = null;
            current.release();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isAsRecorded(View current) {
        List<PartRecord> recorded = record.parts();
        if (recorded.size() != current.parts().size()) {
            return false;
        }
        for (int i = 0; i < recorded.size(); i++) {
            LivePart part = current.parts().get(i);
            if (!recorded.get(i).segment().equals(part.blob())
                    || !recorded.get(i).dead().equals(part.dead())
                    || recorded.get(i).graphs().size() != part.graphs().size()
                    || !Objects.equals(
                            recorded.get(i).fields(),
                            part.fields() == null ? null : part.fields().ref())) {
                return false;
            }
        }
        return true;
    }

    /** Ends the collection: background work that is still under way finds it gone. */
    public void drop() {
        lock.lock();
        try {
            dropped = true;
            letGo();
        } finally {
            lock.unlock();
        }
    }

    /** Lets memory go; nothing is served any more. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            letGo();
        } finally {
            lock.unlock();
        }
    }

    private void letGo() {
        View current = view;
        view = null;
        if (current != null) {
            current.release();
        }
        MemoryPart part = open;
        open = null;
        if (part != null) {
            part.release();
        }
    }

    static RoaringBitmap noneDead() {
        return new RoaringBitmap();
    }
}
