package dev.vectorhub.ratelimit;

/** Whether a request may go on. */
public sealed interface RateLimitDecision {

    /** Requests a minute, as the tenant's plan says. */
    long limit();

    /**
     * The request may go on.
     *
     * @param remaining what is left of the minute, as far as this gateway knows
     * @param resetSeconds until more is free again
     */
    record Allowed(long limit, long remaining, int resetSeconds) implements RateLimitDecision {}

    /**
     * The minute is used up.
     *
     * @param retryAfterSeconds at least 1
     */
    record Denied(long limit, int retryAfterSeconds) implements RateLimitDecision {}
}
