package dev.vectorhub.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.Faults;
import dev.vectorhub.Problems;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.placement.FakeNodes;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeMonitorIT {
    private final ControlDatabase database = ControlDatabase.fresh();
    private final Control control = new Control(database);
    private final NodeService nodes = new NodeService(control.scoped, control.audit, control.clock);
    private final FakeNodes engines = new FakeNodes(new Faults(), "a", "b");
    private final List<String> told = new ArrayList<>();
    private final Map<UUID, Long> beside = new HashMap<>();
    private final NodeMonitor monitor = new NodeMonitor(
            engines,
            nodes,
            control.quotas,
            () -> beside,
            List.of(
                    (node, tenants, at) -> {
                        throw new IllegalStateException("an observer fails");
                    },
                    (node, tenants, at) -> told.add(node + ":" + tenants.size())),
            control.clock);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void notesHeartbeatsAndGaugesAndTellsEveryObserver() {
        register();
        Tenant small = control.tenant(new Limits(10, 1_000, 7_999, 600));
        Tenant large = control.tenant(new Limits(10, 1_000, 8_001, 600));
        for (String node : engines.ids()) {
            engines.hold(node, small.id());
        }
        engines.hold("a", large.id());

        assertEquals(2, monitor.runOnce());
        assertEquals(List.of("a:2", "b:1"), told);
        EngineNode node = nodes.get("a");
        assertEquals(2, node.tenants());
        assertEquals(control.clock.instant(), node.heartbeatAt());
        assertNull(node.lastError());
        // 4,000 bytes on each node: over 7,999 on two of them, within 8,001 on one.
        assertEquals(8_000, control.quotas.usage(small.id()).logicalBytes());
        assertEquals(TenantState.READ_ONLY, control.tenants.get(small.id()).state());
        assertEquals(TenantState.ACTIVE, control.tenants.get(large.id()).state());
    }

    @Test
    void aSilentNodeKeepsItsFiguresAndSumsWithoutItAreNotBelieved() {
        register();
        Tenant tenant = control.tenant(new Limits(10, 1_000, 7_999, 600));
        engines.ids().forEach(node -> engines.hold(node, tenant.id()));
        monitor.runOnce();
        engines.breakDown("b", new EngineException(RejectionCode.UNAVAILABLE, "no route"));

        assertEquals(1, monitor.runOnce());
        EngineNode silent = nodes.get("b");
        assertEquals("no route", silent.lastError());
        assertEquals(1, silent.tenants());
        assertNotNull(silent.heartbeatAt());
        assertEquals(8_000, control.quotas.usage(tenant.id()).logicalBytes());
        assertEquals(TenantState.READ_ONLY, control.tenants.get(tenant.id()).state());
    }

    @Test
    void aNodeIsRegisteredOnceAndDrainedByAnOperator() {
        Problems.assertProblem(ProblemType.NOT_FOUND, () -> nodes.heartbeat("a", NodeStatus.getDefaultInstance()));
        register();
        Change change = Change.by(Control.OPERATOR, "disk to be replaced");
        assertEquals(
                NodeState.DRAINING,
                nodes.setState("a", NodeState.DRAINING, change).state());
        register();
        assertEquals(NodeState.DRAINING, nodes.get("a").state(), "a restart of the node does not undo it");
        assertEquals(
                List.of("a", "b"), nodes.list().stream().map(EngineNode::id).toList());
        Problems.assertProblem(ProblemType.NOT_FOUND, () -> nodes.setState("z", NodeState.ACTIVE, change));
    }

    @Test
    void aTenantHearsOfItsOwnDamageOnly() {
        register();
        Tenant tenant = control.tenant(new Limits(10, 1_000, 1L << 40, 600));
        Tenant other = control.tenant(new Limits(10, 1_000, 1L << 40, 600));
        UUID manuals = collection(tenant, "manuals");
        UUID sound = collection(tenant, "sound");
        UUID foreign = collection(other, "foreign");
        assertEquals(List.of(), nodes.outOfService(tenant.id()));
        say("a", "collection " + manuals + ": segment-1 fails its checksum", "collection " + foreign + ": is missing");
        say("b", "tenants: catalog-3-7 is cut short");
        assertEquals(List.of("manuals"), nodes.outOfService(tenant.id()));
        assertEquals(List.of("foreign"), nodes.outOfService(other.id()));
        say("b", "tenant " + tenant.id() + ": tenant.json is missing", "collection " + sound + ": is missing");
        assertEquals(List.of("", "manuals", "sound"), nodes.outOfService(tenant.id()));
        say("a");
        say("b");
        assertEquals(List.of(), nodes.outOfService(tenant.id()));
    }

    private void say(String node, String... damages) {
        nodes.heartbeat(
                node,
                NodeStatus.newBuilder().addAllQuarantined(List.of(damages)).build());
    }

    private UUID collection(Tenant tenant, String name) {
        UUID id = UUID.randomUUID();
        control.scoped.doAsSystem(tx -> tx.update("""
                insert into tenant_collection (collection_id, tenant_id, name, state, spec, config, created_at, updated_at,
                    claimed_until)
                values (?, ?, ?, 'ACTIVE', ''::bytea, '{}'::jsonb, now(), now(), now())
                """, id, tenant.id().value(), name));
        return id;
    }

    private void register() {
        engines.ids().forEach(node -> nodes.register(node, "embedded", 1_000, 1L << 40));
    }

    @Test
    void whatIsStoredBesideThePointsCountsOnce() {
        register();
        Tenant tenant = control.tenant(new Limits(10, 1_000, 1L << 40, 600));
        for (String node : engines.ids()) {
            engines.hold(node, tenant.id());
        }
        monitor.runOnce();
        long points = control.quotas.usage(tenant.id()).logicalBytes();
        beside.put(tenant.id().value(), 1_000L);
        monitor.runOnce();
        assertEquals(points + 1_000, control.quotas.usage(tenant.id()).logicalBytes());
    }
}
