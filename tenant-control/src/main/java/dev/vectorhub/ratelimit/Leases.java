package dev.vectorhub.ratelimit;

import org.jspecify.annotations.Nullable;

/** Where tokens come from. One call is one transaction; calls block. */
interface Leases {

    /**
     * Tokens that were leased and not spent.
     *
     * @param second the {@link Lease#second()} they were leased in
     */
    record Unspent(long second, long tokens) {}

    /**
     * Tokens to spend within {@link RateWindow#TOKEN_LIFE}.
     *
     * @param granted how many; fewer than wanted means that the minute is used up
     * @param second where they stand in the window
     * @param remaining what the window has left
     * @param nextFreeMillis until the oldest grant leaves the window
     * @param gateways how many gateways share the limits, at least 1
     */
    record Lease(long granted, long second, long remaining, long nextFreeMillis, int gateways) {}

    /**
     * Gives unspent tokens back and leases new ones.
     *
     * @param limit requests a minute
     * @param want tokens wished for
     * @param unspent what an earlier lease left over, or null
     * @throws RuntimeException if the database cannot be asked
     */
    Lease take(RateSubject subject, long limit, long want, @Nullable Unspent unspent);
}
