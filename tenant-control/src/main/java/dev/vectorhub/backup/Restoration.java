package dev.vectorhub.backup;

import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collections of a backup on their way into a tenant.
 *
 * @param tenant into whom
 * @param prefix before each collection's name; may be empty
 * @param points of the backup
 * @param pointsDone written so far
 * @param error why the last try failed; null if it did not
 */
public record Restoration(
        UUID id,
        TenantId tenant,
        UUID backup,
        State state,
        String prefix,
        String requestedBy,
        long collections,
        long points,
        long pointsDone,
        @Nullable String error,
        int attempts,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    public enum State {
        REQUESTED,
        WRITING,
        DONE,
        /** Given up; nothing of it is left. */
        FAILED
    }
}
