package dev.vectorhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.apikey.ApiKeyService;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.apikey.KeyAuthentication;
import dev.vectorhub.apikey.KeyAuthenticator;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.NewKey;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.event.EventSubscriber;
import dev.vectorhub.plan.PlanSeeder;
import dev.vectorhub.ratelimit.RateLimitDecision;
import dev.vectorhub.ratelimit.RateLimiter;
import dev.vectorhub.servers.TestDatabase;
import dev.vectorhub.servers.TestServers;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the container finds and wires the module's beans, as an application would have them: index, settings, events. */
@QuarkusTest
@QuarkusTestResource(value = ControlBeansIT.Database.class, restrictToAnnotatedClass = true)
class ControlBeansIT {
    @Inject
    PlanSeeder seeder;

    @Inject
    TenantService tenants;

    @Inject
    ApiKeyService keys;

    @Inject
    KeyAuthenticator authenticator;

    @Inject
    RateLimiter limiter;

    @Inject
    CollectionService collections;

    @Inject
    @All
    List<EventSubscriber> subscribers;

    /** A fresh database, migrated by the container. */
    public static final class Database implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            TestDatabase database = TestServers.postgres();
            return Map.of(
                    "quarkus.datasource.jdbc.url", database.url(),
                    "quarkus.datasource.username", database.appUser(),
                    "quarkus.datasource.password", database.appPassword(),
                    "quarkus.flyway.username", database.ownerUser(),
                    "quarkus.flyway.password", database.ownerPassword(),
                    "hub.tenant_limits.team.max_collections", "3",
                    "hub.tenant_isolation", "storage");
        }

        @Override
        public void stop() {
            // The server ends with the JVM.
        }
    }

    @Test
    void aRequestPassesAllTheBeansOnItsWay() throws InterruptedException {
        assertTrue(subscribers.contains(authenticator) && subscribers.contains(collections));
        seeder.seed();
        TenantId tenant = tenants.create(
                        new NewTenant("Acme", null, null, "team", null, TenantState.PROVISIONING), Control.OPERATOR)
                .id();
        tenants.transition(tenant, TenantState.ACTIVE, Change.by(Control.OPERATOR, "placed"));
        IssuedKey key = keys.issue(tenant, new NewKey("k", Set.of(KeyScope.READ), List.of(), null), Control.OPERATOR);
        KeyAuthentication.Authenticated authenticated =
                assertInstanceOf(KeyAuthentication.Authenticated.class, authenticator.authenticate(key.secret()));
        assertEquals(3, authenticated.scope().limits().maxCollections());
        assertEquals("STORAGE", authenticated.scope().isolation().name());
        assertInstanceOf(RateLimitDecision.Allowed.class, limiter.tryConsume(authenticated.scope(), 1));
        assertEquals(List.of(), collections.list(authenticated.scope()));

        keys.revoke(tenant, key.key().id(), Control.OPERATOR, "leaked");
        long end = System.nanoTime() + 8_000_000_000L;
        while (authenticator.authenticate(key.secret()) instanceof KeyAuthentication.Authenticated) {
            assertTrue(System.nanoTime() < end, "no news of the revocation came through");
            Thread.sleep(5);
        }
    }
}
