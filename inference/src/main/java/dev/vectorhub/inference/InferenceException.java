package dev.vectorhub.inference;

import java.io.Serial;

/** Texts were not embedded, and the caller is not to blame; nothing is counted. */
public final class InferenceException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The tenant has as many requests waiting as it may. */
        TENANT_BUSY,
        /** As many requests wait as may. */
        BUSY,
        /** Its turn did not come, or did not end, in time. */
        LATE,
        /** The model does not run on this machine. */
        UNAVAILABLE
    }

    private final Reason reason;
    private final int retryAfterSeconds;

    InferenceException(Reason reason, int retryAfterSeconds, String message) {
        super(message);
        this.reason = reason;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    InferenceException(String message, Throwable cause) {
        super(message, cause);
        this.reason = Reason.UNAVAILABLE;
        this.retryAfterSeconds = 60;
    }

    public Reason reason() {
        return reason;
    }

    /** When a retry makes sense: at least 1. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
