package dev.vectorhub.ratelimit;

/**
 * What a gateway admits on its own while the database does not answer.
 *
 * @param perMinute tokens a minute
 * @param burst tokens that may be spent at once
 */
record FallbackRate(long perMinute, long burst) {
    /** How long the gateways go on as if all of them were still there. */
    static final long HOLD_NANOS = 5L * 60 * 1_000_000_000;
    /** Afterwards nobody knows how many gateways have come up since: a tenth of the share. */
    private static final long FLOOR_DIVISOR = 10;

    /**
     * @param limit the tenant's requests a minute
     * @param gateways how many shared the limit when the database was last heard of
     * @param goneNanos since when the database does not answer
     */
    static FallbackRate of(long limit, int gateways, long goneNanos) {
        long share = Math.max(1, limit / Math.max(1, gateways));
        long rate = goneNanos <= HOLD_NANOS ? share : Math.max(1, share / FLOOR_DIVISOR);
        return new FallbackRate(rate, Math.max(1, rate / 60));
    }
}
