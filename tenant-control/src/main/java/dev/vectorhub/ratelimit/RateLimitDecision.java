package dev.vectorhub.ratelimit;

/** Whether a request may go on. */
public sealed interface RateLimitDecision {

    /** Requests a minute, as the tenant's plan says. */
    long limit();

    /**
     * @param remaining what is left of the minute, as far as this gateway knows
     * @param resetSeconds until more is free again
     */
    record Allowed(long limit, long remaining, int resetSeconds) implements RateLimitDecision {}

    /** @param retryAfterSeconds at least 1 */
    record Denied(long limit, int retryAfterSeconds) implements RateLimitDecision {}
}
