package dev.vectorhub.ratelimit;

import dev.vectorhub.ratelimit.RateLimitDecision.Layer;
import java.util.UUID;

/**
 * Whose requests a bucket counts: all of a tenant's, or those that come with one of its keys.
 *
 * @param key {@link #WHOLE} for the tenant's
 */
record RateSubject(UUID tenant, UUID key) {
    static final UUID WHOLE = new UUID(0, 0);

    static RateSubject ofTenant(UUID tenant) {
        return new RateSubject(tenant, WHOLE);
    }

    Layer layer() {
        return key.equals(WHOLE) ? Layer.TENANT : Layer.KEY;
    }
}
