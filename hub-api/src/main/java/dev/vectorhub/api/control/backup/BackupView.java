package dev.vectorhub.api.control.backup;

import dev.vectorhub.backup.Backup;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A backup as the API shows it. */
@Schema(name = "Backup")
record BackupView(
        UUID id,
        UUID tenant,
        Backup.State state,
        String label,
        String requestedBy,
        long collections,
        long points,

        @Schema(description = "Of the file; while it is WRITING, so far")
        long bytes,

        @Schema(description = "About how large it will be; 0 before it is begun")
        long bytesExpected,

        @Schema(description = "SHA-256 of the file") @Nullable
        String sha256,

        @Schema(description = "Why the last try failed") @Nullable
        String error,

        int attempts,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    static BackupView of(Backup backup) {
        return new BackupView(
                backup.id(),
                backup.tenant().value(),
                backup.state(),
                backup.label(),
                backup.requestedBy(),
                backup.collections(),
                backup.points(),
                backup.bytes(),
                backup.bytesExpected(),
                backup.sha256(),
                backup.error(),
                backup.attempts(),
                backup.createdAt(),
                backup.finishedAt());
    }
}
