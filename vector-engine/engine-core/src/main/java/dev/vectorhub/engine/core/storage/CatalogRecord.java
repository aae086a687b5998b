package dev.vectorhub.engine.core.storage;

import java.util.List;

/** A bucket of the catalog: tenants whose manifests are shared, and the collections that lie in slabs. */
public record CatalogRecord(List<TenantRecord> tenants, List<CollectionRecord> collections) {
    public CatalogRecord {
        tenants = List.copyOf(tenants);
        collections = List.copyOf(collections);
    }
}
