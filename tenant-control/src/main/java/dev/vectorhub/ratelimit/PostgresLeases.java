package dev.vectorhub.ratelimit;

import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Leases tokens from one row a subject. The database's clock rules, so gateways need not agree on the time; a row lock
 * orders the gateways.
 */
@Singleton
class PostgresLeases implements Leases {
    private static final Duration PRESENCE_EVERY = Duration.ofSeconds(10);
    private static final Duration PRESENCE_LASTS = Duration.ofSeconds(30);
    private static final String LOCK = "select newest, grants, clock_timestamp() as now from rate_window"
            + " where tenant_id = ? and key_id = ? for update";

    private final Scoped scoped;
    private final UUID gateway;
    private final Function<Instant, Instant> time;
    private final AtomicInteger gateways = new AtomicInteger(1);
    private volatile Instant presentSince = Instant.EPOCH;

    @Inject
    PostgresLeases(Scoped scoped, Ids ids) {
        this(scoped, ids.next(), databaseTime -> databaseTime);
    }

    /** @param time from the database's time to the time that counts; a test's clock has no database in it */
    PostgresLeases(Scoped scoped, UUID gateway, Function<Instant, Instant> time) {
        this.scoped = scoped;
        this.gateway = gateway;
        this.time = time;
    }

    private record Row(RateWindow window, Instant now) {}

    @Override
    public Lease take(RateSubject subject, long limit, long want, @Nullable Unspent unspent) {
        return scoped.asSystem(tx -> {
            Row row = lock(tx, subject);
            bePresent(tx, row.now());
            RateWindow window =
                    unspent == null ? row.window() : row.window().giveBack(unspent.second(), unspent.tokens());
            RateWindow.Outcome outcome = window.take(row.now(), limit, want);
            tx.update(
                    "update rate_window set newest = ?, grants = ? where tenant_id = ? and key_id = ?",
                    outcome.window().newest(),
                    outcome.window().grants(),
                    subject.tenant(),
                    subject.key());
            return new Lease(
                    outcome.granted(),
                    outcome.window().newest(),
                    outcome.remaining(),
                    outcome.nextFreeMillis(),
                    gateways.get());
        });
    }

    private Row lock(Tx tx, RateSubject subject) throws SQLException {
        Optional<Row> row = tx.first(this::map, LOCK, subject.tenant(), subject.key());
        if (row.isPresent()) {
            return row.get();
        }
        tx.update("""
                insert into rate_window (tenant_id, key_id, newest, grants) values (?, ?, 0, ?)
                on conflict (tenant_id, key_id) do nothing
                """, subject.tenant(), subject.key(), new long[RateWindow.SECONDS]);
        return tx.first(this::map, LOCK, subject.tenant(), subject.key()).orElseThrow();
    }

    private Row map(ResultSet row) throws SQLException {
        Long[] stored = (Long[]) row.getArray("grants").getArray();
        long[] grants = new long[RateWindow.SECONDS];
        for (int i = 0; i < Math.min(grants.length, stored.length); i++) {
            grants[i] = stored[i];
        }
        return new Row(new RateWindow(row.getLong("newest"), grants), time.apply(Tx.instant(row, "now")));
    }

    /** Says that this gateway lives, and counts who else does; of no interest to the order of leases. */
    private void bePresent(Tx tx, Instant now) throws SQLException {
        if (now.isBefore(presentSince.plus(PRESENCE_EVERY))) {
            return;
        }
        presentSince = now;
        tx.update("""
                insert into gateway_presence (gateway_id, seen_at) values (?, ?)
                on conflict (gateway_id) do update set seen_at = excluded.seen_at
                """, gateway, now);
        int living = tx.first(
                        row -> row.getInt(1),
                        "select count(*) from gateway_presence where seen_at > ?",
                        now.minus(PRESENCE_LASTS))
                .orElse(1);
        gateways.set(Math.max(1, living));
        tx.update("delete from gateway_presence where seen_at < ?", now.minus(Duration.ofDays(1)));
    }
}
