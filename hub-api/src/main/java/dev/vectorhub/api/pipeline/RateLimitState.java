package dev.vectorhub.api.pipeline;

import dev.vectorhub.ratelimit.RateLimitDecision;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * Where a tenant stands against its rate limit, as headers. Names and syntax follow the IETF draft "RateLimit header
 * fields for HTTP" (draft-ietf-httpapi-ratelimit-headers): quota {@code q} in a window {@code w} of seconds, remaining
 * {@code r}, and {@code t} seconds until more is there.
 */
public record RateLimitState(long limit, long remaining, long resetSeconds) {

    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");
    private static final int WINDOW_SECONDS = 60;

    static RateLimitState of(RateLimitDecision.Allowed allowed) {
        return new RateLimitState(allowed.limit(), allowed.remaining(), allowed.resetSeconds());
    }

    static RateLimitState of(RateLimitDecision.Denied denied) {
        return new RateLimitState(denied.limit(), 0, denied.retryAfterSeconds());
    }

    /** Writes both headers. */
    public void writeTo(MultiMap headers) {
        headers.set(POLICY, policy());
        headers.set(LIMIT, state());
    }

    /** The value of {@code RateLimit-Policy}. */
    public String policy() {
        return "\"requests\";q=" + limit + ";w=" + WINDOW_SECONDS;
    }

    /** The value of {@code RateLimit}. */
    public String state() {
        return "\"requests\";r=" + remaining + ";t=" + resetSeconds;
    }
}
