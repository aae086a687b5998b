package dev.vectorhub.billing.usage;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements that add to the ledger. A row whose id is known already is left as it is. */
final class LedgerWriter {
    /** A statement that takes longer than this is given up; its rows stay in the spool. */
    private static final String STATEMENT_TIMEOUT = "set local statement_timeout = '15s'";

    private static final String INSERT = """
            insert into usage_event (tenant_id, key_id, meter, operation, quantity, occurred_at, node, epoch, seq, reason)
            select tenant_id, key_id, meter, operation, quantity, to_timestamp(epoch_millis / 1000.0), node, epoch, seq, ?
              from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[])
                   as e (tenant_id, key_id, meter, operation, quantity, epoch_millis, node, epoch, seq)
            on conflict do nothing
            """;

    private static final String ADVANCE_SOURCE = """
            insert into usage_source (node, epoch, stored_seq, last_event_at) values (?, ?, ?, ?)
            on conflict (node, epoch) do update
               set stored_seq = greatest(usage_source.stored_seq, excluded.stored_seq),
                   last_event_at = greatest(usage_source.last_event_at, excluded.last_event_at)
            """;

    private final LedgerTransactions transactions;

    LedgerWriter(DataSource dataSource) {
        this.transactions = new LedgerTransactions(dataSource);
    }

    /** Registers a start of a node. Returns its epoch, which no other start gets. */
    long takeEpoch(String node) {
        return transactions.asSystem("registering usage source " + node, connection -> {
            String sql = "insert into usage_source (node, epoch) values (?, nextval('usage_epoch')) returning epoch";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, node);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }

    /** Notes that a node's start has ended with everything stored. */
    void closeEpoch(String node, long epoch) {
        transactions.asSystem("closing usage source " + node, connection -> {
            String sql = "update usage_source set closed_at = now() where node = ? and epoch = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, node);
                statement.setLong(2, epoch);
                return statement.executeUpdate();
            }
        });
    }

    /** Stores events of recording processes. Returns how many were new. */
    int store(List<UsageEvent> events) {
        return transactions.asSystem("storing " + events.size() + " usage events", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(STATEMENT_TIMEOUT);
            }
            int added = insert(connection, events, null);
            advanceSources(connection, events);
            return added;
        });
    }

    /** Inserts in the caller's transaction. Returns how many rows are new. */
    static int insert(Connection connection, List<UsageEvent> events, @Nullable String reason) throws SQLException {
        int count = events.size();
        UUID[] tenants = new UUID[count];
        @Nullable UUID[] keys = new @Nullable UUID[count];
        String[] meters = new String[count];
        String[] operations = new String[count];
        Long[] quantities = new Long[count];
        Long[] times = new Long[count];
        String[] nodes = new String[count];
        Long[] epochs = new Long[count];
        Long[] seqs = new Long[count];
        for (int i = 0; i < count; i++) {
            UsageEvent event = events.get(i);
            tenants[i] = event.tenantId();
            keys[i] = event.keyId();
            meters[i] = event.meter().code();
            operations[i] = event.operation();
            quantities[i] = event.quantity();
            times[i] = event.epochMillis();
            nodes[i] = event.node();
            epochs[i] = event.epoch();
            seqs[i] = event.seq();
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, reason);
            setArray(statement, 2, "uuid", tenants);
            setArray(statement, 3, "uuid", keys);
            setArray(statement, 4, "text", meters);
            setArray(statement, 5, "text", operations);
            setArray(statement, 6, "int8", quantities);
            setArray(statement, 7, "int8", times);
            setArray(statement, 8, "text", nodes);
            setArray(statement, 9, "int8", epochs);
            setArray(statement, 10, "int8", seqs);
            return statement.executeUpdate();
        }
    }

    private static void setArray(PreparedStatement statement, int index, String type, @Nullable Object[] values)
            throws SQLException {
        Array array = statement.getConnection().createArrayOf(type, values);
        statement.setArray(index, array);
    }

    private static void advanceSources(Connection connection, List<UsageEvent> events) throws SQLException {
        record Source(String node, long epoch) {}
        record Reached(long seq, long epochMillis) {}
        Map<Source, Reached> sources = new HashMap<>();
        for (UsageEvent event : events) {
            sources.merge(
                    new Source(event.node(), event.epoch()),
                    new Reached(event.seq(), event.epochMillis()),
                    (a, b) -> new Reached(Math.max(a.seq, b.seq), Math.max(a.epochMillis, b.epochMillis)));
        }
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE_SOURCE)) {
            for (Map.Entry<Source, Reached> entry : sources.entrySet()) {
                statement.setString(1, entry.getKey().node());
                statement.setLong(2, entry.getKey().epoch());
                statement.setLong(3, entry.getValue().seq());
                statement.setObject(
                        4, Instant.ofEpochMilli(entry.getValue().epochMillis()).atOffset(ZoneOffset.UTC));
                statement.executeUpdate();
            }
        }
    }
}
