package dev.vectorhub.api.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.ratelimit.RateLimitDecision;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class RateLimitStateTest {

    @Test
    void bothHeadersFollowTheDraft() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        RateLimitState.of(new RateLimitDecision.Allowed(RateLimitDecision.Layer.TENANT, 1000, 998, 3))
                .writeTo(headers);
        assertEquals("\"requests\";q=1000;w=60", headers.get("RateLimit-Policy"));
        assertEquals("\"requests\";r=998;t=3", headers.get("RateLimit"));
    }

    @Test
    void aRefusalLeavesNothing() {
        assertEquals(
                "\"requests\";r=0;t=7",
                RateLimitState.of(new RateLimitDecision.Denied(RateLimitDecision.Layer.KEY, 5, 7))
                        .state());
    }
}
