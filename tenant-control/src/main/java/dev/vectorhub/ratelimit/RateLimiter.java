package dev.vectorhub.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

/**
 * Requests a minute, for each tenant over all gateways.
 *
 * <p>A request takes tokens from a bucket in memory; the bucket is refilled by leases from the database, about a second
 * of the rate each ({@link TenantBucket}). The costs are therefore O(active tenants × gateways) a second and not
 * O(requests). Any minute admits at most the limit, and steady demand gets at least 95 % of it ({@link RateWindow}).
 *
 * <p>While the database does not answer, {@link FallbackRate} says what each gateway admits.
 */
@Singleton
public class RateLimiter {
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final long TENANTS_MAX = 200_000;

    private final Leases leases;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Cache<UUID, TenantBucket> buckets;

    @Inject
    RateLimiter(PostgresLeases leases) {
        this(leases, System::nanoTime, Executors.newVirtualThreadPerTaskExecutor());
    }

    RateLimiter(Leases leases, LongSupplier nanoTime, Executor executor) {
        this.leases = leases;
        this.nanoTime = nanoTime;
        this.executor = executor;
        this.buckets = Caffeine.newBuilder()
                .expireAfterAccess(IDLE)
                .maximumSize(TENANTS_MAX)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /**
     * Takes the cost of a request, if there are tokens. Finding the bucket empty it waits for one lease, at most {@value
     * TenantBucket#LEASE_WAIT_MILLIS} ms; never call it from an event loop.
     *
     * @param cost tokens, at least 1; more than the limit counts as the limit
     */
    public RateLimitDecision tryConsume(TenantScope scope, int cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("a request costs at least one token, not " + cost);
        }
        UUID tenant = scope.tenant().value();
        return buckets.get(tenant, id -> new TenantBucket(id, leases, nanoTime, executor))
                .tryConsume(cost, scope.limits().maxRequestsPerMinute());
    }

    /** Tenants that have a bucket here now. */
    long activeTenants() {
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
