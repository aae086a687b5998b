package dev.vectorhub.node;

import dev.vectorhub.engine.wire.v1.NodeStatus;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code engine_node}. */
final class NodeRows {
    private static final String SELECT = """
            select n.*, (select count(*) from placement p where p.node_id = n.node_id and p.desired = 'PLACED')
                as placed_tenants
            from engine_node n
            """;

    /** The rest is a number. */
    private static final int QUARANTINED_SHOWN = 100;

    private static final int LINE_CHARS_MAX = 400;

    private NodeRows() {}

    static List<EngineNode> list(Tx tx) throws SQLException {
        return tx.list(NodeRows::map, SELECT + " order by n.node_id");
    }

    static Optional<EngineNode> find(Tx tx, String id) throws SQLException {
        return tx.first(NodeRows::map, SELECT + " where n.node_id = ?", id);
    }

    /** Makes the node, or notes its address and capacity; its state stays. */
    static void register(Tx tx, String id, String address, long capacityPoints, long capacityBytes, Instant now)
            throws SQLException {
        tx.update("""
                insert into engine_node (node_id, address, state, capacity_points, capacity_bytes, created_at)
                values (?, ?, 'ACTIVE', ?, ?, ?)
                on conflict (node_id) do update set address = excluded.address,
                    capacity_points = excluded.capacity_points, capacity_bytes = excluded.capacity_bytes
                """, id, address, capacityPoints, capacityBytes, now);
    }

    static int heartbeat(Tx tx, String id, NodeStatus status, Instant now) throws SQLException {
        return tx.update(
                """
                update engine_node set tenants = ?, collections = ?, points = ?, disk_bytes = ?, disk_free_bytes = ?,
                    kernel = ?, quarantined = ?, quarantined_count = ?, backlog_points = ?, heartbeat_at = ?,
                    last_error = null
                where node_id = ?
                """,
                status.getTenants(),
                status.getCollections(),
                status.getPoints(),
                status.getDiskBytes(),
                status.getDiskFreeBytes(),
                status.getKernel(),
                status.getQuarantinedList().stream()
                        .limit(QUARANTINED_SHOWN)
                        .map(NodeRows::bounded)
                        .toList(),
                status.getQuarantinedCount(),
                status.getBacklogPoints(),
                now,
                id);
    }

    /** A node names a tenant or a collection in front of what is wrong. */
    static List<String> outOfService(Tx tx, TenantId tenant) throws SQLException {
        return tx.list(row -> row.getString("name"), """
                with line as (select unnest(quarantined) as text from engine_node where quarantined_count > 0)
                select '' as name from line where text like 'tenant ' || ?::text || ':%'
                union
                select c.name from tenant_collection c join line on text like 'collection ' || c.collection_id || ':%'
                where c.tenant_id = ?
                order by name
                """, tenant.value(), tenant.value());
    }

    static void unreachable(Tx tx, String id, String error) throws SQLException {
        tx.update("update engine_node set last_error = ? where node_id = ?", error, id);
    }

    static int state(Tx tx, String id, NodeState state) throws SQLException {
        return tx.update("update engine_node set state = ? where node_id = ?", state, id);
    }

    private static String bounded(String line) {
        return line.length() <= LINE_CHARS_MAX ? line : line.substring(0, LINE_CHARS_MAX);
    }

    private static EngineNode map(ResultSet row) throws SQLException {
        return new EngineNode(
                row.getString("node_id"),
                row.getString("address"),
                NodeState.valueOf(row.getString("state")),
                row.getLong("capacity_points"),
                row.getLong("capacity_bytes"),
                row.getLong("placed_tenants"),
                row.getLong("tenants"),
                row.getLong("collections"),
                row.getLong("points"),
                row.getLong("disk_bytes"),
                row.getLong("disk_free_bytes"),
                row.getString("kernel"),
                Tx.strings(row, "quarantined"),
                row.getLong("quarantined_count"),
                row.getLong("backlog_points"),
                Tx.instantOrNull(row, "heartbeat_at"),
                row.getString("last_error"));
    }
}
