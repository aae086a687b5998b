package dev.vectorhub.placement;

import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a node for a tenant: among those that answer, accept and have room, the one with the lowest load; among equals
 * the one that a hash of tenant and node prefers, so that many gateways choose alike and tenants spread.
 *
 * <p>The load of a node is the fullest of its points, its bytes and its tenants. Plans are ceilings, not needs: a tenant is
 * expected to fill {@value #EXPECTED_PERCENT} % of its plan.
 */
public final class PlacementPlanner {
    /** A node that did not answer for so long gets nobody. */
    static final Duration HEARTBEAT_MAX_AGE = Duration.ofSeconds(60);
    /** ENGINE.md: a node is built for 100,000 tenants. */
    static final long TENANTS_MAX = 100_000;
    /** What a node keeps free for merges, snapshots and its log. */
    static final long RESERVED_FREE_BYTES = 256L << 20;

    static final int EXPECTED_PERCENT = 2;
    // Own directories, logs and indexes of a tenant that shares nothing.
    private static final long STORAGE_MODE_BYTES = 16L << 20;

    private PlacementPlanner() {}

    public static PlacementDecision plan(PlacementRequest request, List<NodeCapacity> nodes, Instant now) {
        NodeCapacity best = null;
        for (NodeCapacity node : nodes) {
            if (refusal(request, node, now) == null && (best == null || isBetter(request.tenant(), node, best))) {
                best = node;
            }
        }
        return best == null
                ? new PlacementDecision.NoCapacity(reason(request, nodes, now))
                : new PlacementDecision.Chosen(best.id());
    }

    /** Why the node cannot take the tenant; null if it can. */
    static @Nullable String refusal(PlacementRequest request, NodeCapacity node, Instant now) {
        if (!node.accepting()) {
            return "is draining";
        }
        Instant heartbeat = node.heartbeatAt();
        if (heartbeat == null || heartbeat.isBefore(now.minus(HEARTBEAT_MAX_AGE))) {
            return "does not answer";
        }
        if (node.placedTenants() >= TENANTS_MAX) {
            return "has " + node.placedTenants() + " tenants";
        }
        if (node.points() >= node.capacityPoints()) {
            return "holds as many points as it may";
        }
        long needed = expectedBytes(request);
        if (node.freeBytes() - RESERVED_FREE_BYTES < needed || node.capacityBytes() - node.diskBytes() < needed) {
            return "has no " + needed + " bytes free";
        }
        return null;
    }

    /** 0 is empty, 1 is full. */
    static double load(NodeCapacity node) {
        double points = (double) node.points() / node.capacityPoints();
        double bytes = (double) node.diskBytes() / node.capacityBytes();
        double tenants = (double) node.placedTenants() / TENANTS_MAX;
        return Math.max(points, Math.max(bytes, tenants));
    }

    private static boolean isBetter(TenantId tenant, NodeCapacity node, NodeCapacity than) {
        int byLoad = Double.compare(load(node), load(than));
        if (byLoad == 0) {
            byLoad = Long.compare(preference(tenant, than.id()), preference(tenant, node.id()));
        }
        return byLoad < 0 || (byLoad == 0 && node.id().compareTo(than.id()) < 0);
    }

    private static long expectedBytes(PlacementRequest request) {
        // Limits.MAX is 2^50: times a percentage it fits.
        long share = request.limits().maxStorageBytes() * EXPECTED_PERCENT / 100;
        return request.isolation() == IsolationMode.STORAGE ? share + STORAGE_MODE_BYTES : share;
    }

    /** Rendezvous hashing: the finaliser of SplitMix64 over tenant and node. */
    private static long preference(TenantId tenant, String node) {
        long hash =
                tenant.value().getMostSignificantBits() * 31 + tenant.value().getLeastSignificantBits();
        for (int i = 0; i < node.length(); i++) {
            hash = (hash ^ node.charAt(i)) * 0x9E3779B97F4A7C15L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }

    private static String reason(PlacementRequest request, List<NodeCapacity> nodes, Instant now) {
        if (nodes.isEmpty()) {
            return "there is no engine node yet";
        }
        NodeCapacity first = nodes.getFirst();
        return "none of " + nodes.size() + " nodes can take the tenant; " + first.id() + " "
                + refusal(request, first, now);
    }
}
