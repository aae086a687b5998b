package dev.vectorhub.ratelimit;

import dev.vectorhub.ratelimit.RateLimitDecision.Allowed;
import dev.vectorhub.ratelimit.RateLimitDecision.Denied;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a tenant, or of one of its keys, on this gateway.
 *
 * <p><b>Hot path:</b> one compare-and-set on a Bucket4j bucket that has no refill of its own. Below half a lease the next
 * one is fetched behind the request's back.
 *
 * <p><b>Empty:</b> one lease is in flight at a time and everybody who finds the bucket empty waits for that one. If it does
 * not come in time, the {@link Outage} decides and what it admits is taken off the next lease: a slow database costs
 * accuracy for a moment, not requests.
 *
 * <p><b>Life of a token:</b> leased tokens are spent within {@link RateWindow#TOKEN_LIFE} of the request for the lease,
 * counted on this gateway's monotonic clock from before the request was sent. Afterwards they go back with the next
 * request for a lease, so a quiet tenant is not charged for what it did not use.
 *
 * <p><b>Minute used up:</b> the answer says when the next grant leaves the window; until then requests are denied without
 * asking again.
 */
final class LeasedBucket {
    static final long LEASE_WAIT_MILLIS = 50;
    private static final int ROUNDS_MAX = 8;
    private static final long RETRY_NANOS = 1_000_000_000L;
    // A lease renews the bucket for half of a token's life; leftovers may live through one renewal.
    private static final long RENEW_NANOS = RateWindow.TOKEN_LIFE.toNanos() / 2;

    private final RateSubject subject;
    private final Leases leases;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Bucket leased;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile long expiresNanos;
    private volatile long windowRemaining;
    private volatile long resetNanos;
    private volatile long lowWater;

    // Below: under the lock.
    private long hardExpiryNanos;
    private long lastSecond;
    private long lastGranted;
    private Leases.@Nullable Unspent unspent;
    private boolean usedUp;
    private long usedUpUntilNanos;
    private @Nullable CompletableFuture<Void> inFlight;
    private long waitingTokens;
    private long owed;
    private final Outage outage;

    LeasedBucket(RateSubject subject, Leases leases, LongSupplier nanoTime, Executor executor) {
        this.subject = subject;
        this.leases = leases;
        this.nanoTime = nanoTime;
        this.executor = executor;
        MonotonicMeter meter = new MonotonicMeter(nanoTime);
        this.outage = new Outage(meter);
        long now = nanoTime.getAsLong();
        this.expiresNanos = now;
        this.resetNanos = now;
        // Bucket4j knows no bucket without refill: one token in a hundred years comes near.
        this.leased = Bucket.builder()
                .addLimit(limit -> limit.capacity(Long.MAX_VALUE / 2)
                        .refillIntervally(1, Duration.ofDays(36_500))
                        .initialTokens(0))
                .withCustomTimePrecision(meter)
                .build();
    }

    /** Returns what a request took that was refused elsewhere afterwards. */
    void giveBack(int cost) {
        leased.addTokens(cost);
    }

    RateLimitDecision tryConsume(int wanted, long limit) {
        long cost = Math.min(wanted, limit);
        long now = nanoTime.getAsLong();
        if (now - expiresNanos < 0) {
            ConsumptionProbe probe = leased.tryConsumeAndReturnRemaining(cost);
            if (probe.isConsumed()) {
                if (probe.getRemainingTokens() < lowWater && lock.tryLock()) {
                    try {
                        prefetch(limit, now);
                    } finally {
                        lock.unlock();
                    }
                }
                return allowed(limit, probe.getRemainingTokens(), now);
            }
        }
        return consumeAfterLease(cost, limit);
    }

    private RateLimitDecision consumeAfterLease(long cost, long limit) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            CompletableFuture<Void> lease;
            lock.lock();
            try {
                long now = nanoTime.getAsLong();
                reclaimExpired(now);
                ConsumptionProbe probe = leased.tryConsumeAndReturnRemaining(cost);
                if (probe.isConsumed()) {
                    return allowed(limit, probe.getRemainingTokens(), now);
                }
                if (usedUp && now - usedUpUntilNanos < 0) {
                    return denied(limit, usedUpUntilNanos - now);
                }
                if (outage.pauses(now)) {
                    return consumeFallback(cost, limit, now);
                }
                waitingTokens += cost;
                lease = inFlight;
                if (lease == null) {
                    lease = ask(limit, cost, now);
                }
                if (outage.gone()) {
                    // Asked again, but nobody waits for a database that was not there a moment ago.
                    waitingTokens -= cost;
                    return consumeFallback(cost, limit, now);
                }
            } finally {
                lock.unlock();
            }
            boolean answered = await(lease);
            lock.lock();
            try {
                waitingTokens -= cost;
                if (!answered) {
                    return consumeFallback(cost, limit, nanoTime.getAsLong());
                }
            } finally {
                lock.unlock();
            }
        }
        // Others were quicker each time; a client that comes back soon finds the next lease.
        return denied(limit, RETRY_NANOS);
    }

    private void prefetch(long limit, long now) {
        boolean waits = usedUp && now - usedUpUntilNanos < 0;
        if (inFlight == null && !waits && !outage.pauses(now)) {
            // Nobody waits for this one.
            var _ = ask(limit, 0, now);
        }
    }

    /** Sends for tokens; under the lock. */
    private CompletableFuture<Void> ask(long limit, long cost, long now) {
        CompletableFuture<Void> lease = new CompletableFuture<>();
        inFlight = lease;
        Leases.Unspent back = unspent;
        unspent = null;
        long size = leaseSize(limit);
        long want =
                Math.min(limit, Math.max(Math.max(size, cost), Math.min(waitingTokens, atMostAtOnce(limit))) + owed);
        executor.execute(() -> {
            try {
                Leases.Lease answer = leases.take(subject, limit, want, back);
                locked(() -> receive(answer, want, size, now));
            } catch (RuntimeException e) {
                // Whatever it was, requests go on by the fallback; the next attempt is in a second.
                locked(() -> miss(now));
            }
            lease.complete(null);
        });
        return lease;
    }

    private void receive(Leases.Lease lease, long want, long size, long askedNanos) {
        long left = leased.getAvailableTokens();
        hardExpiryNanos = left == 0 ? askedNanos + 2 * RENEW_NANOS : hardExpiryNanos;
        long renewed = askedNanos + RENEW_NANOS;
        expiresNanos = renewed - hardExpiryNanos < 0 ? renewed : hardExpiryNanos;
        long paid = Math.min(owed, lease.granted());
        owed -= paid;
        if (lease.granted() > paid) {
            leased.addTokens(lease.granted() - paid);
        }
        lastSecond = lease.second();
        lastGranted = lease.granted() - paid;
        usedUp = lease.granted() < want;
        usedUpUntilNanos = askedNanos + TimeUnit.MILLISECONDS.toNanos(lease.nextFreeMillis());
        windowRemaining = lease.remaining();
        resetNanos = usedUpUntilNanos;
        lowWater = (size + 1) / 2;
        outage.answered(lease.gateways());
        inFlight = null;
    }

    private void miss(long askedNanos) {
        outage.missed(askedNanos, nanoTime.getAsLong());
        inFlight = null;
    }

    private void reclaimExpired(long now) {
        if (now - expiresNanos < 0) {
            return;
        }
        long tokens = Math.min(leased.tryConsumeAsMuchAsPossible(), lastGranted);
        if (tokens > 0) {
            unspent = new Leases.Unspent(lastSecond, tokens);
            // What goes back is free again, whatever the window said before.
            usedUp = false;
        }
    }

    private RateLimitDecision consumeFallback(long cost, long limit, long now) {
        ConsumptionProbe probe = outage.tryConsume(cost, limit, now);
        if (!probe.isConsumed()) {
            return denied(limit, probe.getNanosToWaitForRefill());
        }
        // A long outage is not made up for: one lease at most.
        owed = Math.min(owed + cost, leaseSize(limit));
        return allowed(limit, probe.getRemainingTokens(), now);
    }

    /** About one second of the rate. */
    private static long leaseSize(long limit) {
        return Math.max(1, limit / 60);
    }

    /** 5 % of the minute, however many wait. */
    private static long atMostAtOnce(long limit) {
        return Math.max(1, limit / 20);
    }

    private static boolean await(CompletableFuture<Void> lease) {
        try {
            lease.get(LEASE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a lease never completes exceptionally", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Allowed allowed(long limit, long localTokens, long now) {
        long remaining = Math.min(limit, windowRemaining + localTokens);
        return new Allowed(subject.layer(), limit, remaining, LocalBucket.seconds(Math.max(0, resetNanos - now)));
    }

    private Denied denied(long limit, long waitNanos) {
        return new Denied(subject.layer(), limit, Math.max(1, LocalBucket.seconds(waitNanos)));
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
