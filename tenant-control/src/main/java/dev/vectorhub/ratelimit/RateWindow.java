package dev.vectorhub.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * The last minute of a tenant's leases, second by second: pure arithmetic, stored in {@code rate_window}.
 *
 * <p>Why any minute admits at most the limit, on however many gateways: a lease granted at time <i>g</i> may be spent
 * until <i>g</i> + 1 s ({@link #TOKEN_LIFE}). What is spent within the 60 s from <i>a</i> was therefore granted in the 61 s
 * from <i>a</i> − 1 s, which touch at most {@value #SECONDS} whole seconds; and no grant makes the sum over the last
 * {@value #SECONDS} seconds pass the limit. The price is at most 2 s in 62: steady demand gets 96.7 % of the limit.
 */
final class RateWindow {
    static final int SECONDS = 62;
    static final Duration TOKEN_LIFE = Duration.ofSeconds(1);

    private final long newest;
    private final long[] grants;

    /**
     * Takes the array over.
     *
     * @param newest the second (since 1970) that {@code grants[0]} belongs to
     * @param grants tokens leased in each second, newest first; {@value #SECONDS} of them
     */
    RateWindow(long newest, long[] grants) {
        this.newest = newest;
        this.grants = grants;
    }

    /**
     * What a request for tokens yields.
     *
     * @param window the new state
     * @param granted tokens to spend; may be fewer than wanted, or none
     * @param remaining tokens that the window still has
     * @param nextFreeMillis until the oldest grant leaves the window; 0 if nothing is granted in it
     */
    record Outcome(RateWindow window, long granted, long remaining, long nextFreeMillis) {}

    long newest() {
        return newest;
    }

    long[] grants() {
        return grants.clone();
    }

    /** Grants what the limit leaves of what is wanted. */
    Outcome take(Instant now, long limit, long want) {
        RateWindow current = at(now);
        long used = 0;
        for (long grant : current.grants) {
            used += grant;
        }
        long granted = Math.clamp(limit - used, 0, want);
        current.grants[0] += granted;
        return new Outcome(current, granted, Math.max(0, limit - used - granted), current.nextFreeMillis(now));
    }

    /** Puts unspent tokens back into the second they were leased in; older than the window, they are gone already. */
    RateWindow giveBack(long second, long tokens) {
        long age = newest - second;
        if (age < 0 || age >= SECONDS) {
            return this;
        }
        long[] corrected = grants.clone();
        corrected[(int) age] = Math.max(0, corrected[(int) age] - tokens);
        return new RateWindow(newest, corrected);
    }

    /** The same window moved on; a clock that went back stands still until it has caught up. */
    private RateWindow at(Instant now) {
        long second = Math.max(now.getEpochSecond(), newest);
        long[] moved = new long[SECONDS];
        long shift = second - newest;
        if (shift < SECONDS) {
            System.arraycopy(grants, 0, moved, (int) shift, SECONDS - (int) shift);
        }
        return new RateWindow(second, moved);
    }

    private long nextFreeMillis(Instant now) {
        for (int age = SECONDS - 1; age >= 0; age--) {
            if (grants[age] > 0) {
                return Math.max(1, (newest - age + SECONDS) * 1000 - now.toEpochMilli());
            }
        }
        return 0;
    }
}
