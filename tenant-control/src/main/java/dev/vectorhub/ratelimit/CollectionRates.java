package dev.vectorhub.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Operations a minute that tenants allow on their own collections, reads and writes apart. Kept by each process for itself.
 * At most {@value #BUCKETS_MAX} buckets are remembered, the least active forgotten first.
 */
@Singleton
public class CollectionRates {
    private static final int BUCKETS_MAX = 100_000;
    private static final int BURST_SECONDS = 60;

    private final LongSupplier nanoTime;
    private final Cache<Key, LocalBucket> buckets;

    /** A limit that is changed is another bucket. */
    private record Key(UUID collection, boolean write, long limit) {}

    @Inject
    public CollectionRates() {
        this(System::nanoTime);
    }

    CollectionRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(BUCKETS_MAX)
                .expireAfterAccess(Duration.ofMinutes(2))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /**
     * Takes one operation.
     *
     * @param limit operations a minute, at least 1; as many may come at once
     */
    public RateLimitDecision tryConsume(UUID collection, boolean write, long limit) {
        return buckets.get(
                        new Key(collection, write, limit),
                        key -> new LocalBucket(RateLimitDecision.Layer.COLLECTION, limit, BURST_SECONDS, nanoTime))
                .tryConsume(1);
    }
}
