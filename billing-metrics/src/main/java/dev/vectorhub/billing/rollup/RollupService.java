package dev.vectorhub.billing.rollup;

import dev.vectorhub.billing.usage.LedgerTransactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/**
 * Folds the ledger into hourly {@code usage_record} rows, and those into their sums over all tenants.
 *
 * <p>Events arrive in any order from many processes, late ones too, so neither time nor a sequence tells what is new. The
 * number of the transaction that stored an event does: each run folds the transactions from where the last run stopped
 * up to the oldest one still running ({@code pg_snapshot_xmin}), all of which are over for good, and moves that mark in
 * the same transaction. Each event is thus folded exactly once, into the hour of its own time, however late it is.
 * Queries add the events behind the mark themselves ({@code usage_hour}), so a slow rollup makes them slower, not wrong.
 *
 * <p>Transaction numbers start anew when a dump is loaded into another server; a mark ahead of the server's numbers is
 * recognised and everything is made again.
 */
@Singleton
public final class RollupService {
    /** Key of the advisory lock that one rollup at a time holds. */
    private static final long LOCK = 0x76685f726f6c6cL;

    /** Events folded in one transaction, about. */
    private static final int STEP_EVENTS = 200_000;

    private static final String FOLD = """
            with folded as (
              select tenant_id, date_trunc('hour', occurred_at, 'UTC') as hour, meter, operation, key_id,
                     sum(quantity)::bigint as quantity, count(*) as events
                from usage_event
               where %s
               group by 1, 2, 3, 4, 5),
            written as (
              insert into usage_record (tenant_id, hour, meter, operation, key_id, quantity, events)
              select * from folded
              on conflict on constraint usage_record_key do update
                 set quantity = usage_record.quantity + excluded.quantity,
                     events = usage_record.events + excluded.events,
                     updated_at = now()),
            summed as (
              insert into usage_total (hour, meter, quantity)
              select hour, meter, sum(quantity)::bigint from folded group by hour, meter
              on conflict (hour, meter) do update set quantity = usage_total.quantity + excluded.quantity)
            select coalesce(sum(events), 0)::bigint from folded
            """;

    private final LedgerTransactions transactions;

    @Inject
    public RollupService(DataSource dataSource) {
        this.transactions = new LedgerTransactions(dataSource);
    }

    private record Step(long events, boolean more) {}

    /** Folds what is new. Any number of processes may call it; one works at a time. Returns the events folded. */
    public long runOnce() {
        long events = 0;
        Step step;
        do {
            step = transactions.asSystem("rolling usage up", RollupService::step);
            events += step.events();
        } while (step.more());
        return events;
    }

    private static Step step(Connection connection) throws SQLException {
        if (number(connection, "select pg_try_advisory_xact_lock(?)::int", LOCK) == 0) {
            return new Step(0, false);
        }
        long from = number(connection, "select folded_before from usage_rollup_state");
        long end = number(connection, "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
        if (from > end) {
            for (String table : List.of("usage_record", "usage_total")) {
                number(connection, "with gone as (delete from " + table + " returning 1) select count(*) from gone");
            }
            from = 0;
        }
        String full = "select txid + 1 from usage_event where txid >= ? and txid < ? order by txid offset ? limit 1";
        long bounded = number(connection, full, from, end, STEP_EVENTS);
        boolean more = bounded != 0 && bounded < end;
        long to = more ? bounded : end;
        long events = number(connection, FOLD.formatted("txid >= ? and txid < ?"), from, to);
        if (to != from) {
            try (PreparedStatement statement =
                    connection.prepareStatement("update usage_rollup_state set folded_before = ?, folded_at = now()")) {
                statement.setLong(1, to);
                statement.executeUpdate();
            }
        }
        return new Step(events, more);
    }

    /**
     * Throws the records of the hours in [from, to) away and makes them again from the ledger; queries see the old or the
     * new ones, never a mixture.
     *
     * @param from inclusive; cut down to the start of its hour
     * @param to exclusive; the hour that it lies in counts whole
     * @return the events folded
     */
    public long rebuild(Instant from, Instant to) {
        return transactions.asSystem("rebuilding usage records", connection -> {
            lock(connection);
            OffsetDateTime start = UsageRows.hourOf(from).atOffset(ZoneOffset.UTC);
            OffsetDateTime end =
                    UsageRows.hourOf(to.minusNanos(1)).atOffset(ZoneOffset.UTC).plusHours(1);
            for (String table : List.of("usage_record", "usage_total")) {
                String delete = "delete from " + table + " where hour >= ? and hour < ?";
                try (PreparedStatement statement = connection.prepareStatement(delete)) {
                    statement.setObject(1, start);
                    statement.setObject(2, end);
                    statement.executeUpdate();
                }
            }
            String range = "occurred_at >= ? and occurred_at < ?"
                    + " and txid < (select folded_before from usage_rollup_state)";
            return number(connection, FOLD.formatted(range), start, end);
        });
    }

    private static void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    private static long number(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
