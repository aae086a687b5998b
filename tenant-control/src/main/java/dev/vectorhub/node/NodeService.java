package dev.vectorhub.node;

import dev.vectorhub.audit.AuditAction;
import dev.vectorhub.audit.AuditEntry;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The registry of engine nodes, for operators, the planner and the console. */
@Singleton
public class NodeService {
    private static final int ERROR_CHARS_MAX = 500;

    private final Scoped scoped;
    private final AuditService audit;
    private final Clock clock;

    public NodeService(Scoped scoped, AuditService audit, Clock clock) {
        this.scoped = scoped;
        this.audit = audit;
        this.clock = clock;
    }

    /** All nodes, by id: there are few. */
    public List<EngineNode> list() {
        return scoped.asSystem(NodeRows::list);
    }

    /** The same in the caller's system transaction. */
    public List<EngineNode> list(Tx tx) throws SQLException {
        return NodeRows.list(tx);
    }

    public EngineNode get(String id) {
        return scoped.asSystem(tx -> NodeRows.find(tx, id)).orElseThrow(() -> ProblemException.notFound("node", id));
    }

    /**
     * Makes the node known, or notes its address and capacity anew. Repeating it changes nothing else.
     *
     * @param address {@code embedded}, or host:port
     */
    public void register(String id, String address, long capacityPoints, long capacityBytes) {
        scoped.doAsSystem(tx -> NodeRows.register(tx, id, address, capacityPoints, capacityBytes, clock.instant()));
    }

    /** Notes what the node answered. A node that is not registered is not found. */
    public void heartbeat(String id, NodeStatus status) {
        int touched = scoped.asSystem(tx -> NodeRows.heartbeat(tx, id, status, clock.instant()));
        if (touched == 0) {
            throw ProblemException.notFound("node", id);
        }
    }

    /** Notes that the node did not answer; its figures stay as they were last seen. */
    public void unreachable(String id, String error) {
        String shown = error.length() > ERROR_CHARS_MAX ? error.substring(0, ERROR_CHARS_MAX) : error;
        scoped.doAsSystem(tx -> NodeRows.unreachable(tx, id, shown));
    }

    /**
     * Names of the tenant's collections that cannot be served because a file is damaged, as the nodes said with their last
     * heartbeats; an empty name stands for all of them. Of each node only the first hundred damages are known.
     */
    public List<String> outOfService(TenantId tenant) {
        return scoped.asSystem(tx -> NodeRows.outOfService(tx, tenant));
    }

    /** Lets the node have new tenants, or no more. */
    public EngineNode setState(String id, NodeState state, Change change) {
        return scoped.asSystem(tx -> {
            EngineNode before = NodeRows.find(tx, id).orElseThrow(() -> ProblemException.notFound("node", id));
            if (before.state() != state) {
                NodeRows.state(tx, id, state);
                audit.record(
                        tx,
                        AuditEntry.success(
                                AuditAction.NODE,
                                change.actor(),
                                null,
                                "node",
                                id,
                                change.reason(),
                                Map.of("from", before.state().name(), "to", state.name())));
            }
            return NodeRows.find(tx, id).orElseThrow(() -> ProblemException.notFound("node", id));
        });
    }
}
