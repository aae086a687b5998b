package dev.vectorhub.engine.node;

import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.FrozenTenant;
import dev.vectorhub.engine.core.collection.FrozenCollection;
import dev.vectorhub.engine.node.codec.ModelCodec;
import dev.vectorhub.engine.wire.BackupWriter;
import dev.vectorhub.engine.wire.v1.BackupCollection;
import dev.vectorhub.engine.wire.v1.BackupHeader;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.FieldIndexInfo;
import dev.vectorhub.engine.wire.v1.FieldType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;

/** Writes the backup of a tenant, hot: all its collections as they stand at one log index. */
final class Backup {
    private static final int COLLECTIONS_MAX = 100_000;

    private Backup() {}

    static void write(EngineStore store, String nodeId, BackupRequest request, OutputStream out) throws IOException {
        UUID tenant = ModelCodec.uuid(request.getTenant(), "a tenant id");
        ModelCodec.bound(request.getCollectionsCount(), COLLECTIONS_MAX, "collections");
        List<UUID> only = request.getCollectionsList().stream()
                .map(id -> ModelCodec.uuid(id, "a collection id"))
                .toList();
        try (FrozenTenant frozen = store.freeze(tenant, only)) {
            var writer = new BackupWriter(
                    out,
                    BackupHeader.newBuilder()
                            .setTenant(request.getTenant())
                            .setLogIndex(frozen.index())
                            .setCreatedEpochMillis(System.currentTimeMillis())
                            .setNodeId(nodeId)
                            .setNote(request.getNote())
                            .build());
            for (FrozenCollection collection : frozen.collections()) {
                writer.collection(describe(collection));
                collection.forEach(point -> writer.point(ModelCodec.point(point)));
            }
            writer.end();
        }
    }

    private static BackupCollection describe(FrozenCollection collection) {
        var described = BackupCollection.newBuilder()
                .setCollection(ModelCodec.uuid(collection.id()))
                .setSpec(ModelCodec.collection(collection.config()))
                .setPoints(collection.points());
        collection
                .fields()
                .forEach((key, field) -> described.addFields(FieldIndexInfo.newBuilder()
                        .setKey(key)
                        .setType(FieldType.valueOf(field.type().name()))
                        .setParams(ModelCodec.fieldParams(field))));
        return described.build();
    }
}
