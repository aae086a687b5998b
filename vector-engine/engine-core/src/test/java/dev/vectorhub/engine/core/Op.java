package dev.vectorhub.engine.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A command of a test script, small enough to print. */
sealed interface Op {
    record Place(UUID tenant, long generation, UUID commandId, IsolationMode mode) implements Op {}

    record DropTenant(UUID tenant, long generation, UUID commandId) implements Op {}

    record Create(UUID tenant, UUID collection, CollectionConfig config) implements Op {}

    record Drop(UUID tenant, UUID collection) implements Op {}

    record Update(UUID tenant, UUID collection, HnswConfig hnsw) implements Op {}

    record AddVector(UUID tenant, UUID collection, VectorConfig vector) implements Op {}

    record RemoveVector(UUID tenant, UUID collection, String name) implements Op {}

    record Upsert(
            UUID tenant,
            UUID collection,
            List<PointRecord> points,
            UpsertMode mode,
            @Nullable Filter condition,
            Ceilings ceilings)
            implements Op {}

    record UpdateVectors(
            UUID tenant,
            UUID collection,
            List<PointRecord> points,
            @Nullable Filter condition,
            Ceilings ceilings) implements Op {}

    record DeleteVectors(UUID tenant, UUID collection, PointSelector selector, List<String> names) implements Op {}

    record Delete(UUID tenant, UUID collection, PointSelector selector) implements Op {}

    record SetPayload(
            UUID tenant, UUID collection, PointSelector selector, String payload, boolean overwrite, String key)
            implements Op {}

    record DeletePayload(UUID tenant, UUID collection, PointSelector selector, List<String> keys) implements Op {}

    record ClearPayload(UUID tenant, UUID collection, PointSelector selector) implements Op {}

    record PutField(UUID tenant, UUID collection, String key, FieldType type) implements Op {}

    record RemoveField(UUID tenant, UUID collection, String key) implements Op {}

    /** Not in the log. */
    record Checkpoint() implements Op {}

    /** Not in the log: the process ends without a checkpoint, the next one replays. */
    record Reopen() implements Op {}
}
