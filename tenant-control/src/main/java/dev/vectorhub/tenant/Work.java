package dev.vectorhub.tenant;

import java.sql.SQLException;

/** What is done within a transaction. It may run only once and must not keep the {@link Tx}. */
@FunctionalInterface
public interface Work<T> {
    T run(Tx tx) throws SQLException;

    /** The same without an answer. */
    @FunctionalInterface
    interface Task {
        void run(Tx tx) throws SQLException;
    }
}
