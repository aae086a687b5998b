package dev.vectorhub.snapshot;

import com.google.protobuf.ByteString;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of a tenant's collections. They belong to the collection's name and outlive the collection, so that one that was
 * deleted can be had back. Bytes of snapshots count as the tenant's storage, beside its points.
 */
@Singleton
public class SnapshotService {
    private static final int BUFFER_BYTES = 1 << 18;

    /** A file has frames around what the quota counts. */
    private static final long FRAMES_BYTES = 1L << 20;

    private final SnapshotFolder folder;
    private final SnapshotJobs jobs;
    private final SnapshotRoom room;
    private final SnapshotRestore restore;
    private final Seal seal;
    private final CollectionService collections;
    private final Instance<EngineClient> engine;
    private final SecureRandom random;
    private final Clock clock;
    private final int perCollectionMax;

    @Inject
    SnapshotService(
            SnapshotFolder folder,
            SnapshotJobs jobs,
            SnapshotRoom room,
            SnapshotRestore restore,
            Seal seal,
            CollectionService collections,
            Instance<EngineClient> engine,
            SecureRandom random,
            Clock clock,
            @ConfigProperty(name = "hub.snapshot.max-per-collection", defaultValue = "10") int perCollectionMax) {
        this.folder = folder;
        this.jobs = jobs;
        this.room = room;
        this.restore = restore;
        this.seal = seal;
        this.collections = collections;
        this.engine = engine;
        this.random = random;
        this.clock = clock;
        this.perCollectionMax = perCollectionMax;
    }

    /**
     * Makes a snapshot of the collection as it stands at one moment, while reads and writes go on.
     *
     * @throws ProblemException {@code not-found}, {@code rate-limited}; the future fails with {@code quota-exceeded}
     *     (snapshots of the collection, or storage) and {@code storage-full}
     */
    public CompletableFuture<Snapshot> create(TenantScope scope, String name) {
        CollectionHandle collection = collections.get(scope, name);
        return jobs.place(scope.tenant()).run(() -> write(scope, collection));
    }

    /**
     * A collection's snapshots, oldest first.
     *
     * @throws ProblemException {@code not-found} where there is neither such a collection nor a snapshot of one
     */
    public List<Snapshot> list(TenantScope scope, String name) throws IOException {
        Optional<CollectionHandle> collection = collections.find(scope, name);
        List<Snapshot> found = scope.reaches(name) ? folder.list(scope.tenant(), named(collection, name)) : List.of();
        if (collection.isEmpty() && found.isEmpty()) {
            throw ProblemException.notFound("collection", name);
        }
        return found;
    }

    /** The file of a snapshot, to be sent as it is; empty where the tenant has none of the name. */
    public Optional<Path> file(TenantScope scope, String name, String snapshot) {
        return scope.reaches(name)
                ? folder.find(scope.tenant(), named(collections.find(scope, name), name), snapshot)
                : Optional.empty();
    }

    /** False where the tenant has none of the name. */
    public boolean delete(TenantScope scope, String name, String snapshot) throws IOException {
        return scope.reaches(name)
                && folder.delete(scope.tenant(), named(collections.find(scope, name), name), snapshot);
    }

    /**
     * Puts what a snapshot holds in the collection's place, or makes the collection.
     *
     * @param from the collection that the snapshot is of, which may be another
     * @param checksum SHA-256 that the file must have, in hexadecimal; null for any
     * @throws ProblemException {@code not-found}, {@code rate-limited}; the future fails with {@code malformed-request} for a
     *     file that is no sound snapshot of the tenant's, {@code quota-exceeded}, {@code conflict}
     */
    public CompletableFuture<CollectionHandle> recover(
            TenantScope scope, String name, String from, String snapshot, @Nullable String checksum) {
        Path file = file(scope, from, snapshot).orElseThrow(() -> ProblemException.notFound("snapshot", snapshot));
        return jobs.place(scope.tenant()).run(() -> restore.run(scope, name, file, checksum));
    }

    /**
     * Begins to receive a snapshot that takes the collection's place.
     *
     * @throws ProblemException {@code rate-limited}, {@code quota-exceeded}, {@code storage-full}
     */
    public SnapshotUpload upload(TenantScope scope, String name) throws IOException {
        SnapshotJobs.Place place = jobs.place(scope.tenant());
        boolean begun = false;
        try {
            long bytesMax = room.left(scope, room.bytes(scope.tenant(), collections.find(scope, name))) + FRAMES_BYTES;
            SnapshotUpload upload = new SnapshotUpload(scope, name, place, folder.incoming(), bytesMax, restore, room);
            begun = true;
            return upload;
        } finally {
            if (!begun) {
                place.close();
            }
        }
    }

    private static String named(Optional<CollectionHandle> collection, String name) {
        return collection.map(CollectionHandle::name).orElse(name);
    }

    private Snapshot write(TenantScope scope, CollectionHandle collection) throws IOException {
        TenantId tenant = scope.tenant();
        checkNumber(tenant, collection);
        long left = room.left(scope, 0);
        Path part = folder.incoming();
        try {
            String checksum = write(tenant, collection, part, left);
            String name = SnapshotNames.next(collection.name(), random.nextLong() >>> 1, clock.instant());
            // Another of the tenant's may have become whole meanwhile.
            synchronized (this) {
                checkNumber(tenant, collection);
                checkUnchanged(scope, collection);
                long bytes = Files.size(part);
                if (bytes > room.left(scope, 0)) {
                    throw room.exceeded(scope, bytes);
                }
                return folder.keep(part, tenant, collection.name(), name, checksum);
            }
        } catch (SealingOutput.TooLarge e) {
            throw room.exceeded(scope, left + 1);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What the engine saved and what the catalog says of it belong together. */
    private void checkUnchanged(TenantScope scope, CollectionHandle saved) {
        CollectionHandle now = collections.get(scope, saved.name());
        if (!now.id().equals(saved.id()) || now.version() != saved.version()) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "Collection `" + saved.name() + "` was changed meanwhile; try again");
        }
    }

    private void checkNumber(TenantId tenant, CollectionHandle collection) throws IOException {
        int present = folder.list(tenant, collection.name()).size();
        if (present >= perCollectionMax) {
            throw ProblemException.quotaExceeded("snapshots_per_collection", perCollectionMax, present, 1);
        }
    }

    private String write(TenantId tenant, CollectionHandle collection, Path part, long bytesMax) throws IOException {
        BackupRequest request = BackupRequest.newBuilder()
                .setTenant(SnapshotRoom.bytes(tenant.value()))
                .addCollections(SnapshotRoom.bytes(collection.id()))
                .setNote(ByteString.copyFromUtf8(collection.configJson()))
                .build();
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
            SealingOutput out = new SealingOutput(buffered, seal.begin(tenant), SnapshotFolder.sha256(), bytesMax);
            engine.get().backup(request, out);
            String checksum = out.seal();
            channel.force(true);
            return checksum;
        }
    }
}
