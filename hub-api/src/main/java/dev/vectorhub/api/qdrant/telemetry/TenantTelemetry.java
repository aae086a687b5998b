package dev.vectorhub.api.qdrant.telemetry;

import com.google.protobuf.ByteString;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantRequests;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.collection.CollectionOperations;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.engine.wire.v1.CollectionStats;
import dev.vectorhub.snapshot.SnapshotFolder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gathers what a tenant may know of itself. One question to the engine, however many collections there are. */
@Singleton
class TenantTelemetry {

    private final CollectionOperations collections;
    private final TenantEngine engine;
    private final TenantRequests requests;
    private final SnapshotFolder snapshots;

    @Inject
    TenantTelemetry(
            CollectionOperations collections, TenantEngine engine, TenantRequests requests, SnapshotFolder snapshots) {
        this.collections = collections;
        this.engine = engine;
        this.requests = requests;
        this.snapshots = snapshots;
    }

    /**
     * A collection that the key reaches.
     *
     * @param vectors as many as there would be if every point had all of them
     */
    record Held(CollectionHandle collection, long points, long vectors, long bytes) {}

    /** @param snapshotBytes of all of the tenant's snapshots */
    record State(List<Held> collections, Map<TenantRequests.Key, TenantRequests.Counted> requests, long snapshotBytes) {

        long points() {
            return collections.stream().mapToLong(Held::points).sum();
        }

        long vectors() {
            return collections.stream().mapToLong(Held::vectors).sum();
        }
    }

    State state(TenantCall call) {
        Map<UUID, CollectionStats> stats = new HashMap<>();
        for (CollectionStats one : engine.stats(call)) {
            stats.put(uuid(one.getCollection()), one);
        }
        List<Held> held = new ArrayList<>();
        for (CollectionHandle collection : collections.list(call)) {
            CollectionStats one = stats.getOrDefault(collection.id(), CollectionStats.getDefaultInstance());
            held.add(new Held(
                    collection,
                    one.getPoints(),
                    one.getPoints() * collection.spec().getVectorsCount(),
                    one.getLogicalBytes()));
        }
        return new State(
                held,
                requests.of(call.scope().tenant()),
                snapshots.bytes(call.scope().tenant()));
    }

    private static UUID uuid(ByteString bytes) {
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
