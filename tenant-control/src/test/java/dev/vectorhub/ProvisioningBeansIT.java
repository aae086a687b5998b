package dev.vectorhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.identity.IdentityEraser;
import dev.vectorhub.identity.MemberService;
import dev.vectorhub.node.NodeMonitor;
import dev.vectorhub.node.NodeService;
import dev.vectorhub.node.StorageObserver;
import dev.vectorhub.placement.PlacementReconciler;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.plan.PlanSeeder;
import dev.vectorhub.servers.TestDatabase;
import dev.vectorhub.servers.TestServers;
import dev.vectorhub.signup.Completion;
import dev.vectorhub.signup.SignupReconciler;
import dev.vectorhub.signup.SignupRequest;
import dev.vectorhub.signup.SignupService;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** That the container finds and wires identity, signup, placement and nodes; the identity provider is out of reach. */
@QuarkusTest
@QuarkusTestResource(value = ProvisioningBeansIT.Surroundings.class, restrictToAnnotatedClass = true)
class ProvisioningBeansIT {
    @Inject
    PlanSeeder seeder;

    @Inject
    TenantService tenants;

    @Inject
    SignupService signups;

    @Inject
    SignupReconciler signupReconciler;

    @Inject
    PlacementReconciler placementReconciler;

    @Inject
    PlacementService placements;

    @Inject
    NodeService nodes;

    @Inject
    NodeMonitor monitor;

    @Inject
    MemberService members;

    @Inject
    IdentityEraser eraser;

    @Inject
    Instance<EngineClient> engine;

    /** A fresh database, an engine that is not real, and an identity provider that is not there. */
    public static final class Surroundings implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            TestDatabase database = TestServers.postgres();
            return Map.of(
                    "quarkus.datasource.jdbc.url", database.url(),
                    "quarkus.datasource.username", database.appUser(),
                    "quarkus.datasource.password", database.appPassword(),
                    "quarkus.flyway.username", database.ownerUser(),
                    "quarkus.flyway.password", database.ownerPassword(),
                    "hub.engine.node-id", "beans");
        }

        @Override
        public void stop() {
            // The server ends with the JVM.
        }
    }

    /** An observer that an application would bring. */
    @Singleton
    public static class Told implements StorageObserver {
        final List<String> nodes = new CopyOnWriteArrayList<>();

        @Override
        public void observed(String node, List<TenantStats> stats, Instant at) {
            nodes.add(node);
        }
    }

    @Inject
    Told told;

    @Test
    void aTenantIsPlacedByTheBeansOfTheContainer() {
        seeder.seed();
        assertEquals(1, monitor.runOnce());
        assertEquals(List.of("beans"), told.nodes);
        assertEquals("beans", nodes.list().getFirst().id());
        TenantId tenant = tenants.create(
                        new NewTenant("Acme", null, null, "free", null, TenantState.PROVISIONING), Control.OPERATOR)
                .id();
        assertEquals(1, placementReconciler.runOnce());
        assertEquals(TenantState.ACTIVE, tenants.get(tenant).state());
        assertEquals("beans", placements.find(tenant).orElseThrow().placement().node());
        assertEquals("fake", engine.get().status("beans").getKernel());
        assertTrue(members.of(tenant).isEmpty());
        assertEquals(0, eraser.runOnce());

        signups.signup(new SignupRequest("Beans", "b@acme.example", "correct horse 7", null, null), "203.0.113.1");
        assertEquals(0, signupReconciler.runOnce(), "the request's own thread is at it, or the provider is gone");
        assertInstanceOf(
                Completion.Unknown.class, signups.complete(UUID.randomUUID().toString()));
    }
}
