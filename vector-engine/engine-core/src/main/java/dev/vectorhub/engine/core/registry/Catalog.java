package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.storage.CatalogRecord;
import dev.vectorhub.engine.core.storage.CatalogTotals;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.ManifestFile;
import dev.vectorhub.engine.core.storage.Records;
import dev.vectorhub.engine.core.storage.StoreRecord;
import dev.vectorhub.engine.core.storage.TenantRecord;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The durable records of all tenants, in {@link #BUCKETS} files by tenant, so that a checkpoint rewrites only what is near a
 * change. A tenant stays as bytes until it is used: some hundred bytes of heap. Read by any thread, changed by the thread that
 * completes a checkpoint.
 *
 * <p>A bucket whose file is damaged quarantines its tenants: which they are is known by their ids alone. Its file stays as it
 * is, and nothing that one of them might own is removed.
 */
final class Catalog {
    /** Part of the format. */
    static final int BUCKETS = 64;

    private static final System.Logger LOG = System.getLogger(Catalog.class.getName());
    private static final String PREFIX = "catalog-";

    private final Layout layout;
    private final AtomicReferenceArray<CatalogRecord> buckets = new AtomicReferenceArray<>(BUCKETS);
    private final @Nullable StoreException[] damage = new StoreException[BUCKETS];
    private final List<Long> numbers;

    private Catalog(Layout layout, List<Long> numbers) {
        this.layout = layout;
        this.numbers = new ArrayList<>(numbers);
    }

    static List<Long> emptyNumbers() {
        return Collections.nCopies(BUCKETS, -1L);
    }

    /** Reads the buckets that the store's record names. */
    static Catalog open(Layout layout, StoreRecord store) {
        if (store.catalog().size() != BUCKETS) {
            throw Damage.in(layout.storeManifest(), "names " + store.catalog().size() + " buckets, not " + BUCKETS);
        }
        Catalog catalog = new Catalog(layout, store.catalog());
        for (int b = 0; b < BUCKETS; b++) {
            catalog.buckets.set(b, catalog.read(b, store.catalog().get(b)));
        }
        for (int b = 0; b < BUCKETS; b++) {
            ManifestFile.keepOnly(layout.catalog(), PREFIX + b, store.catalog().get(b));
        }
        return catalog;
    }

    private CatalogRecord read(int b, long number) {
        if (number < 0) {
            return CatalogRecord.EMPTY;
        }
        try {
            return ManifestFile.read(file(b, number), ManifestFile.Kind.CATALOG, Records::catalog);
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "Tenants are quarantined: " + e.getMessage());
            damage[b] = e;
            return CatalogRecord.EMPTY;
        }
    }

    private Path file(int b, long number) {
        return ManifestFile.numbered(layout.catalog(), PREFIX + b, number);
    }

    static int bucketOf(UUID tenant) {
        return Math.floorMod(
                Long.hashCode(tenant.getMostSignificantBits() ^ tenant.getLeastSignificantBits()), BUCKETS);
    }

    /** The file that would say whether the tenant exists, if it is damaged. */
    @Nullable
    StoreException damage(UUID tenant) {
        return damage[bucketOf(tenant)];
    }

    /** One for each damaged file. */
    List<StoreException> damages() {
        List<StoreException> all = new ArrayList<>();
        for (StoreException one : damage) {
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    @Nullable
    TenantRecord find(UUID tenant) {
        byte[] bytes = buckets.get(bucketOf(tenant)).tenants().get(tenant);
        return bytes == null ? null : Records.tenant(bytes);
    }

    boolean has(UUID tenant) {
        return buckets.get(bucketOf(tenant)).tenants().containsKey(tenant);
    }

    void forEach(Consumer<TenantRecord> action) {
        for (int b = 0; b < BUCKETS; b++) {
            for (byte[] bytes : buckets.get(b).tenants().values()) {
                action.accept(Records.tenant(bytes));
            }
        }
    }

    List<UUID> ids() {
        List<UUID> ids = new ArrayList<>();
        for (int b = 0; b < BUCKETS; b++) {
            ids.addAll(buckets.get(b).tenants().keySet());
        }
        return ids;
    }

    List<UUID> unfinished() {
        List<UUID> ids = new ArrayList<>();
        for (int b = 0; b < BUCKETS; b++) {
            ids.addAll(buckets.get(b).unfinished());
        }
        return ids;
    }

    CatalogTotals totals() {
        CatalogTotals sum = CatalogTotals.ZERO;
        for (int b = 0; b < BUCKETS; b++) {
            sum = sum.plus(buckets.get(b).totals());
        }
        return sum;
    }

    /** Bytes that collections have in each slab. */
    Map<Long, Long> slabBytes() {
        Map<Long, Long> sum = new HashMap<>();
        for (int b = 0; b < BUCKETS; b++) {
            buckets.get(b).slabBytes().forEach((slab, bytes) -> sum.merge(slab, bytes, Long::sum));
        }
        return sum;
    }

    Update update() {
        return new Update();
    }

    /** The catalog as the next checkpoint will have it; it counts once {@link #commit} is called. */
    final class Update {
        private final @Nullable CatalogBucket[] changed = new CatalogBucket[BUCKETS];

        private CatalogBucket bucket(UUID tenant) {
            int b = bucketOf(tenant);
            CatalogBucket bucket = changed[b];
            if (bucket == null) {
                bucket = new CatalogBucket(buckets.get(b));
                changed[b] = bucket;
            }
            return bucket;
        }

        void put(TenantRecord tenant) {
            bucket(tenant.tenant()).put(tenant);
        }

        void remove(UUID tenant) {
            bucket(tenant).remove(tenant);
        }

        /** Writes the changed buckets; false if there are none. */
        boolean write(long checkpoint) {
            boolean any = false;
            for (int b = 0; b < BUCKETS; b++) {
                CatalogBucket bucket = changed[b];
                if (bucket != null) {
                    CatalogRecord record = bucket.record();
                    ManifestFile.write(
                            file(b, checkpoint), ManifestFile.Kind.CATALOG, out -> Records.catalog(out, record));
                    any = true;
                }
            }
            return any;
        }

        /** For the store's record. */
        List<Long> numbers(long checkpoint) {
            List<Long> updated = new ArrayList<>(numbers);
            for (int b = 0; b < BUCKETS; b++) {
                if (changed[b] != null) {
                    updated.set(b, checkpoint);
                }
            }
            return updated;
        }

        void commit(long checkpoint) {
            for (int b = 0; b < BUCKETS; b++) {
                CatalogBucket bucket = changed[b];
                if (bucket != null) {
                    buckets.set(b, bucket.record());
                    numbers.set(b, checkpoint);
                }
            }
        }

        /** Removes the files before; trouble here costs space only. */
        void clean() {
            for (int b = 0; b < BUCKETS; b++) {
                if (changed[b] != null) {
                    ManifestFile.keepOnly(layout.catalog(), PREFIX + b, numbers.get(b));
                }
            }
        }
    }
}
