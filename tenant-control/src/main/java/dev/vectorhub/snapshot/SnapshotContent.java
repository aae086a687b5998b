package dev.vectorhub.snapshot;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.BackupException;
import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.engine.wire.v1.BackupCollection;
import dev.vectorhub.engine.wire.v1.BackupHeader;
import dev.vectorhub.engine.wire.v1.BackupPoints;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed file holds: one collection.
 *
 * @param collection its id in the backup
 * @param configJson as the catalog had it
 * @param checksum SHA-256 of the file
 */
record SnapshotContent(ByteString collection, CollectionSpec spec, String configJson, String checksum) {

    /**
     * Reads all of it, and closes it.
     *
     * @throws BackupException if it is no sound snapshot
     */
    static SnapshotContent read(SealedInput in) throws IOException {
        Finder finder = new Finder();
        try (in) {
            BackupReader.Summary summary = BackupReader.read("the snapshot", in, finder);
            String checksum = in.checkSeal();
            BackupCollection found = finder.found;
            if (found == null || summary.collections() != 1) {
                throw new BackupException("it holds " + summary.collections() + " collections", null);
            }
            return new SnapshotContent(
                    found.getCollection(),
                    found.getSpec(),
                    summary.header().getNote().toStringUtf8(),
                    checksum);
        }
    }

    private static final class Finder implements BackupReader.Visitor {
        private @Nullable BackupCollection found;

        @Override
        public void header(BackupHeader header) {}

        @Override
        public void collection(BackupCollection collection) {
            found = collection;
        }

        @Override
        public void points(BackupPoints points) {}
    }
}
