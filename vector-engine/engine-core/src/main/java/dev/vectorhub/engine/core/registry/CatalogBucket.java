package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.storage.CatalogRecord;
import dev.vectorhub.engine.core.storage.CatalogTotals;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.Records;
import dev.vectorhub.engine.core.storage.Slabs;
import dev.vectorhub.engine.core.storage.TenantRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A copy of a bucket that is being changed, with its sums kept right by what goes and what comes. */
final class CatalogBucket {
    private final Map<UUID, byte[]> tenants;
    private final Map<Long, Long> slabBytes;
    private final Set<UUID> unfinished;
    private CatalogTotals totals;

    CatalogBucket(CatalogRecord record) {
        this.tenants = new HashMap<>(record.tenants());
        this.slabBytes = new HashMap<>(record.slabBytes());
        this.unfinished = new HashSet<>(record.unfinished());
        this.totals = record.totals();
    }

    void put(TenantRecord tenant) {
        remove(tenant.tenant());
        tenants.put(tenant.tenant(), Records.tenant(tenant));
        totals = totals.plus(CatalogTotals.of(tenant));
        slabs(tenant).forEach((slab, bytes) -> slabBytes.merge(slab, bytes, Long::sum));
        if (tenant.unfinished()) {
            unfinished.add(tenant.tenant());
        }
    }

    void remove(UUID id) {
        byte[] bytes = tenants.remove(id);
        if (bytes != null) {
            TenantRecord before = Records.tenant(bytes);
            totals = totals.minus(CatalogTotals.of(before));
            slabs(before)
                    .forEach((slab, gone) -> slabBytes.computeIfPresent(
                            slab, (s, sum) -> sum == (long) gone ? null : Long.valueOf(sum - gone)));
            unfinished.remove(id);
        }
    }

    private static Map<Long, Long> slabs(TenantRecord tenant) {
        Map<Long, Long> bytes = new HashMap<>();
        for (CollectionEntry entry : tenant.collections()) {
            if (entry.packed()) {
                Slabs.count(entry.record(), bytes);
            }
        }
        return bytes;
    }

    /** Not to be changed any more after. */
    CatalogRecord record() {
        return new CatalogRecord(totals, slabBytes, unfinished, tenants);
    }
}
