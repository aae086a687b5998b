package dev.vectorhub.apikey;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it may be shown: everything but the secret.
 *
 * @param prefix how the key begins, enough to recognise it: {@code vhk_live_7n42…}
 * @param requestsPerMinute its own limit; null where only the tenant's binds it
 * @param rotates the key that it replaces
 * @param lastUsedAt up to a minute behind
 */
public record KeyView(
        UUID id,
        String name,
        String prefix,
        Set<KeyScope> scopes,
        List<String> collectionPatterns,
        @Nullable Long requestsPerMinute,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable UUID rotates,
        @Nullable Instant lastUsedAt) {

    /** Whether a request with it would pass now, as far as the key itself has a say. */
    public boolean usableAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
