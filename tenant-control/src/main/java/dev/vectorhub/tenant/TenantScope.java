package dev.vectorhub.tenant;

import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.plan.Limits;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that a request may know of its tenant: made once from the API key, then passed as an argument.
 *
 * @param organisation the tenant's display name
 * @param keyId the key that the request came with
 * @param scopes what the key permits
 * @param collectionPatterns globs of the collections that the key reaches; empty means all
 * @param keyRequestsPerMinute the key's own limit, below the tenant's; 0 for none
 */
public record TenantScope(
        TenantId tenant,
        String organisation,
        TenantState state,
        IsolationMode isolation,
        Limits limits,
        UUID keyId,
        Set<KeyScope> scopes,
        List<String> collectionPatterns,
        long keyRequestsPerMinute) {

    public TenantScope {
        scopes = Set.copyOf(scopes);
        collectionPatterns = List.copyOf(collectionPatterns);
    }

    public boolean has(KeyScope scope) {
        return scopes.contains(scope);
    }

    /**
     * Whether the key reaches the collection. A name that it does not reach is refused before anybody looks whether it
     * exists, so the refusal says nothing of that; it needs no disguise, as the key's holder belongs to this tenant.
     */
    public boolean reaches(String collection) {
        if (collectionPatterns.isEmpty()) {
            return true;
        }
        for (String pattern : collectionPatterns) {
            if (Glob.matches(pattern, collection)) {
                return true;
            }
        }
        return false;
    }
}
