package dev.vectorhub.backup;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.BackupException;
import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.engine.wire.v1.BackupCollection;
import dev.vectorhub.engine.wire.v1.BackupHeader;
import dev.vectorhub.engine.wire.v1.BackupPoints;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What a backup file holds, by the names of its note.
 *
 * @param named those that have a name and are in the file
 */
record Contents(List<BackupNote.Named> named, Map<UUID, CollectionSpec> specs) {

    CollectionSpec spec(UUID collection) {
        return Objects.requireNonNull(specs.get(collection));
    }

    /**
     * Reads all of the file, and with it every checksum.
     *
     * @throws BackupException naming it, if it is damaged
     */
    static Contents read(Path file) throws IOException {
        Map<UUID, CollectionSpec> specs = new HashMap<>();
        BackupReader.Summary summary = BackupReader.read(file, new BackupReader.Visitor() {
            @Override
            public void header(BackupHeader header) {}

            @Override
            public void collection(BackupCollection collection) throws IOException {
                ByteString id = collection.getCollection();
                if (id.size() != EngineIds.BYTES) {
                    throw new BackupException(file + " has a collection without an id", null);
                }
                specs.put(
                        EngineIds.uuid(id),
                        // of its new tenant, the placement decides
                        collection.getSpec().toBuilder().clearIsolation().build());
            }

            @Override
            public void points(BackupPoints points) {}
        });
        List<BackupNote.Named> named =
                BackupNote.decode(file.toString(), summary.header().getNote()).collections();
        return new Contents(
                named.stream().filter(one -> specs.containsKey(one.id())).toList(), Map.copyOf(specs));
    }
}
