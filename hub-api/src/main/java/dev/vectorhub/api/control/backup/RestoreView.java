package dev.vectorhub.api.control.backup;

import dev.vectorhub.backup.Restoration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A restore as the API shows it. */
@Schema(name = "Restore")
record RestoreView(
        UUID id,

        @Schema(description = "Into whom") UUID tenant,

        UUID backup,
        Restoration.State state,
        String prefix,
        String requestedBy,
        long collections,
        Done points,

        @Schema(description = "Why the last try failed") @Nullable
        String error,

        int attempts,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** So many of so many. */
    @Schema(name = "Restored")
    record Done(long done, long total) {}

    static RestoreView of(Restoration restore) {
        return new RestoreView(
                restore.id(),
                restore.tenant().value(),
                restore.backup(),
                restore.state(),
                restore.prefix(),
                restore.requestedBy(),
                restore.collections(),
                new Done(restore.pointsDone(), restore.points()),
                restore.error(),
                restore.attempts(),
                restore.createdAt(),
                restore.finishedAt());
    }
}
