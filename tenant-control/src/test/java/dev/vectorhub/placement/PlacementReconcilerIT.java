package dev.vectorhub.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.Faults;
import dev.vectorhub.Problems;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.node.NodeState;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.signup.Provisioning;
import dev.vectorhub.signup.TestIdentities;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacementReconcilerIT {
    private static final Change CHANGE = Change.by(Control.OPERATOR, "test");
    private static final int POINTS_MAX = 200;

    private final Faults faults = new Faults();
    private final FakeNodes engines = new FakeNodes(faults, "a", "b", "c");
    private ControlDatabase database;
    private Provisioning hub;

    PlacementReconcilerIT() {
        database = ControlDatabase.fresh();
        hub = new Provisioning(database, faults, TestIdentities.inMemory(faults), engines, "http://localhost");
    }

    @BeforeEach
    void nodes() {
        engines.ids().forEach(this::register);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void killedBetweenAnyTwoStepsATenantBecomesActiveOnOneNode() {
        int kills = 0;
        for (int point = 1; point <= POINTS_MAX; point++) {
            TenantId tenant = provisioning().id();
            faults.arm(point);
            boolean killed = faults.kills(hub.reconciler::runOnce);
            converge();
            assertPlaced(tenant);
            if (!killed) {
                // The work has fewer points than this: all were tried.
                assertTrue(kills >= 12, "points: " + kills);
                return;
            }
            kills++;
        }
        throw new AssertionError("the work never ended");
    }

    @Test
    void killedBetweenAnyTwoStepsADeletedTenantIsErased() {
        for (int point = 1; point <= POINTS_MAX; point++) {
            TenantId tenant = provisioning().id();
            converge();
            hub.scoped.doAsSystem(tx ->
                    hub.members.add(tx, tenant, "s-" + tenant, "x@y.example", MemberRole.OWNER, Control.OPERATOR));
            hub.tenants.delete(tenant, CHANGE, 7);
            hub.clock.advance(Duration.ofDays(7).plusSeconds(1));
            beat();
            faults.arm(point);
            boolean killed = faults.kills(hub.reconciler::runOnce);
            converge();

            Tenant erased = hub.tenants.get(tenant);
            assertEquals(TenantState.DELETED, erased.state());
            assertEquals("deleted-" + tenant, erased.organisation());
            assertNull(erased.contactEmail());
            assertTrue(hub.members.of(tenant).isEmpty());
            for (String node : engines.ids()) {
                assertNull(engines.node(node).generation(bytes(tenant)));
            }
            assertEquals(1L, promisedErasures(tenant));
            if (!killed) {
                return;
            }
        }
        throw new AssertionError("the work never ended");
    }

    @Test
    void manyReconcilersAtOnceShareTheWork() throws Exception {
        List<TenantId> wanted = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            wanted.add(provisioning().id());
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                running.add(pool.submit(() -> {
                    for (int round = 0; round < 6; round++) {
                        hub.reconciler.runOnce();
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        converge();
        wanted.forEach(this::assertPlaced);
        int obeyed = 0;
        for (String node : engines.ids()) {
            int placed = engines.node(node).obeyed();
            // One planner at a time: equal nodes fill equally.
            assertEquals(20, placed, "node " + node);
            obeyed += placed;
        }
        assertEquals(wanted.size(), obeyed, "nobody was placed twice");
    }

    @Test
    void aNodeThatHasSeenANewerGenerationIsOvertaken() {
        TenantId tenant = provisioning().id();
        engines.ids().forEach(node -> engines.node(node).seen(bytes(tenant), 7));
        hub.reconciler.runOnce();
        assertEquals(TenantState.PROVISIONING, hub.tenants.get(tenant).state());
        converge();
        assertPlaced(tenant);
        assertEquals(8, hub.placements.find(tenant).orElseThrow().placement().generation());
    }

    @Test
    void withoutCapacityTheTenantWaitsAndTheReasonShows() {
        engines.ids().forEach(node -> hub.nodes.setState(node, NodeState.DRAINING, CHANGE));
        TenantId tenant = provisioning().id();
        hub.reconciler.runOnce();
        PlacementView view = hub.placements.find(tenant).orElseThrow();
        assertNull(view.placement().node());
        assertEquals(1, view.attempts());
        assertTrue(String.valueOf(view.lastError()).contains("draining"), String.valueOf(view.lastError()));

        hub.nodes.setState("b", NodeState.ACTIVE, CHANGE);
        converge();
        assertPlaced(tenant);
        assertEquals("b", hub.placements.find(tenant).orElseThrow().placement().node());
    }

    @Test
    void aNodeThatFailsIsAskedAgainLater() {
        engines.ids()
                .forEach(node -> engines.node(node).broken = new EngineException(RejectionCode.UNAVAILABLE, "closing"));
        TenantId tenant = provisioning().id();
        hub.reconciler.runOnce();
        hub.reconciler.runOnce();
        PlacementView view = hub.placements.find(tenant).orElseThrow();
        assertEquals(1, view.attempts(), "the pause holds");
        assertTrue(String.valueOf(view.lastError()).contains("closing"), String.valueOf(view.lastError()));
        engines.ids().forEach(node -> engines.node(node).broken = null);
        converge();
        assertPlaced(tenant);
    }

    @Test
    void aRestoredTenantKeepsItsPlaceAndAnEndedGraceIsFinal() {
        TenantId tenant = provisioning().id();
        converge();
        hub.tenants.delete(tenant, CHANGE, 7);
        hub.clock.advance(Duration.ofDays(6));
        hub.tenants.restore(tenant, CHANGE);
        hub.clock.advance(Duration.ofDays(6));
        converge();
        assertPlaced(tenant);

        hub.tenants.delete(tenant, CHANGE, 7);
        hub.clock.advance(Duration.ofDays(8));
        Problems.assertProblem(ProblemType.CONFLICT, () -> hub.tenants.restore(tenant, CHANGE));
    }

    private Tenant provisioning() {
        return hub.tenants.create(
                new NewTenant(
                        "Acme",
                        null,
                        "a@acme.example",
                        hub.control.plan(Control.LIMITS),
                        null,
                        TenantState.PROVISIONING),
                Control.OPERATOR);
    }

    /** As long as workers run, whatever can come true does. */
    private void converge() {
        for (int round = 0; round < 4; round++) {
            // Past every lease and pause.
            hub.clock.advance(Duration.ofMinutes(6));
            beat();
            hub.reconciler.runOnce();
        }
    }

    private void beat() {
        engines.ids()
                .forEach(node -> hub.nodes.heartbeat(
                        node, engines.transport(node).status(NodeStatusRequest.getDefaultInstance())));
    }

    private void register(String node) {
        hub.nodes.register(node, "embedded", 1_000_000, 1L << 40);
        hub.nodes.heartbeat(node, engines.transport(node).status(NodeStatusRequest.getDefaultInstance()));
    }

    private void assertPlaced(TenantId tenant) {
        assertEquals(TenantState.ACTIVE, hub.tenants.get(tenant).state());
        PlacementView view = hub.placements.find(tenant).orElseThrow();
        Assignment assignment = view.assignment();
        assertNotNull(assignment);
        assertEquals(view.placement().node(), assignment.node());
        assertEquals(view.placement().generation(), assignment.generation());
        int holders = 0;
        for (String node : engines.ids()) {
            holders += engines.node(node).generation(bytes(tenant)) == null ? 0 : 1;
        }
        assertTrue(holders >= 1);
        assertEquals(assignment.generation(), engines.node(assignment.node()).generation(bytes(tenant)));
    }

    private long promisedErasures(TenantId tenant) {
        return hub.scoped.asSystem(tx -> tx.first(
                        row -> row.getLong(1),
                        "select count(*) from outbox where tenant_id = ? and kind = 'identity-erase'",
                        tenant)
                .orElseThrow());
    }

    private static ByteString bytes(TenantId tenant) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(tenant.value().getMostSignificantBits())
                .putLong(tenant.value().getLeastSignificantBits())
                .flip());
    }
}
