package dev.vectorhub.engine.core.storage;

/** Sums over tenants. */
public record CatalogTotals(long tenants, long collections, long points, long diskBytes) {
    public static final CatalogTotals ZERO = new CatalogTotals(0, 0, 0, 0);

    public static CatalogTotals of(TenantRecord tenant) {
        long points = 0;
        long disk = 0;
        for (CollectionEntry entry : tenant.collections()) {
            points += entry.record().points();
            disk += entry.diskBytes();
        }
        return new CatalogTotals(1, tenant.collections().size(), points, disk);
    }

    public CatalogTotals plus(CatalogTotals other) {
        return new CatalogTotals(
                tenants + other.tenants,
                collections + other.collections,
                points + other.points,
                diskBytes + other.diskBytes);
    }

    public CatalogTotals minus(CatalogTotals other) {
        return new CatalogTotals(
                tenants - other.tenants,
                collections - other.collections,
                points - other.points,
                diskBytes - other.diskBytes);
    }
}
