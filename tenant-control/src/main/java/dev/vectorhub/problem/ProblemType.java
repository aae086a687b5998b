package dev.vectorhub.problem;

import java.util.Locale;

/** Every problem that the hub answers with: a stable name, a title and an HTTP status (RFC 9457 §3.1). */
public enum ProblemType {
    MALFORMED_REQUEST("Malformed request", 400),
    UNAUTHENTICATED("Authentication required", 401),
    FORBIDDEN("Not permitted", 403),
    QUOTA_EXCEEDED("Quota exceeded", 403),
    READ_ONLY("Tenant is read-only", 403),
    TENANT_SUSPENDED("Tenant is suspended", 403),
    /** The tenant's state permits nothing of the kind: not verified, not provisioned yet, being deleted. */
    TENANT_NOT_ACTIVE("Tenant is not active", 403),
    NOT_FOUND("Not found", 404),
    METHOD_NOT_ALLOWED("Method not allowed", 405),
    CONFLICT("Conflict", 409),
    PRECONDITION_FAILED("Precondition failed", 412),
    PAYLOAD_TOO_LARGE("Payload too large", 413),
    UNSUPPORTED_MEDIA_TYPE("Unsupported media type", 415),
    VALIDATION_FAILED("Validation failed", 422),
    PRECONDITION_REQUIRED("Precondition required", 428),
    RATE_LIMITED("Too many requests", 429),
    INTERNAL("Internal error", 500),
    UNAVAILABLE("Temporarily unavailable", 503),
    STORAGE_FULL("Storage is full", 507);

    private final String title;
    private final int status;

    ProblemType(String title, int status) {
        this.title = title;
        this.status = status;
    }

    /** The stable name, for instance {@code quota-exceeded}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The {@code type} member: a URN, so that nobody expects a page behind it. */
    public String uri() {
        return "urn:vectorhub:problem:" + slug();
    }

    public String title() {
        return title;
    }

    public int status() {
        return status;
    }
}
