package dev.vectorhub.snapshot;

import com.google.protobuf.ByteString;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.collection.CollectionReplacement;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.BackupException;
import dev.vectorhub.engine.wire.v1.Ceilings;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what a sealed file holds in a collection's place. */
@Singleton
class SnapshotRestore {
    private final Seal seal;
    private final SnapshotRoom room;
    private final CollectionService collections;
    private final CollectionReplacement replacement;
    private final Instance<EngineClient> engine;

    @Inject
    SnapshotRestore(
            Seal seal,
            SnapshotRoom room,
            CollectionService collections,
            CollectionReplacement replacement,
            Instance<EngineClient> engine) {
        this.seal = seal;
        this.room = room;
        this.collections = collections;
        this.replacement = replacement;
        this.engine = engine;
    }

    /**
     * Reads all of the file before it changes anything.
     *
     * @param checksum that the file must have; null for any
     * @throws ProblemException {@code malformed-request} for a file that is no sound snapshot of the tenant's; and as
     *     {@link CollectionReplacement#replace}
     */
    CollectionHandle run(TenantScope scope, String name, Path file, @Nullable String checksum) throws IOException {
        TenantId tenant = scope.tenant();
        SnapshotContent content;
        try {
            content = SnapshotContent.read(open(tenant, file));
        } catch (BackupException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "No sound snapshot: " + e.getMessage());
        }
        if (checksum != null && !checksum.equalsIgnoreCase(content.checksum())) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "Snapshot checksum mismatch: the file's is " + content.checksum());
        }
        Optional<CollectionHandle> present = collections.find(scope, name);
        Ceilings ceilings = room.ceilings(scope, room.bytes(tenant, present));
        return replacement.replace(
                scope,
                present.map(CollectionHandle::name).orElse(name),
                content.spec(),
                content.configJson(),
                (id, atWork) ->
                        fill(tenant, file, Map.of(content.collection(), SnapshotRoom.bytes(id)), ceilings, atWork));
    }

    private void fill(TenantId tenant, Path file, Map<ByteString, ByteString> ids, Ceilings ceilings, Runnable atWork)
            throws IOException {
        try (SealedInput sealed = open(tenant, file)) {
            engine.get()
                    .restore(
                            "the snapshot",
                            sealed,
                            SnapshotRoom.bytes(tenant.value()),
                            ids,
                            ceilings,
                            points -> atWork.run());
            // It was sound a moment ago; if it is another file by now, its points must not take the name.
            sealed.checkSeal();
        }
    }

    private SealedInput open(TenantId tenant, Path file) throws IOException {
        return new SealedInput(file, seal.begin(tenant), SnapshotFolder.sha256());
    }
}
