package dev.vectorhub.identity;

import java.io.Serial;

/** The identity provider did not do what it was asked; {@link #transientFailure()} says whether asking again may help. */
public final class IdentityException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status HTTP status of the answer; 0 if there was none */
    public IdentityException(int status, String message) {
        super(message);
        this.status = status;
    }

    public IdentityException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    public int status() {
        return status;
    }

    /** No answer, overload or an error of the provider's own; false for a request that it will always refuse. */
    public boolean transientFailure() {
        return status == 0 || status == 401 || status == 408 || status == 429 || status >= 500;
    }
}
