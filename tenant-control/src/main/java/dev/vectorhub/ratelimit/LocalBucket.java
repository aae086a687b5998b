package dev.vectorhub.ratelimit;

import dev.vectorhub.ratelimit.RateLimitDecision.Allowed;
import dev.vectorhub.ratelimit.RateLimitDecision.Denied;
import dev.vectorhub.ratelimit.RateLimitDecision.Layer;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A limit that this process keeps by itself: refilled evenly, with some seconds' worth to be spent at once. */
final class LocalBucket {
    private final Layer layer;
    private final long limit;
    private final long burst;
    private final Bucket bucket;

    /**
     * A full bucket.
     *
     * @param limit tokens a minute, at least 1
     * @param burstSeconds how much of it may be spent at once
     */
    LocalBucket(Layer layer, long limit, int burstSeconds, LongSupplier nanoTime) {
        this.layer = layer;
        this.limit = limit;
        this.burst = Math.max(1, limit * burstSeconds / 60);
        this.bucket = Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(burst).refillGreedy(limit, Duration.ofMinutes(1)))
                .withCustomTimePrecision(new MonotonicMeter(nanoTime))
                .build();
    }

    /** Takes the cost; one above the burst counts as the burst. */
    RateLimitDecision tryConsume(long cost) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(Math.min(cost, burst));
        return probe.isConsumed()
                ? new Allowed(layer, limit, probe.getRemainingTokens(), seconds(probe.getNanosToWaitForReset()))
                : new Denied(layer, limit, Math.max(1, seconds(probe.getNanosToWaitForRefill())));
    }

    static int seconds(long nanos) {
        return Math.toIntExact((nanos + 999_999_999) / 1_000_000_000);
    }
}
