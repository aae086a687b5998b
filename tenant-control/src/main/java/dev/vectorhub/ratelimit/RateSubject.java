package dev.vectorhub.ratelimit;

import dev.vectorhub.ratelimit.RateLimitDecision.Layer;
import java.util.UUID;

/**
 * What a bucket counts: all of a tenant's requests, those that come with one of its keys, or the tokens of the texts that are
 * embedded for it.
 *
 * @param key {@link #WHOLE} for the tenant's, {@link #TEXTS} for tokens
 */
record RateSubject(UUID tenant, UUID key) {
    static final UUID WHOLE = new UUID(0, 0);

    static final UUID TEXTS = new UUID(0, 1);

    static RateSubject ofTexts(UUID tenant) {
        return new RateSubject(tenant, TEXTS);
    }

    static RateSubject ofTenant(UUID tenant) {
        return new RateSubject(tenant, WHOLE);
    }

    Layer layer() {
        return key.equals(WHOLE) ? Layer.TENANT : key.equals(TEXTS) ? Layer.TEXTS : Layer.KEY;
    }
}
