package dev.vectorhub.api.pipeline;

import java.io.Serial;

/**
 * An error of the tenant API in Qdrant's own words, for which no problem type exists: the status as Qdrant answers it
 * and the text that stands under {@code status.error}.
 */
public final class TenantApiException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    public TenantApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Qdrant's answer to input that it understands and cannot serve. */
    public static TenantApiException wrongInput(String message) {
        return new TenantApiException(400, "Wrong input: " + message);
    }

    /** Qdrant's answer to a body that does not parse. */
    public static TenantApiException badBody(String message) {
        return new TenantApiException(400, "Format error in JSON body: " + message);
    }

    /** Qdrant's answer to a collection that does not exist; also what a foreign one looks like. */
    public static TenantApiException noCollection(String name) {
        return new TenantApiException(404, "Not found: Collection `" + name + "` doesn't exist!");
    }

    /** Qdrant's answer to a caller who waits no longer. */
    public static TenantApiException timedOut(String what, long seconds) {
        return new TenantApiException(
                408, "Timeout error: Operation '" + what + "' timed out after " + seconds + " seconds");
    }

    public int status() {
        return status;
    }
}
