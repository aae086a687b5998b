package dev.vectorhub.ratelimit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Requests a minute of each user of the control API, by the identity provider's subject. Kept by each process for
 * itself: people are few and slow, and what they may do at once is bounded elsewhere; this stops a script that went wild.
 * At most {@value #USERS_MAX} users are remembered, the least active forgotten first.
 */
@Singleton
public class UserRates {
    private static final int USERS_MAX = 20_000;
    private static final int BURST_SECONDS = 10;

    private final LoadingCache<String, LocalBucket> buckets;

    @Inject
    UserRates(RateLimitSettings settings) {
        this(settings.userRequestsPerMinute(), System::nanoTime);
    }

    UserRates(long limit, LongSupplier nanoTime) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(USERS_MAX)
                .expireAfterAccess(Duration.ofMinutes(2))
                .ticker(nanoTime::getAsLong)
                .build(subject ->
                        new LocalBucket(RateLimitDecision.Layer.USER, Math.max(1, limit), BURST_SECONDS, nanoTime));
    }

    public RateLimitDecision tryConsume(String subject) {
        return buckets.get(subject).tryConsume(1);
    }
}
