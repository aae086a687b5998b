package dev.vectorhub.placement;

import dev.vectorhub.audit.AuditAction;
import dev.vectorhub.audit.AuditEntry;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.node.EngineNodes;
import dev.vectorhub.node.NodeService;
import dev.vectorhub.node.NodeState;
import dev.vectorhub.outbox.Outbox;
import dev.vectorhub.outbox.OutboxItem;
import dev.vectorhub.outbox.OutboxKind;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the observed side follow the desired one.
 *
 * <p>Each round first looks for what nobody is at work on although it should be (level-triggered: a lost wake-up costs one
 * round), then claims due work, plans where it is to go, commands the node, looks whether the node shows it, and writes
 * that down together with what follows: a placed tenant becomes ACTIVE, a dropped one DELETED. Commands carry tenant,
 * generation and a command id derived from both, so every step may be repeated; any number of reconcilers may run.
 *
 * <p>Another isolation is a command like that; the node then moves the tenant's collections by itself, and the work stays
 * open, and is looked at, until none is left to move.
 */
@Singleton
public class PlacementReconciler {
    private static final Logger LOG = LoggerFactory.getLogger(PlacementReconciler.class);
    private static final Actor WORKER = Actor.system("placement");
    private static final int BATCH = 16;
    private static final int RESYNC_BATCH = 200;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** What cannot be moved is damaged: it waits for somebody who mends it. */
    private static final Duration LOOK_AGAIN_AT_DAMAGE = Duration.ofSeconds(30);
    /** One planner at a time in the whole installation: each sees what the one before it chose. */
    private static final long PLANNER_LOCK = 0x6875622E706C616EL;

    private final Scoped scoped;
    private final TenantService tenants;
    private final PlanService plans;
    private final NodeService nodes;
    private final EngineNodes engines;
    private final PlacementService placements;
    private final Erasure erasure;
    private final Outbox outbox;
    private final AuditService audit;
    private final Clock clock;

