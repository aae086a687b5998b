package dev.vectorhub.snapshot;

import com.google.protobuf.ByteString;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.v1.Ceilings;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.InfoRequest;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** How much a tenant may still store: points and snapshots count together. */
@Singleton
class SnapshotRoom {
    /** What snapshots leave free on their volume; the engine's log needs room before they do. */
    private static final long FREE_BYTES_MIN = 512L << 20;

    private final SnapshotFolder folder;
    private final Instance<EngineClient> engine;

    @Inject
    SnapshotRoom(SnapshotFolder folder, Instance<EngineClient> engine) {
        this.folder = folder;
        this.engine = engine;
    }

    /**
     * Bytes that the tenant may still store, and the volume hold.
     *
     * @param given bytes that become free in turn
     * @throws ProblemException {@code quota-exceeded} or {@code storage-full} where there are none
     */
    long left(TenantScope scope, long given) throws IOException {
        long disk = folder.usableBytes() - FREE_BYTES_MIN;
        if (disk <= 0) {
            throw new ProblemException(ProblemType.STORAGE_FULL, "No space left for snapshots");
        }
        long limit = scope.limits().maxStorageBytes();
        long used = used(scope.tenant());
        if (used - given >= limit) {
            throw exceeded(scope, used, 1);
        }
        return Math.min(disk, limit - used + given);
    }

    /** The refusal of so many bytes more. */
    ProblemException exceeded(TenantScope scope, long requested) {
        return exceeded(scope, used(scope.tenant()), requested);
    }

    private static ProblemException exceeded(TenantScope scope, long used, long requested) {
        return ProblemException.quotaExceeded(
                "max_storage_bytes", scope.limits().maxStorageBytes(), used, requested);
    }

    private long used(TenantId tenant) {
        long bytes = folder.bytes(tenant);
        TenantStatsRequest request =
                TenantStatsRequest.newBuilder().setTenant(bytes(tenant.value())).build();
        for (TenantStats stats : engine.get().tenantStats(request).getTenantsList()) {
            bytes += stats.getLogicalBytes();
        }
        return bytes;
    }

    /** Bytes of a collection's points, as the quota counts them. */
    long bytes(TenantId tenant, Optional<CollectionHandle> collection) {
        return collection
                .map(found -> engine.get()
                        .info(InfoRequest.newBuilder()
                                .setCollection(CollectionRef.newBuilder()
                                        .setTenant(bytes(tenant.value()))
                                        .setCollection(bytes(found.id())))
                                .build())
                        .getLogicalBytes())
                .orElse(0L);
    }

    /** What a restore may not pass: for a while there are both, the old points and the new. */
    Ceilings ceilings(TenantScope scope, long replacedBytes) {
        return Ceilings.newBuilder()
                .setPointsPerCollection(scope.limits().maxVectorsPerCollection())
                .setTenantBytes(
                        Math.max(1, scope.limits().maxStorageBytes() - folder.bytes(scope.tenant()) + replacedBytes))
                .build();
    }

    static ByteString bytes(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }
}
