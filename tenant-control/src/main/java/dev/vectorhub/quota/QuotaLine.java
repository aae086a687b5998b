package dev.vectorhub.quota;

/**
 * One limit beside what is used of it.
 *
 * @param quota the limit's name in the API: {@code maxCollections}, …
 */
public record QuotaLine(String quota, long limit, long used) {

    /** How near the limit is. */
    public enum Level {
        OK,
        /** From 80 % on. */
        WARNING,
        /** From 95 % on. */
        CRITICAL,
        /** Over the limit, for instance after a change to a smaller plan. */
        EXCEEDED
    }

    public double ratio() {
        return (double) used / limit;
    }

    public Level level() {
        if (used > limit) {
            return Level.EXCEEDED;
        }
        double ratio = ratio();
        if (ratio >= 0.95) {
            return Level.CRITICAL;
        }
        return ratio >= 0.80 ? Level.WARNING : Level.OK;
    }
}
