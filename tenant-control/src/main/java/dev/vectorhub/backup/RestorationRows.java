package dev.vectorhub.backup;

import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code restore}. */
final class RestorationRows {

    private RestorationRows() {}

    static void insert(Tx tx, UUID id, TenantId into, Backup backup, String prefix, String by, Instant now)
            throws SQLException {
        tx.update("""
                insert into restore (restore_id, tenant_id, backup_id, state, prefix, requested_by, collections, points,
                    due_at, created_at)
                values (?, ?, ?, 'REQUESTED', ?, ?, ?, ?, ?, ?)
                """, id, into, backup.id(), prefix, by, backup.collections(), backup.points(), now, now);
    }

    static Optional<Restoration> find(Tx tx, UUID id) throws SQLException {
        return tx.first(RestorationRows::map, "select * from restore where restore_id = ?", id);
    }

    /** The newest of a tenant, newest first. */
    static List<Restoration> list(Tx tx, TenantId tenant, int limit) throws SQLException {
        return tx.list(
                RestorationRows::map,
                "select * from restore where tenant_id = ? order by restore_id desc limit ?",
                tenant,
                limit);
    }

    /** Restores that are under way, into the tenant. */
    static long open(Tx tx, TenantId tenant) throws SQLException {
        return tx.first(
                        row -> row.getLong(1),
                        "select count(*) from restore where tenant_id = ? and state in ('REQUESTED', 'WRITING')",
                        tenant)
                .orElse(0L);
    }

    static boolean reads(Tx tx, UUID backup) throws SQLException {
        return tx.first(
                        row -> true,
                        "select 1 from restore where backup_id = ? and state in ('REQUESTED', 'WRITING')",
                        backup)
                .isPresent();
    }

    static Optional<Restoration> claim(Tx tx, Instant now, Instant lease) throws SQLException {
        return tx.first(RestorationRows::map, """
                update restore set due_at = ?, attempts = attempts + 1, state = 'WRITING', points_done = 0
                where restore_id = (
                    select restore_id from restore where state in ('REQUESTED', 'WRITING') and due_at <= ?
                    order by due_at limit 1 for update skip locked)
                returning *
                """, lease, now);
    }

    /** False if somebody else has it by now. */
    static boolean progress(Tx tx, Restoration of, long pointsDone, Instant lease) throws SQLException {
        return tx.update("""
                        update restore set points_done = ?, due_at = ?
                        where restore_id = ? and state = 'WRITING' and attempts = ?
                        """, pointsDone, lease, of.id(), of.attempts()) > 0;
    }

    /** False if somebody else has it by now. */
    static boolean done(Tx tx, Restoration restore, Instant now) throws SQLException {
        return tx.update("""
                        update restore set state = 'DONE', points_done = points, error = null, finished_at = ?
                        where restore_id = ? and state = 'WRITING' and attempts = ?
                        """, now, restore.id(), restore.attempts()) > 0;
    }

    /** Nothing went wrong: the tenant is not ready yet. */
    static void wait(Tx tx, UUID id, Instant due) throws SQLException {
        tx.update("update restore set state = 'REQUESTED', attempts = 0, due_at = ? where restore_id = ?", due, id);
    }

    static void failed(Tx tx, UUID id, Restoration.State next, String error, Instant due) throws SQLException {
        tx.update("""
                update restore set state = ?, error = ?, points_done = 0, due_at = ?,
                    finished_at = case when ? = 'FAILED' then ? else null end
                where restore_id = ?
                """, next, error, due, next, due, id);
    }

    private static Restoration map(ResultSet row) throws SQLException {
        return new Restoration(
                row.getObject("restore_id", UUID.class),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getObject("backup_id", UUID.class),
                Restoration.State.valueOf(row.getString("state")),
                row.getString("prefix"),
                row.getString("requested_by"),
                row.getLong("collections"),
                row.getLong("points"),
                row.getLong("points_done"),
                row.getString("error"),
                row.getInt("attempts"),
                Tx.instant(row, "created_at"),
                Tx.instantOrNull(row, "finished_at"));
    }
}
