package dev.vectorhub.billing.usage;

import java.sql.SQLException;

/** The database refused or could not be reached. Nothing of the transaction was kept. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerException(String message, SQLException cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
