package dev.vectorhub.api.pipeline;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Takes the API key out of a request: header {@code api-key}, as Qdrant's clients send it, or a bearer token. */
public final class PresentedKey {

    /** How each key of ours begins. */
    public static final String PREFIX = "vhk_";

    private static final CharSequence API_KEY = HttpHeaders.createOptimized("api-key");
    private static final String BEARER = "Bearer ";

    private PresentedKey() {}

    /** What was presented, well formed or not; null where nothing was. */
    public static @Nullable String of(MultiMap headers) {
        return of(headers.get(API_KEY), headers.get(HttpHeaders.AUTHORIZATION));
    }

    /** The same of the two headers' values; null for one that is not there. */
    public static @Nullable String of(@Nullable String apiKey, @Nullable String authorization) {
        return apiKey != null ? apiKey : bearer(authorization);
    }

    /** The token of an {@code Authorization} header of the bearer scheme (RFC 6750), else null. */
    static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String token = authorization.substring(BEARER.length()).strip();
        return token.isEmpty() ? null : token;
    }
}
