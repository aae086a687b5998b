package dev.vectorhub.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The table {@code news}, read from where the last reading ended: each piece once, whatever the order of the commits.
 * Belongs to one connection and thread.
 *
 * <p>A version is a transaction's number. Numbers are given before transactions commit, so what is new is not simply what
 * lies above the highest number seen: a reading begins at the oldest transaction that was open at the one before, and
 * passes over those that it has told of. A transaction's rows appear all at once, so its number stands for all of them.
 */
final class News {
    /** What nobody polled for in this time is gone: who was away as long has lost its connection and trusts nothing. */
    private static final String KEPT = "10 minutes";
    /** A poll that finds more tells its readers to trust nothing instead. */
    private static final int ROWS_MAX = 10_000;

    private final Connection connection;
    private String version;
    private Set<String> told = Set.of();

    private News(Connection connection, String version) {
        this.connection = connection;
        this.version = version;
    }

    /** Begins with what is committed after this call. */
    static News from(Connection connection) throws SQLException {
        return new News(connection, horizon(connection));
    }

    /** What was committed since the last poll, each piece once; empty if it was too much to tell. */
    Optional<Set<String>> poll() throws SQLException {
        // Taken first: what commits between the two statements is read now and once more next time.
        String next = horizon(connection);
        Set<String> payloads = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select payload, version::text from news where version >= ?::xid8 order by version limit "
                        + (ROWS_MAX + 1))) {
            select.setString(1, version);
            try (ResultSet rows = select.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    if (!told.contains(rows.getString(2))) {
                        payloads.add(rows.getString(1));
                    }
                    seen.add(rows.getString(2));
                    count++;
                }
                version = next;
                told = seen;
                return count > ROWS_MAX ? Optional.empty() : Optional.of(payloads);
            }
        }
    }

    /** Forgets old rows; any reader may do it. */
    void prune() throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from news where at < clock_timestamp() - interval '" + KEPT + "'")) {
            delete.executeUpdate();
        }
    }

    /** Every transaction below it has ended. */
    private static String horizon(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select pg_snapshot_xmin(pg_current_snapshot())::text");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("no snapshot");
            }
            return row.getString(1);
        }
    }
}
