package dev.vectorhub.outbox;

import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code outbox}. A claim is a lease: the row's due time moves ahead, so that a worker that dies leaves its work
 * to the next one. Workers may therefore do a thing twice and must be idempotent.
 */
@Singleton
public class Outbox {
    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);
    private static final Duration BACKOFF_MAX = Duration.ofMinutes(5);
    private static final int ERROR_CHARS_MAX = 1000;

    private final Scoped scoped;
    private final Ids ids;
    private final Clock clock;

    public Outbox(Scoped scoped, Ids ids, Clock clock) {
        this.scoped = scoped;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Promises the work in the caller's system transaction, due at once. An open placement wake-up of the tenant is made
     * due instead of repeated.
     */
    public void add(Tx tx, OutboxKind kind, TenantId tenant, String payload) throws SQLException {
        Instant now = clock.instant();
        tx.update("""
                insert into outbox (outbox_id, tenant_id, kind, payload, created_at, due_at)
                values (?, ?, ?, ?::jsonb, ?, ?)
                on conflict (tenant_id) where kind = 'placement' and done_at is null do update set due_at = excluded.due_at
                """, ids.next(), tenant, kind.code(), payload, now, now);
    }

    /** Takes due work, the longest due first; nobody else gets it before the lease ends. */
    public List<OutboxItem> claim(OutboxKind kind, int limit, Duration lease) {
        Instant now = clock.instant();
        return scoped.asSystem(tx -> tx.list(
                row -> new OutboxItem(
                        row.getObject("outbox_id", UUID.class),
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getString("payload"),
                        row.getInt("attempts")),
                """
                update outbox set due_at = ?, attempts = attempts + 1
                where outbox_id in (
                    select outbox_id from outbox where kind = ? and done_at is null and due_at <= ?
                    order by due_at limit ? for update skip locked)
                returning outbox_id, tenant_id, payload, attempts
                """,
                now.plus(lease),
                kind.code(),
                now,
                limit));
    }

    /** Closes the work in the transaction that did it. */
    public void done(Tx tx, OutboxItem item) throws SQLException {
        tx.update(
                "update outbox set done_at = ?, last_error = null where outbox_id = ? and done_at is null",
                clock.instant(),
                item.id());
    }

    /** Nothing went wrong, and the work is not done yet: it is due again after a while. For the transaction that saw it. */
    public void again(Tx tx, OutboxItem item, Duration after) throws SQLException {
        tx.update(
                "update outbox set due_at = ?, attempts = 0, last_error = null where outbox_id = ? and done_at is null",
                clock.instant().plus(after),
                item.id());
    }

    /** Puts the work back: due after a pause that doubles with each attempt, one second to five minutes. */
    public void failed(OutboxItem item, String error) {
        scoped.doAsSystem(tx -> tx.update(
                "update outbox set due_at = ?, last_error = ? where outbox_id = ? and done_at is null",
                clock.instant().plus(backoff(item.attempts())),
                error.length() > ERROR_CHARS_MAX ? error.substring(0, ERROR_CHARS_MAX) : error,
                item.id()));
    }

    /** The pause after that many attempts, 1 or more. */
    public static Duration backoff(int attempts) {
        // 1 s doubled nine times passes five minutes; a larger shift would overflow.
        Duration pause = BACKOFF_FIRST.multipliedBy(1L << Math.clamp(attempts - 1L, 0, 9));
        return pause.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : pause;
    }
}