    public PlacementReconciler(
            Scoped scoped,
            TenantService tenants,
            PlanService plans,
            NodeService nodes,
            EngineNodes engines,
            PlacementService placements,
            Erasure erasure,
            Outbox outbox,
            AuditService audit,
            Clock clock) {
        this.scoped = scoped;
        this.tenants = tenants;
        this.plans = plans;
        this.nodes = nodes;
        this.engines = engines;
        this.placements = placements;
        this.erasure = erasure;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** One round; answers how many placements came true. */
    public int runOnce() {
        resync();
        int done = 0;
        for (OutboxItem item : outbox.claim(OutboxKind.PLACEMENT, BATCH, LEASE)) {
            try {
                reconcile(item);
                done++;
            } catch (RuntimeException e) {
                LOG.warn("placement of tenant {} failed: {}", item.tenant(), e.getMessage());
                outbox.failed(item, String.valueOf(e.getMessage()));
            }
        }
        return done;
    }

    private void resync() {
        scoped.doAsSystem(tx -> {
            for (TenantId tenant : PlacementRows.withoutPlacement(tx, RESYNC_BATCH)) {
                placements.request(tx, tenant, tenants.lock(tx, tenant).isolation());
            }
        });
        List<TenantId> ended = scoped.asSystem(tx -> PlacementRows.toDrop(tx, clock.instant(), RESYNC_BATCH));
        for (TenantId tenant : ended) {
            scoped.doAsSystem(tx -> scheduleDrop(tx, tenant));
        }
        scoped.doAsSystem(tx -> {
            for (TenantId tenant : PlacementRows.drifted(tx, RESYNC_BATCH)) {
                outbox.add(tx, OutboxKind.PLACEMENT, tenant, "{}");
            }
        });
    }

    private void scheduleDrop(Tx tx, TenantId id) throws SQLException {
        Tenant tenant = tenants.lock(tx, id);
        // Restored in the meantime, perhaps.
        if (tenant.state() == TenantState.DELETING
                && tenant.eraseAfter() != null
                && !tenant.eraseAfter().isAfter(clock.instant())) {
            PlacementRows.drop(tx, id, tenant.isolation(), clock.instant());
            outbox.add(tx, OutboxKind.PLACEMENT, id, "{}");
        }
    }

    private void reconcile(OutboxItem item) {
        Optional<Placement> found = planned(item.tenant());
        if (found.isEmpty()) {
            scoped.doAsSystem(tx -> outbox.done(tx, item));
            return;
        }
        Placement placement = found.get();
        String node = placement.node();
        // Without a node the tenant is to be dropped before it ever had a place: there is nobody to tell.
        Assignment seen = node == null
                ? Observation.gone(placement, "", clock.instant())
                : obey(placement, node, engines.transport(node));
        scoped.doAsSystem(tx -> finish(tx, item, placement, seen));
    }

    /** The placement with a node chosen; a decision of its own transaction, before the node hears of it. */
    private Optional<Placement> planned(TenantId id) {
        Tenant tenant = tenants.get(id);
        var limits = plans.get(tenant.plan()).limits();
        return scoped.asSystem(tx -> {
            Optional<Placement> found = PlacementRows.lock(tx, id);
            if (found.isEmpty() || found.get().node() != null || found.get().desired() == Placement.Desired.DROPPED) {
                return found;
            }
            tx.first(row -> true, "select pg_advisory_xact_lock(?)", PLANNER_LOCK);
            List<NodeCapacity> capacities = new ArrayList<>();
            for (EngineNode node : nodes.list(tx)) {
                capacities.add(capacity(node));
            }
            PlacementRequest request =
                    new PlacementRequest(id, limits, found.get().isolation());
            return switch (PlacementPlanner.plan(request, capacities, clock.instant())) {
                case PlacementDecision.NoCapacity none -> throw new PlacementException(none.reason());
                case PlacementDecision.Chosen chosen -> {
                    PlacementRows.choose(tx, id, chosen.node(), clock.instant());
                    audit.record(
                            tx,
                            AuditEntry.success(
                                    AuditAction.PLACEMENT,
                                    WORKER,
                                    id,
                                    "node",
                                    chosen.node(),
                                    "planned",
                                    Map.of("isolation", found.get().isolation().name())));
                    yield PlacementRows.find(tx, id);
                }
            };
        });
    }

    private Assignment obey(Placement placement, String name, EngineTransport node) {
        if (placement.desired() == Placement.Desired.PLACED) {
            requireRoomToMove(placement, node);
        }
        OptionalLong newer = PlacementCommands.send(node, placement);
        if (newer.isPresent()) {
            overtake(placement, newer.getAsLong());
        }
        Optional<TenantStats> seen = PlacementCommands.observe(node, placement.tenant());
        boolean there = seen.isPresent() && seen.get().getGeneration() == placement.generation();
        if (placement.desired() == Placement.Desired.PLACED ? !there : seen.isPresent()) {
            throw new PlacementException("the node does not show what it was told");
        }
        return seen.map(stats -> Observation.of(placement, name, stats, clock.instant()))
                .orElseGet(() -> Observation.gone(placement, name, clock.instant()));
    }

    /** A collection that moves is on the disk twice for a while: found out before the node begins. */
    private static void requireRoomToMove(Placement placement, EngineTransport node) {
        Optional<TenantStats> before = PlacementCommands.observe(node, placement.tenant());
        if (before.isEmpty() || before.get().getCollectionsCount() == 0 || Observation.isAs(placement, before.get())) {
            return;
        }
        long free = node.status(NodeStatusRequest.getDefaultInstance()).getDiskFreeBytes();
        long needed = before.get().getDiskBytes() + PlacementPlanner.RESERVED_FREE_BYTES;
        if (free < needed) {
            throw new PlacementException("to move the tenant the node needs " + needed + " bytes free and has " + free);
        }
    }

    /**
     * The node has obeyed a newer generation than the one on record: the database was restored from a backup, or another
     * reconciler was quicker. If the wish is still ours, it is renewed above what the node has seen.
     */
    private void overtake(Placement placement, long seen) {
        scoped.doAsSystem(tx -> {
            Placement current = PlacementRows.lock(tx, placement.tenant()).orElse(placement);
            if (current.generation() <= seen) {
                PlacementRows.raiseGeneration(tx, placement.tenant(), seen + 1, clock.instant());
            }
        });
        throw new PlacementException(
                "the node has seen generation " + seen + ", ours was " + placement.generation() + ": renewed");
    }

    private void finish(Tx tx, OutboxItem item, Placement obeyed, Assignment seen) throws SQLException {
        Tenant tenant = tenants.lock(tx, item.tenant());
        Placement current = PlacementRows.lock(tx, item.tenant()).orElse(obeyed);
        if (current.generation() != obeyed.generation()) {
            // A newer wish came while the node obeyed the older one: the work stays open, due at once.
            outbox.add(tx, OutboxKind.PLACEMENT, item.tenant(), "{}");
            return;
        }
        Optional<Assignment> before = PlacementRows.assignment(tx, item.tenant());
        PlacementRows.observe(tx, seen);
        if (obeyed.desired() == Placement.Desired.PLACED && tenant.state() == TenantState.PROVISIONING) {
            tenants.transition(
                    tx, item.tenant(), TenantState.ACTIVE, Change.by(WORKER, "placed on node " + seen.node()));
        }
        if (seen.collectionsToMove() > 0) {
            outbox.again(tx, item, seen.fault() == null ? LOOK_AGAIN : LOOK_AGAIN_AT_DAMAGE);
            return;
        }
        if (before.isPresent() && Observation.completes(before.get(), seen)) {
            audit.record(
                    tx,
                    AuditEntry.success(
                            AuditAction.PLACEMENT,
                            WORKER,
                            item.tenant(),
                            "node",
                            seen.node(),
                            "moved",
                            Map.of(
                                    "isolation", seen.isolation().name(),
                                    "collections", Long.toString(seen.collections()),
                                    "points", Long.toString(seen.points()))));
        }
        if (obeyed.desired() == Placement.Desired.DROPPED && tenant.state() == TenantState.DELETING) {
            erasure.erase(tx, tenant);
            tenants.transition(tx, item.tenant(), TenantState.DELETED, Change.by(WORKER, "grace over, data dropped"));
        }
        outbox.done(tx, item);
    }

    private static NodeCapacity capacity(EngineNode node) {
        return new NodeCapacity(
                node.id(),
                node.state() == NodeState.ACTIVE,
                node.capacityPoints(),
                node.points(),
                node.capacityBytes(),
                node.diskBytes(),
                node.diskFreeBytes(),
                node.placedTenants(),
                node.heartbeatAt());
    }
}
