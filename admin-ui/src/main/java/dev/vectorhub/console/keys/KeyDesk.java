package dev.vectorhub.console.keys;

import dev.vectorhub.apikey.ApiKeyService;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.KeyView;
import dev.vectorhub.apikey.NewKey;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Page;
import dev.vectorhub.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

/** What members do with their tenant's keys. Each call admits the viewer to the tenant anew. */
@ApplicationScoped
public class KeyDesk {
    /** Revoked keys stay listed; beyond this many the oldest are left out. */
    private static final int KEYS_MAX = 2_000;

    private final Admissions admissions;
    private final ApiKeyService keys;
    private final Clock clock;

    @Inject
    public KeyDesk(Admissions admissions, ApiKeyService keys, Clock clock) {
        this.admissions = admissions;
        this.keys = keys;
        this.clock = clock;
    }

    public List<KeyView> list(Viewer viewer, TenantId tenant) {
        admissions.member(viewer, tenant);
        return all(keys, tenant);
    }

    /** All keys of a tenant, newest first; the service bounds how many there can be. */
    public static List<KeyView> all(ApiKeyService keys, TenantId tenant) {
        List<KeyView> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<KeyView> page = keys.page(tenant, cursor, Page.LIMIT_MAX);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null && all.size() < KEYS_MAX);
        return all;
    }

    public IssuedKey issue(Viewer viewer, TenantId tenant, NewKey wanted) {
        Actor actor = admissions.member(viewer, tenant);
        return keys.issue(tenant, wanted, actor);
    }

    /** A key that makes the quickstart's programs run, and dies by itself. */
    public IssuedKey issueForQuickstart(Viewer viewer, TenantId tenant) {
        Actor actor = admissions.member(viewer, tenant);
        NewKey wanted = new NewKey(
                "Quickstart",
                EnumSet.of(KeyScope.READ, KeyScope.WRITE),
                List.of(),
                KeyLifetime.DAYS_30.expiry(clock.instant()));
        return keys.issue(tenant, wanted, actor);
    }

    public void revoke(Viewer viewer, TenantId tenant, UUID key, String reason) {
        Actor actor = admissions.member(viewer, tenant);
        keys.revoke(tenant, key, actor, reason);
    }
}
