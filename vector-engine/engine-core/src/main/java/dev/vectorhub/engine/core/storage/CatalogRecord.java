package dev.vectorhub.engine.core.storage;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A bucket of the catalog. Tenants stay as the bytes of their {@link TenantRecord} until they are used, so that a start reads
 * a bucket without looking into it, and a tenant that nobody uses costs no more than its bytes.
 *
 * @param slabBytes live bytes that the bucket's collections have in each slab
 * @param unfinished tenants with background work to do, which have to be woken at the start
 */
public record CatalogRecord(
        CatalogTotals totals, Map<Long, Long> slabBytes, Set<UUID> unfinished, Map<UUID, byte[]> tenants) {
    public static final CatalogRecord EMPTY = new CatalogRecord(CatalogTotals.ZERO, Map.of(), Set.of(), Map.of());
}
