package dev.vectorhub;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Counts the transactions that a piece of code begins; can play a database that is gone. */
public final class Counted implements DataSource {
    private final DataSource inner;
    private final AtomicLong connections = new AtomicLong();
    private volatile boolean gone;

    public Counted(DataSource inner) {
        this.inner = inner;
    }

    public long connections() {
        return connections.get();
    }

    public void gone(boolean isGone) {
        this.gone = isGone;
    }

    @Override
    public Connection getConnection() throws SQLException {
        connections.incrementAndGet();
        if (gone) {
            throw new SQLException("the database is gone", "08001");
        }
        return inner.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("not used");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return inner.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        inner.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        inner.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return inner.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return inner.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return inner.isWrapperFor(type);
    }
}
