package dev.vectorhub.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket does while no lease comes: since when the database does not answer, when to ask again, and the
 * {@link FallbackRate} as a bucket. Not thread-safe.
 */
final class Outage {
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final MonotonicMeter meter;
    private int gateways = 1;
    private boolean gone;
    private long goneSinceNanos;
    private long askAgainNanos;
    private @Nullable Bucket bucket;
    private @Nullable FallbackRate rate;

    Outage(MonotonicMeter meter) {
        this.meter = meter;
    }

    boolean gone() {
        return gone;
    }

    /** Whether it is no use to ask now. */
    boolean pauses(long now) {
        return gone && now - askAgainNanos < 0;
    }

    void answered(int gatewaysNow) {
        gateways = gatewaysNow;
        gone = false;
        bucket = null;
        rate = null;
    }

    void missed(long askedNanos, long now) {
        if (!gone) {
            gone = true;
            goneSinceNanos = askedNanos;
        }
        askAgainNanos = now + RETRY_NANOS;
    }

    /** Takes from the fallback; a cost above its burst counts as the burst. */
    ConsumptionProbe tryConsume(long cost, long limit, long now) {
        FallbackRate current = FallbackRate.of(limit, gateways, gone ? now - goneSinceNanos : 0);
        Bucket tokens = bucket;
        if (tokens == null || !current.equals(rate)) {
            tokens = Bucket.builder()
                    .addLimit(bandwidth -> bandwidth
                            .capacity(current.burst())
                            .refillGreedy(current.perMinute(), Duration.ofMinutes(1)))
                    .withCustomTimePrecision(meter)
                    .build();
            bucket = tokens;
            rate = current;
        }
        return tokens.tryConsumeAndReturnRemaining(Math.min(cost, current.burst()));
    }
}
