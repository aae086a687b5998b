package dev.vectorhub.placement;

import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code placement} and {@code assignment}. */
final class PlacementRows {

    private PlacementRows() {}

    static Optional<Placement> find(Tx tx, TenantId tenant) throws SQLException {
        return tx.first(PlacementRows::map, "select * from placement where tenant_id = ?", tenant);
    }

    static Optional<Placement> lock(Tx tx, TenantId tenant) throws SQLException {
        return tx.first(PlacementRows::map, "select * from placement where tenant_id = ? for update", tenant);
    }

    static Optional<Assignment> assignment(Tx tx, TenantId tenant) throws SQLException {
        return tx.first(
                row -> new Assignment(
                        tenant,
                        row.getString("node_id"),
                        row.getLong("generation"),
                        Placement.Desired.valueOf(row.getString("observed")),
                        IsolationMode.valueOf(row.getString("isolation")),
                        row.getLong("collections"),
                        row.getLong("collections_to_move"),
                        row.getLong("points"),
                        row.getLong("points_to_move"),
                        row.getString("fault"),
                        Tx.instant(row, "observed_at")),
                "select * from assignment where tenant_id = ?",
                tenant);
    }

    /** A wish for a place, not planned yet; nothing if there is a wish already. */
    static void request(Tx tx, TenantId tenant, IsolationMode isolation, Instant now) throws SQLException {
        tx.update("""
                insert into placement (tenant_id, generation, isolation, desired, updated_at)
                values (?, 1, ?, 'PLACED', ?) on conflict (tenant_id) do nothing
                """, tenant, isolation, now);
    }

    static void choose(Tx tx, TenantId tenant, String node, Instant now) throws SQLException {
        tx.update(
                "update placement set node_id = ?, generation = generation + 1, updated_at = ? where tenant_id = ?",
                node,
                now,
                tenant);
    }

    static void drop(Tx tx, TenantId tenant, IsolationMode isolation, Instant now) throws SQLException {
        tx.update("""
                insert into placement (tenant_id, generation, isolation, desired, updated_at)
                values (?, 1, ?, 'DROPPED', ?)
                on conflict (tenant_id) do update set desired = 'DROPPED', generation = placement.generation + 1,
                    updated_at = excluded.updated_at
                """, tenant, isolation, now);
    }

    /** False if the placement has that isolation. */
    static boolean isolate(Tx tx, TenantId tenant, IsolationMode isolation, Instant now) throws SQLException {
        return tx.update("""
                        update placement set isolation = ?, generation = generation + 1, updated_at = ?
                        where tenant_id = ? and isolation <> ?
                        """, isolation, now, tenant, isolation) > 0;
    }

    static void raiseGeneration(Tx tx, TenantId tenant, long atLeast, Instant now) throws SQLException {
        tx.update(
                "update placement set generation = greatest(generation, ?), updated_at = ? where tenant_id = ?",
                atLeast,
                now,
                tenant);
    }

    static void observe(Tx tx, Assignment seen) throws SQLException {
        tx.update(
                """
                insert into assignment (tenant_id, node_id, generation, observed, isolation, collections,
                    collections_to_move, points, points_to_move, fault, observed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (tenant_id) do update set node_id = excluded.node_id, generation = excluded.generation,
                    observed = excluded.observed, isolation = excluded.isolation, collections = excluded.collections,
                    collections_to_move = excluded.collections_to_move, points = excluded.points,
                    points_to_move = excluded.points_to_move, fault = excluded.fault,
                    observed_at = excluded.observed_at
                """,
                seen.tenant(),
                seen.node(),
                seen.generation(),
                seen.observed(),
                seen.isolation(),
                seen.collections(),
                seen.collectionsToMove(),
                seen.points(),
                seen.pointsToMove(),
                seen.fault(),
                seen.observedAt());
    }

    /** Tenants that wait for a place which nobody wrote down. */
    static List<TenantId> withoutPlacement(Tx tx, int limit) throws SQLException {
        return tx.list(PlacementRows::id, """
                select tenant_id from tenant t where state = 'PROVISIONING'
                and not exists (select 1 from placement p where p.tenant_id = t.tenant_id)
                order by tenant_id limit ?
                """, limit);
    }

    /** Tenants whose desired and observed sides differ and that no open work is about. */
    static List<TenantId> drifted(Tx tx, int limit) throws SQLException {
        return tx.list(PlacementRows::id, """
                select p.tenant_id from placement p join tenant t on t.tenant_id = p.tenant_id
                left join assignment a on a.tenant_id = p.tenant_id
                where (a.tenant_id is null or a.generation <> p.generation or a.observed <> p.desired
                       or a.node_id <> coalesce(p.node_id, '')
                       or (p.desired = 'PLACED' and (a.isolation <> p.isolation or a.collections_to_move > 0))
                       or (p.desired = 'PLACED' and t.state = 'PROVISIONING')
                       or (p.desired = 'DROPPED' and t.state <> 'DELETED'))
                  and t.state <> 'PENDING'
                  and not exists (select 1 from outbox o where o.tenant_id = p.tenant_id and o.kind = 'placement'
                                  and o.done_at is null)
                order by p.tenant_id limit ?
                """, limit);
    }

    /** Tenants whose grace is over and whose data nobody has been told to drop. */
    static List<TenantId> toDrop(Tx tx, Instant now, int limit) throws SQLException {
        return tx.list(PlacementRows::id, """
                select tenant_id from tenant t where state = 'DELETING' and erase_after <= ?
                and not exists (select 1 from placement p where p.tenant_id = t.tenant_id and p.desired = 'DROPPED')
                order by erase_after limit ?
                """, now, limit);
    }

    private static TenantId id(ResultSet row) throws SQLException {
        return new TenantId(row.getObject("tenant_id", UUID.class));
    }

    private static Placement map(ResultSet row) throws SQLException {
        return new Placement(
                id(row),
                row.getString("node_id"),
                row.getLong("generation"),
                IsolationMode.valueOf(row.getString("isolation")),
                Placement.Desired.valueOf(row.getString("desired")),
                Tx.instant(row, "updated_at"));
    }
}
