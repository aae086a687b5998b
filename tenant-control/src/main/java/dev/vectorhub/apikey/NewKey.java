package dev.vectorhub.apikey;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key is to be.
 *
 * @param name what its owner calls it, 1 to 200 characters
 * @param scopes at least one
 * @param collectionPatterns globs with {@code *} and {@code ?}, at most 50 of 255 characters; empty means all collections
 * @param expiresAt null for never
 * @param requestsPerMinute a limit of its own, at least 1, beside its tenant's; null for none
 */
public record NewKey(
        String name,
        Set<KeyScope> scopes,
        List<String> collectionPatterns,
        @Nullable Instant expiresAt,
        @Nullable Long requestsPerMinute) {

    /** A key that only its tenant's limit binds. */
    public NewKey(String name, Set<KeyScope> scopes, List<String> collectionPatterns, @Nullable Instant expiresAt) {
        this(name, scopes, collectionPatterns, expiresAt, null);
    }

    public NewKey {
        scopes = Set.copyOf(scopes);
        collectionPatterns = List.copyOf(collectionPatterns);
    }
}
