package dev.vectorhub.ratelimit;

/** Whether a request may go on. */
public sealed interface RateLimitDecision {

    /** Which limit speaks; a request passes them from the narrowest to the widest. */
    enum Layer {
        /** What the tenant allows on one of its collections. */
        COLLECTION,
        /** The limit of the API key itself. */
        KEY,
        /** The tenant's, which its plan gives. */
        TENANT,
        /** The tenant's, of tokens of texts that are embedded: not of requests. */
        TEXTS,
        /** A user of the control API, by the identity provider's subject. */
        USER,
        /** The ceiling of one hub process. */
        NODE
    }

    Layer layer();

    /** Requests a minute; tokens where {@link Layer#TEXTS} speaks. */
    long limit();

    /**
     * The request may go on.
     *
     * @param layer the limit that has least left
     * @param remaining what is left of the minute, as far as this gateway knows
     * @param resetSeconds until more is free again
     */
    record Allowed(Layer layer, long limit, long remaining, int resetSeconds) implements RateLimitDecision {}

    /**
     * The minute is used up.
     *
     * @param retryAfterSeconds at least 1
     */
    record Denied(Layer layer, long limit, int retryAfterSeconds) implements RateLimitDecision {}
}
