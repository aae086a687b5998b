package dev.vectorhub.backup;

import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backup of all collections of a tenant, as they stood at one log index.
 *
 * @param label what whoever asked for it calls it; may be empty
 * @param bytes of the file, written so far while it is being written
 * @param bytesExpected about how large it will be; 0 before it is begun
 * @param sha256 of the file, lower-case hexadecimal; null until it is ready
 * @param error why the last try failed; null if it did not
 */
public record Backup(
        UUID id,
        TenantId tenant,
        State state,
        String label,
        String requestedBy,
        long collections,
        long points,
        long bytes,
        long bytesExpected,
        @Nullable Long logIndex,
        @Nullable String sha256,
        @Nullable String error,
        int attempts,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    public enum State {
        REQUESTED,
        WRITING,
        READY,
        /** Given up after several tries. */
        FAILED,
        DELETING
    }
}
