package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.storage.CatalogRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.ManifestFile;
import dev.vectorhub.engine.core.storage.Records;
import dev.vectorhub.engine.core.storage.StoreRecord;
import dev.vectorhub.engine.core.storage.TenantRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The durable records of tenants that share files, and of the collections packed in slabs, in {@link #BUCKETS} files by tenant,
 * so that a checkpoint rewrites only what is near a change.
 */
final class Catalog {
    /** Part of the format. */
    static final int BUCKETS = 16;

    private static final String PREFIX = "catalog-";

    private final Layout layout;
    private final List<Bucket> buckets;
    private final List<Long> numbers;

    private record Bucket(Map<UUID, TenantRecord> tenants, Map<UUID, CollectionRecord> collections) {
        Bucket copy() {
            return new Bucket(new TreeMap<>(tenants), new TreeMap<>(collections));
        }
    }

    private Catalog(Layout layout, List<Bucket> buckets, List<Long> numbers) {
        this.layout = layout;
        this.numbers = new ArrayList<>(numbers);
        this.buckets = new ArrayList<>(buckets);
    }

    static List<Long> emptyNumbers() {
        return Collections.nCopies(BUCKETS, -1L);
    }

    /** Reads the buckets that the store's record names. */
    static Catalog open(Layout layout, StoreRecord store) {
        if (store.catalog().size() != BUCKETS) {
            throw Damage.in(layout.storeManifest(), "names " + store.catalog().size() + " buckets, not " + BUCKETS);
        }
        List<Bucket> buckets = new ArrayList<>();
        for (int b = 0; b < BUCKETS; b++) {
            Bucket bucket = new Bucket(new TreeMap<>(), new TreeMap<>());
            long number = store.catalog().get(b);
            if (number >= 0) {
                CatalogRecord record = ManifestFile.read(
                        ManifestFile.numbered(layout.catalog(), PREFIX + b, number),
                        ManifestFile.Kind.CATALOG,
                        Records::catalog);
                record.tenants().forEach(tenant -> bucket.tenants().put(tenant.tenant(), tenant));
                record.collections()
                        .forEach(collection -> bucket.collections().put(collection.collection(), collection));
            }
            buckets.add(bucket);
        }
        for (int b = 0; b < BUCKETS; b++) {
            ManifestFile.settle(layout.catalog(), PREFIX + b, store.checkpoint());
        }
        return new Catalog(layout, buckets, store.catalog());
    }

    static int bucketOf(UUID tenant) {
        return Math.floorMod(
                Long.hashCode(tenant.getMostSignificantBits() ^ tenant.getLeastSignificantBits()), BUCKETS);
    }

    List<TenantRecord> tenants() {
        List<TenantRecord> all = new ArrayList<>();
        buckets.forEach(bucket -> all.addAll(bucket.tenants().values()));
        return all;
    }

    List<CollectionRecord> collections() {
        List<CollectionRecord> all = new ArrayList<>();
        buckets.forEach(bucket -> all.addAll(bucket.collections().values()));
        return all;
    }

    Update update() {
        return new Update();
    }

    /** The catalog as the next checkpoint will have it; it counts once {@link #commit} is called. */
    final class Update {
        private final Bucket[] changed = new Bucket[BUCKETS];

        private Bucket bucket(UUID tenant) {
            int b = bucketOf(tenant);
            Bucket bucket = changed[b];
            if (bucket == null) {
                bucket = buckets.get(b).copy();
                changed[b] = bucket;
            }
            return bucket;
        }

        void put(TenantRecord tenant) {
            bucket(tenant.tenant()).tenants().put(tenant.tenant(), tenant);
        }

        void removeTenant(UUID tenant) {
            bucket(tenant).tenants().remove(tenant);
        }

        void put(CollectionRecord collection) {
            bucket(collection.tenant()).collections().put(collection.collection(), collection);
        }

        void removeCollection(UUID tenant, UUID collection) {
            bucket(tenant).collections().remove(collection);
        }

        /** Writes the changed buckets; false if there are none. */
        boolean write(long checkpoint) {
            for (int b = 0; b < BUCKETS; b++) {
                Bucket bucket = changed[b];
                if (bucket != null) {
                    CatalogRecord record = new CatalogRecord(
                            List.copyOf(bucket.tenants().values()),
                            List.copyOf(bucket.collections().values()));
                    ManifestFile.write(
                            ManifestFile.numbered(layout.catalog(), PREFIX + b, checkpoint),
                            ManifestFile.Kind.CATALOG,
                            out -> Records.catalog(out, record));
                }
            }
            return Arrays.stream(changed).anyMatch(bucket -> bucket != null);
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
                Bucket bucket = changed[b];
                if (bucket != null) {
                    buckets.set(b, bucket);
                    numbers.set(b, checkpoint);
                    ManifestFile.settle(layout.catalog(), PREFIX + b, checkpoint);
                }
            }
        }
    }
}
