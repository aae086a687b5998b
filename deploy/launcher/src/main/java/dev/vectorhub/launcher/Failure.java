package dev.vectorhub.launcher;

import java.io.Serial;

/** Something the person at the keyboard can act on; printed as one line, without a stack trace. */
public final class Failure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
