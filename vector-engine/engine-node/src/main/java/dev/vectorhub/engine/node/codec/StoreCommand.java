package dev.vectorhub.engine.node.codec;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.PointSelector;
import dev.vectorhub.engine.core.UpsertMode;
import dev.vectorhub.engine.core.VectorConfig;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A decoded command. */
public sealed interface StoreCommand {

    /**
     * Applies it.
     *
     * @param index of its log entry
     * @return points written or removed
     * @throws dev.vectorhub.engine.core.StoreException if it is refused
     */
    int applyTo(EngineStore store, long index);

    record PlaceTenant(UUID tenant, long generation, UUID commandId, IsolationMode mode) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            store.placeTenant(index, tenant, generation, commandId, mode);
            return 0;
        }
    }

    record DropTenant(UUID tenant, long generation, UUID commandId) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            store.dropTenant(index, tenant, generation, commandId);
            return 0;
        }
    }

    record CreateCollection(UUID tenant, UUID collection, CollectionConfig config) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            store.createCollection(index, tenant, collection, config);
            return 0;
        }
    }

    record DropCollection(UUID tenant, UUID collection) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            store.dropCollection(index, tenant, collection);
            return 0;
        }
    }

    /**
     * Changes what a graph is built like.
     *
     * @param vectors changes of single vectors, by name
     */
    record UpdateCollection(UUID tenant, UUID collection, HnswConfig hnsw, Map<String, HnswConfig> vectors)
            implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            store.updateCollection(index, tenant, collection, hnsw, vectors);
            return 0;
        }
    }

    record AddVector(UUID tenant, UUID collection, VectorConfig vector) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            store.addVector(index, tenant, collection, vector);
            return 0;
        }
    }

    record RemoveVector(UUID tenant, UUID collection, String name) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            store.removeVector(index, tenant, collection, name);
            return 0;
        }
    }

    record Upsert(
            UUID tenant,
            UUID collection,
            List<PointRecord> points,
            UpsertMode mode,
            @Nullable Filter condition,
            Ceilings ceilings)
            implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            return store.upsert(index, tenant, collection, points, mode, condition, ceilings);
        }
    }

    record UpdateVectors(
            UUID tenant,
            UUID collection,
            List<PointRecord> points,
            @Nullable Filter condition,
            Ceilings ceilings) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            return store.updateVectors(index, tenant, collection, points, condition, ceilings);
        }
    }

    record DeleteVectors(UUID tenant, UUID collection, PointSelector selector, List<String> names)
            implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            return store.deleteVectors(index, tenant, collection, selector, names);
        }
    }

    record DeletePoints(UUID tenant, UUID collection, PointSelector selector) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            return store.deletePoints(index, tenant, collection, selector);
        }
    }

    /**
     * Merges into, or replaces, the payload of the selected points.
     *
     * @param payload a JSON object in UTF-8
     */
    record SetPayload(
            UUID tenant,
            UUID collection,
            PointSelector selector,
            ByteString payload,
            boolean overwrite,
            String key,
            Ceilings ceilings)
            implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            return store.setPayload(
                    index, tenant, collection, selector, payload.toByteArray(), overwrite, key, ceilings);
        }
    }

    record DeletePayload(UUID tenant, UUID collection, PointSelector selector, List<String> keys)
            implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            return store.deletePayload(index, tenant, collection, selector, keys);
        }
    }

    record ClearPayload(UUID tenant, UUID collection, PointSelector selector) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            return store.clearPayload(index, tenant, collection, selector);
        }
    }

    record CreateFieldIndex(UUID tenant, UUID collection, String key, FieldSpec spec) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            store.createFieldIndex(index, tenant, collection, key, spec);
            return 0;
        }
    }

    record DeleteFieldIndex(UUID tenant, UUID collection, String key) implements StoreCommand {
        @Override
        public int applyTo(EngineStore store, long index) {
            store.deleteFieldIndex(index, tenant, collection, key);
            return 0;
        }
    }
}
