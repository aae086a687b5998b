package dev.vectorhub.backup;

import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code backup}. */
final class BackupRows {

    private BackupRows() {}

    static void insert(Tx tx, UUID id, TenantId tenant, String label, String by, Instant now) throws SQLException {
        tx.update("""
                insert into backup (backup_id, tenant_id, state, label, requested_by, due_at, created_at)
                values (?, ?, 'REQUESTED', ?, ?, ?, ?)
                """, id, tenant, label, by, now, now);
    }

    static Optional<Backup> find(Tx tx, UUID id) throws SQLException {
        return tx.first(BackupRows::map, "select * from backup where backup_id = ?", id);
    }

    static Optional<Backup> lock(Tx tx, UUID id) throws SQLException {
        return tx.first(BackupRows::map, "select * from backup where backup_id = ? for update", id);
    }

    /** Newest first. */
    static List<Backup> list(Tx tx, TenantId tenant) throws SQLException {
        return tx.list(BackupRows::map, "select * from backup where tenant_id = ? order by backup_id desc", tenant);
    }

    static long count(Tx tx, TenantId tenant) throws SQLException {
        return tx.first(
                        row -> row.getLong(1),
                        "select count(*) from backup where tenant_id = ? and state <> 'DELETING'",
                        tenant)
                .orElse(0L);
    }

    /** Due work, which nobody else gets before the lease ends. */
    static Optional<Backup> claim(Tx tx, Instant now, Instant lease) throws SQLException {
        return tx.first(BackupRows::map, """
                update backup set due_at = ?, attempts = attempts + 1,
                    state = case when state = 'DELETING' then state else 'WRITING' end
                where backup_id = (
                    select backup_id from backup where state in ('REQUESTED', 'WRITING', 'DELETING') and due_at <= ?
                    order by due_at limit 1 for update skip locked)
                returning *
                """, lease, now);
    }

    static void progress(Tx tx, UUID id, long bytes, long expected, Instant lease) throws SQLException {
        tx.update("""
                update backup set bytes = ?, bytes_expected = ?, due_at = ? where backup_id = ? and state = 'WRITING'
                """, bytes, expected, lease, id);
    }

    static boolean ready(Tx tx, UUID id, BackupReader.Summary held, String sha256, Instant now) throws SQLException {
        return tx.update(
                        """
                        update backup set state = 'READY', collections = ?, points = ?, bytes = ?, log_index = ?,
                            sha256 = ?, error = null, finished_at = ?
                        where backup_id = ? and state = 'WRITING'
                        """,
                        held.collections(),
                        held.points(),
                        held.bytes(),
                        held.header().getLogIndex(),
                        sha256,
                        now,
                        id)
                > 0;
    }

    /** @param next REQUESTED to try again when due, FAILED to give up, DELETING to stay so */
    static void failed(Tx tx, UUID id, Backup.State next, String error, Instant due) throws SQLException {
        tx.update("""
                update backup set state = ?, error = ?, bytes = 0, due_at = ?,
                    finished_at = case when ? = 'FAILED' then ? else null end
                where backup_id = ?
                """, next, error, due, next, due, id);
    }

    static void startDeleting(Tx tx, UUID id, Instant now) throws SQLException {
        tx.update("update backup set state = 'DELETING', due_at = ?, attempts = 0 where backup_id = ?", now, id);
    }

    /** With a tenant go its backups. */
    static void startDeletingOfErased(Tx tx, Instant now) throws SQLException {
        tx.update("""
                update backup b set state = 'DELETING', due_at = ?, attempts = 0
                from tenant t where t.tenant_id = b.tenant_id and t.state = 'DELETED' and b.state <> 'DELETING'
                """, now);
    }

    static void remove(Tx tx, UUID id) throws SQLException {
        tx.update("delete from backup where backup_id = ?", id);
    }

    private static Backup map(ResultSet row) throws SQLException {
        long logIndex = row.getLong("log_index");
        Long known = row.wasNull() ? null : logIndex;
        return new Backup(
                row.getObject("backup_id", UUID.class),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Backup.State.valueOf(row.getString("state")),
                row.getString("label"),
                row.getString("requested_by"),
                row.getLong("collections"),
                row.getLong("points"),
                row.getLong("bytes"),
                row.getLong("bytes_expected"),
                known,
                row.getString("sha256"),
                row.getString("error"),
                row.getInt("attempts"),
                Tx.instant(row, "created_at"),
                Tx.instantOrNull(row, "finished_at"));
    }
}
