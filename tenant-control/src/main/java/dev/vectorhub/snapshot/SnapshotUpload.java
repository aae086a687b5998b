package dev.vectorhub.snapshot;

import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.TenantScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A snapshot that a client sends. Closed by whoever began it, unless {@link #recover} takes it; the file is gone then. */
public final class SnapshotUpload implements AutoCloseable {
    private final TenantScope scope;
    private final String name;
    private final SnapshotJobs.Place place;
    private final Path file;
    private final long bytesMax;
    private final SnapshotRestore restore;
    private final SnapshotRoom room;

    SnapshotUpload(
            TenantScope scope,
            String name,
            SnapshotJobs.Place place,
            Path file,
            long bytesMax,
            SnapshotRestore restore,
            SnapshotRoom room) {
        this.scope = scope;
        this.name = name;
        this.place = place;
        this.file = file;
        this.bytesMax = bytesMax;
        this.restore = restore;
        this.room = room;
    }

    /** Where the bytes go; the file is there, empty. */
    public Path file() {
        return file;
    }

    /** Where other files of the same request go; emptied at each start. */
    public Path folder() {
        return Objects.requireNonNull(file.getParent());
    }

    /** More than these the tenant may not store. */
    public long bytesMax() {
        return bytesMax;
    }

    /** The refusal of a file that has more. */
    public ProblemException tooLarge() {
        return room.exceeded(scope, bytesMax + 1);
    }

    /** As {@link SnapshotService#recover}. */
    public CompletableFuture<CollectionHandle> recover(@Nullable String checksum) {
        return place.run(() -> {
            try (this) {
                return restore.run(scope, name, file, checksum);
            }
        });
    }

    @Override
    public void close() throws IOException {
        place.close();
        Files.deleteIfExists(file);
    }
}
