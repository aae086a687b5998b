package dev.vectorhub.engine.core.index;

import dev.vectorhub.engine.core.Condition;
import org.jspecify.annotations.Nullable;

/** Ranges with open ends as closed ones, and ranges of binary64 over integers of 64 bits, which are compared as binary64. */
final class LongRanges {
    private LongRanges() {}

    /** The first integer within; the first one of all if none is. */
    static long from(@Nullable Long gt, @Nullable Long gte, long first) {
        long from = gte == null ? first : Math.max(first, gte);
        if (gt == null) {
            return from;
        }
        return gt == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(from, gt + 1);
    }

    static long to(@Nullable Long lt, @Nullable Long lte, long last) {
        long to = lte == null ? last : Math.min(last, lte);
        if (lt == null) {
            return to;
        }
        return lt == Long.MIN_VALUE ? Long.MIN_VALUE : Math.min(to, lt - 1);
    }

    /** NaN if nothing is within. */
    static double from(Condition.Range range) {
        Double gt = range.gt();
        double from = range.gte() == null ? Double.NEGATIVE_INFINITY : zero(range.gte());
        if (gt == null) {
            return from;
        }
        return gt == Double.POSITIVE_INFINITY ? Double.NaN : Math.max(from, Math.nextUp(zero(gt)));
    }

    /** NaN if nothing is within. */
    static double to(Condition.Range range) {
        Double lt = range.lt();
        double to = range.lte() == null ? Double.POSITIVE_INFINITY : zero(range.lte());
        if (lt == null) {
            return to;
        }
        return lt == Double.NEGATIVE_INFINITY ? Double.NaN : Math.min(to, Math.nextDown(zero(lt)));
    }

    /** Both zeros are one: the index has only the positive one. */
    static double zero(double bound) {
        return bound + 0.0;
    }

    /** The first integer that is not below the bound when it is compared as binary64. */
    static long first(double bound) {
        long low = Long.MIN_VALUE;
        long high = Long.MAX_VALUE;
        while (low < high) {
            long middle = low + ((high - low) >>> 1);
            if ((double) middle >= bound) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The last integer that is not above the bound when it is compared as binary64. */
    static long last(double bound) {
        long low = Long.MIN_VALUE;
        long high = Long.MAX_VALUE;
        while (low < high) {
            long middle = high - ((high - low) >>> 1);
            if ((double) middle <= bound) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    static boolean contains(double from, double to, long value) {
        return from <= (double) value && (double) value <= to;
    }
}
