package dev.vectorhub.billing.usage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Runs work in a transaction of its own with the setting that the row-level policies read: one tenant, or the system
 * (all tenants). Without the setting the application role sees no tenant's row. Must not be called inside a container
 * transaction: it commits its own connection.
 */
public final class LedgerTransactions {
    private final DataSource dataSource;

    public LedgerTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Work on a connection whose transaction is committed when it returns and rolled back when it throws. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run(Connection connection) throws SQLException, E;
    }

    /** Runs work that sees the rows of one tenant. */
    public <T, E extends Exception> T asTenant(UUID tenantId, String what, Work<T, E> work) throws E {
        return run("hub.tenant_id", tenantId.toString(), what, work);
    }

    /** Runs work that sees all rows. */
    public <T, E extends Exception> T asSystem(String what, Work<T, E> work) throws E {
        return run("hub.system", "on", what, work);
    }

    private <T, E extends Exception> T run(String setting, String value, String what, Work<T, E> work) throws E {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                set(connection, setting, value);
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollback(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(autoCommit);
                }
            }
        } catch (SQLException e) {
            throw new LedgerException(what + " failed", e);
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e); // the connection is gone, and the transaction with it
        }
    }

    private static void set(Connection connection, String setting, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config(?, ?, true)")) {
            statement.setString(1, setting);
            statement.setString(2, value);
            statement.execute();
        }
    }
}
