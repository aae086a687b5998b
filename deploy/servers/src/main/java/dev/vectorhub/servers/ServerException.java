package dev.vectorhub.servers;

import java.io.Serial;

/** A server could not be prepared, started or stopped; the message is meant for the person at the keyboard. */
public class ServerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ServerException(String message) {
        super(message);
    }

    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
