package dev.vectorhub.billing.usage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import javax.sql.DataSource;

/** Turns samples of what is stored into byte-hours and vector-hours in the ledger. */
@Singleton
public final class StorageGaugeService {
    private final DataSource dataSource;

    @Inject
    public StorageGaugeService(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Records one collection's sample. A sample at or before the newest one known is ignored. */
    public void record(UUID tenantId, UUID collectionId, long points, long logicalBytes, Instant at) {
        recordAll(tenantId, java.util.List.of(new StorageSample(collectionId, points, logicalBytes)), false, at);
    }

    /** Records all collections of a tenant; with {@code complete}, a known collection not among them now holds nothing. */
    public void recordAll(UUID tenantId, Collection<StorageSample> samples, boolean complete, Instant at) {
        throw new UnsupportedOperationException(dataSource.toString());
    }
}
