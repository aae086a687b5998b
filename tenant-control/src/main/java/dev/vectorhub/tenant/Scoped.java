package dev.vectorhub.tenant;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The only door to the database: a transaction that sees one tenant's rows, or, for operators, workers and the lookup of
 * keys, all of them.
 *
 * <p>The setting is local to the transaction (row-level security reads it), so a pooled connection never carries it on. A
 * transaction commits when its work returns and rolls back when it throws. Transactions are passed as {@link Tx}, never
 * ambient, and do not nest.
 *
 * <p>Failures: the database cannot be reached or has no connection free is {@link ProblemType#UNAVAILABLE}; every other
 * SQL error is a {@link DatabaseException}.
 */
public final class Scoped {
    // character_not_in_repertoire and, in JSON, untranslatable_character: PostgreSQL stores no zero character, and that
    // is
    // all that a Java string can hold of such.
    private static final Set<String> NO_TEXT = Set.of("22021", "22P05");
    private static final String TENANT = "select set_config('hub.tenant_id', ?, true)";
    private static final String SYSTEM = "select set_config('hub.system', ?, true)";

    private final DataSource database;

    public Scoped(DataSource database) {
        this.database = database;
    }

    public <T> T asTenant(TenantId tenant, Work<T> work) {
        return within(TENANT, tenant.toString(), work);
    }

    public <T> T asSystem(Work<T> work) {
        return within(SYSTEM, "on", work);
    }

    public void doAsTenant(TenantId tenant, Work.Task task) {
        within(TENANT, tenant.toString(), answered(task));
    }

    public void doAsSystem(Work.Task task) {
        within(SYSTEM, "on", answered(task));
    }

    private static Work<Boolean> answered(Work.Task task) {
        return tx -> {
            task.run(tx);
            return true;
        };
    }

    private <T> T within(String setting, String value, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (PreparedStatement set = connection.prepareStatement(setting)) {
                    set.setString(1, value);
                    set.execute();
                }
                T result = work.run(new Tx(connection));
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw translate(e);
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static RuntimeException translate(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (NO_TEXT.contains(state)) {
            return new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "A text holds the character U+0000, which cannot be stored", e);
        }
        // 08 connection, 53 resources, 57P shutdown; the pool's own time-out carries no state.
        boolean gone = state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || e instanceof SQLTransientException;
        return gone
                ? new ProblemException(ProblemType.UNAVAILABLE, "The database cannot be reached", e)
                : new DatabaseException(e);
    }
}
