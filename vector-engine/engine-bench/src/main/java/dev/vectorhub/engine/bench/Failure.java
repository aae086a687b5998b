package dev.vectorhub.engine.bench;

/** What a benchmark cannot go on from; the message is all that a person is shown. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
