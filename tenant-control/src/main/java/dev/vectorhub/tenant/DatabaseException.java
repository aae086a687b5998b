package dev.vectorhub.tenant;

import java.io.Serial;
import java.sql.SQLException;

/** An SQL error that no caller can do anything about, or one that a service recognises by its state. */
public final class DatabaseException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** SQLSTATE of a unique constraint that does not hold. */
    public static final String UNIQUE_VIOLATION = "23505";

    private final String state;

    public DatabaseException(SQLException cause) {
        super(cause);
        this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** The SQLSTATE, five characters, or empty. */
    public String state() {
        return state;
    }
}
