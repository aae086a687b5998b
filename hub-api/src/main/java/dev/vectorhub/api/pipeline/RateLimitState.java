package dev.vectorhub.api.pipeline;

import dev.vectorhub.ratelimit.RateLimitDecision;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * Where a caller stands against the rate limit that has least left, as headers. Names and syntax follow the IETF draft "RateLimit header
 * fields for HTTP" (draft-ietf-httpapi-ratelimit-headers): quota {@code q} in a window {@code w} of seconds, remaining
 * {@code r}, and {@code t} seconds until more is there.
 */
public record RateLimitState(long limit, long remaining, long resetSeconds) {

    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");
    private static final int WINDOW_SECONDS = 60;

    public static RateLimitState of(RateLimitDecision decision) {
        return switch (decision) {
            case RateLimitDecision.Allowed allowed ->
                new RateLimitState(allowed.limit(), allowed.remaining(), allowed.resetSeconds());
            case RateLimitDecision.Denied denied -> new RateLimitState(denied.limit(), 0, denied.retryAfterSeconds());
        };
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
