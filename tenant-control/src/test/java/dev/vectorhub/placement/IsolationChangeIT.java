package dev.vectorhub.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.Faults;
import dev.vectorhub.Problems;
import dev.vectorhub.audit.AuditAction;
import dev.vectorhub.audit.AuditQuery;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.placement.IsolationProgress.State;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.signup.Provisioning;
import dev.vectorhub.signup.TestIdentities;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another isolation of a placed tenant: wished for in the database, made true by the reconciler, whatever is killed. */
class IsolationChangeIT {
    private static final Change CHANGE = Change.by(Control.OPERATOR, "they asked for it");
    private static final int POINTS_MAX = 200;

    private final Faults faults = new Faults();
    private final FakeNodes engines = new FakeNodes(faults, "a");
    private ControlDatabase database;
    private Provisioning hub;

    IsolationChangeIT() {
        database = ControlDatabase.fresh();
        hub = new Provisioning(database, faults, TestIdentities.inMemory(faults), engines, "http://localhost");
    }

    @BeforeEach
    void node() {
        hub.nodes.register("a", "embedded", 1_000_000, 1L << 40);
        beat();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void progressShowsUntilEverythingLiesInItsPlace() {
        TenantId tenant = placed();
        assertEquals(State.SETTLED, progress(tenant).state());
        hub.placements.changeIsolation(tenant, IsolationMode.STORAGE, CHANGE);
        IsolationProgress asked = progress(tenant);
        assertEquals(State.MOVING, asked.state());
        assertEquals(0, asked.collectionsMoved(), "of a new wish nothing is known yet");

        round();
        assertEquals(0, progress(tenant).collectionsMoved());
        engines.node("a").move();
        round();
        IsolationProgress half = progress(tenant);
        assertEquals(State.MOVING, half.state());
        assertEquals(1, half.collectionsMoved());
        assertEquals(2, half.collections());
        assertEquals(100, half.pointsMoved());
        assertEquals(200, half.points());
        assertEquals(0, half.attempts(), "looking again is no failure");

        engines.node("a").move();
        round();
        assertEquals(State.SETTLED, progress(tenant).state());
        assertEquals(IsolationMode.STORAGE, hub.tenants.get(tenant).isolation());
        assertEquals(1, audited(tenant, AuditAction.TENANT_ISOLATION));
        assertEquals(2, audited(tenant, AuditAction.PLACEMENT), "planned once, moved once");
        int obeyed = engines.node("a").obeyed();
        hub.placements.changeIsolation(tenant, IsolationMode.STORAGE, CHANGE);
        round();
        assertEquals(obeyed, engines.node("a").obeyed(), "what is so already is no work");
        assertEquals(1, audited(tenant, AuditAction.TENANT_ISOLATION));
    }

    @Test
    void killedBetweenAnyTwoStepsItComesTrueAndIsToldOnce() {
        for (int point = 1; point <= POINTS_MAX; point++) {
            TenantId tenant = placed();
            hub.placements.changeIsolation(tenant, IsolationMode.COLLECTION, CHANGE);
            faults.arm(point);
            boolean killed = faults.kills(hub.reconciler::runOnce);
            for (int i = 0; i < 4; i++) {
                engines.node("a").move();
                hub.clock.advance(Duration.ofMinutes(6));
                beat();
                hub.reconciler.runOnce();
            }
            assertEquals(State.SETTLED, progress(tenant).state());
            assertEquals("COLLECTION", String.valueOf(engines.node("a").isolation(bytes(tenant))));
            assertEquals(2, audited(tenant, AuditAction.PLACEMENT), "killed at " + point);
            if (!killed) {
                assertTrue(point > 8, "points: " + point);
                return;
            }
        }
        throw new AssertionError("the work never ended");
    }

    @Test
    void whatHindersItShowsAndItGoesOnByItself() {
        TenantId tenant = placed();
        engines.node("a").diskFree = 1;
        hub.placements.changeIsolation(tenant, IsolationMode.STORAGE, CHANGE);
        round();
        IsolationProgress full = progress(tenant);
        assertEquals(State.HINDERED, full.state());
        assertEquals(1, full.attempts());
        assertTrue(String.valueOf(full.problem()).contains("bytes free"), full.problem());

        engines.node("a").diskFree = 1L << 40;
        engines.node("a").damage = "collections/x/seg-1 fails its checksum";
        hub.clock.advance(Duration.ofMinutes(6));
        round();
        IsolationProgress damaged = progress(tenant);
        assertEquals(State.HINDERED, damaged.state());
        assertEquals("collections/x/seg-1 fails its checksum", damaged.problem());

        engines.node("a").damage = "";
        engines.node("a").move();
        engines.node("a").move();
        hub.clock.advance(Duration.ofSeconds(30));
        round();
        assertEquals(State.SETTLED, progress(tenant).state());
        assertNull(progress(tenant).problem());
    }

    @Test
    void aPlanPermitsAndAStateAllows() {
        TenantId tenant = placed();
        String plan = hub.tenants.get(tenant).plan();
        PlanSpec narrow = new PlanSpec(
                plan,
                "Narrow",
                Control.LIMITS,
                IsolationMode.NONE,
                Set.of(IsolationMode.NONE, IsolationMode.COLLECTION));
        hub.control.plans.put(narrow, CHANGE);
        Problems.assertProblem(
                ProblemType.VALIDATION_FAILED,
                () -> hub.placements.changeIsolation(tenant, IsolationMode.STORAGE, CHANGE));
        Problems.assertProblem(
                ProblemType.VALIDATION_FAILED,
                () -> hub.tenants.create(
                        new NewTenant("B", null, null, plan, IsolationMode.STORAGE, TenantState.PROVISIONING),
                        Control.OPERATOR));
        Problems.assertProblem(
                ProblemType.VALIDATION_FAILED,
                () -> hub.control.plans.put(
                        new PlanSpec(plan, "Wrong", Control.LIMITS, IsolationMode.STORAGE, Set.of(IsolationMode.NONE)),
                        CHANGE));
        hub.placements.changeIsolation(tenant, IsolationMode.COLLECTION, CHANGE);
        hub.tenants.delete(tenant, CHANGE, 7);
        Problems.assertProblem(
                ProblemType.CONFLICT, () -> hub.placements.changeIsolation(tenant, IsolationMode.NONE, CHANGE));
    }

    private TenantId placed() {
        TenantId tenant = hub.tenants
                .create(
                        new NewTenant(
                                "Acme", null, null, hub.control.plan(Control.LIMITS), null, TenantState.PROVISIONING),
                        Control.OPERATOR)
                .id();
        round();
        assertEquals(TenantState.ACTIVE, hub.tenants.get(tenant).state());
        return tenant;
    }

    private void round() {
        hub.clock.advance(Duration.ofSeconds(2));
        beat();
        hub.reconciler.runOnce();
    }

    private void beat() {
        hub.nodes.heartbeat("a", engines.transport("a").status(NodeStatusRequest.getDefaultInstance()));
    }

    private IsolationProgress progress(TenantId tenant) {
        return hub.placements.progress(tenant);
    }

    private int audited(TenantId tenant, AuditAction action) {
        return hub.control
                .audit
                .page(tenant, new AuditQuery(action.action(), null), null, 50)
                .items()
                .size();
    }

    private static ByteString bytes(TenantId tenant) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(tenant.value().getMostSignificantBits())
                .putLong(tenant.value().getLeastSignificantBits())
                .flip());
    }
}
