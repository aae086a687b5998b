package dev.vectorhub.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vectorhub.ratelimit.RateLimitDecision.Allowed;
import dev.vectorhub.ratelimit.RateLimitDecision.Denied;
import dev.vectorhub.ratelimit.RateLimitDecision.Layer;
import dev.vectorhub.tenant.TenantScope;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests a minute, from the narrowest limit to the widest: of the API key, where it has one of its own, and of the
 * tenant, each over all gateways; then the ceiling of this process. What a wider limit refuses is given back to the
 * narrower ones.
 *
 * <p>A request takes tokens from a bucket in memory; the bucket is refilled by leases from the database, about a second
 * of the rate each ({@link LeasedBucket}). The costs are therefore O(active tenants × gateways) a second and not
 * O(requests). Any minute admits at most the limit, and steady demand gets at least 95 % of it ({@link RateWindow}).
 *
 * <p>While the database does not answer, {@link FallbackRate} says what each gateway admits.
 */
@Singleton
public class RateLimiter {
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final long SUBJECTS_MAX = 200_000;
    private static final int NODE_BURST_SECONDS = 1;

    private final Leases leases;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Cache<RateSubject, LeasedBucket> buckets;
    private final @Nullable LocalBucket node;

    @Inject
    RateLimiter(PostgresLeases leases, RateLimitSettings settings) {
        this(leases, System::nanoTime, Executors.newVirtualThreadPerTaskExecutor(), settings.nodeRequestsPerMinute());
    }

    /**
     * A limiter.
     *
     * @param nodeLimit requests a minute of this process; 0 for no ceiling
     */
    RateLimiter(Leases leases, LongSupplier nanoTime, Executor executor, long nodeLimit) {
        this.leases = leases;
        this.nanoTime = nanoTime;
        this.executor = executor;
        this.buckets = Caffeine.newBuilder()
                .expireAfterAccess(IDLE)
                .maximumSize(SUBJECTS_MAX)
                .ticker(nanoTime::getAsLong)
                // Its upkeep after some reads takes less than another thread takes to wake up.
                .executor(Runnable::run)
                .build();
        this.node = nodeLimit == 0 ? null : new LocalBucket(Layer.NODE, nodeLimit, NODE_BURST_SECONDS, nanoTime);
    }

    /**
     * Takes the cost of a request, if there are tokens. Finding the bucket empty it waits for one lease, at most {@value
     * LeasedBucket#LEASE_WAIT_MILLIS} ms; never call it from an event loop.
     *
     * @param cost tokens, at least 1; more than the limit counts as the limit
     */
    public RateLimitDecision tryConsume(TenantScope scope, int cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("a request costs at least one token, not " + cost);
        }
        UUID tenant = scope.tenant().value();
        LeasedBucket ofKey = null;
        RateLimitDecision narrow = null;
        if (scope.keyRequestsPerMinute() > 0) {
            ofKey = bucket(new RateSubject(tenant, scope.keyId()));
            narrow = ofKey.tryConsume(cost, scope.keyRequestsPerMinute());
            if (narrow instanceof Denied) {
                return narrow;
            }
        }
        LeasedBucket ofTenant = bucket(RateSubject.ofTenant(tenant));
        RateLimitDecision wide = ofTenant.tryConsume(cost, scope.limits().maxRequestsPerMinute());
        if (wide instanceof Denied) {
            giveBack(ofKey, cost);
            return wide;
        }
        if (node != null && node.tryConsume(cost) instanceof Denied denied) {
            giveBack(ofKey, cost);
            ofTenant.giveBack(cost);
            return denied;
        }
        return narrow instanceof Allowed key && wide instanceof Allowed all && key.remaining() < all.remaining()
                ? key
                : wide;
    }

    /**
     * Takes tokens of texts that are to be embedded, if the tenant's minute has as many; apart from requests, and as long.
     *
     * @param tokens at least 1; more than the limit counts as the limit
     */
    public RateLimitDecision tryEmbed(TenantScope scope, int tokens) {
        return bucket(RateSubject.ofTexts(scope.tenant().value()))
                .tryConsume(tokens, scope.limits().maxInferenceTokensPerMinute());
    }

    private static void giveBack(@Nullable LeasedBucket bucket, int cost) {
        if (bucket != null) {
            bucket.giveBack(cost);
        }
    }

    private LeasedBucket bucket(RateSubject subject) {
        return buckets.get(subject, wanted -> new LeasedBucket(wanted, leases, nanoTime, executor));
    }

    /** Tenants and keys that have a bucket here now. */
    long activeSubjects() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    @PreDestroy
    void close() {
        if (executor instanceof ExecutorService own) {
            own.close();
        }
    }
}
