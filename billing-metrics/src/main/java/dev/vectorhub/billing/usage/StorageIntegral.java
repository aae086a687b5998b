package dev.vectorhub.billing.usage;

import java.util.ArrayList;
import java.util.List;

/**
 * The integral of what a collection holds over time, as whole unit-hours, hour by hour. Between two samples the earlier
 * one holds. Pure.
 *
 * <p>An hour's quantity is the floor of its unit-seconds divided by 3600; what is left over (less than one unit-hour) is
 * carried into the next hour, so that the sum of all hours never strays from the integral by a whole unit-hour.
 *
 * @param sampledSecond epoch second up to which it is integrated
 * @param points held from then on
 * @param logicalBytes held from then on
 * @param byteSeconds integral over the open hour, with the carry of the hours before
 * @param vectorSeconds likewise
 */
record StorageIntegral(long sampledSecond, long points, long logicalBytes, long byteSeconds, long vectorSeconds) {
    static final long HOUR_SECONDS = 3600;

    /** With this bound an hour's integral and the carry fit a long. */
    static final long QUANTITY_MAX = 1L << 51;

    /** A gap between samples longer than this is not billed beyond it, in the customer's favour. */
    static final long GAP_SECONDS_MAX = 90L * 24 * HOUR_SECONDS;

    /** An hour that is over. Number of the hour = epoch second / 3600. */
    record ClosedHour(long number, long byteHours, long vectorHours) {}

    /** The state after an advance and the hours it closed, oldest first. */
    record Advance(StorageIntegral next, List<ClosedHour> closed) {}

    StorageIntegral {
        requireQuantity("points", points);
        requireQuantity("logicalBytes", logicalBytes);
    }

    static StorageIntegral first(long second, long points, long logicalBytes) {
        return new StorageIntegral(second, points, logicalBytes, 0, 0);
    }

    private static void requireQuantity(String name, long value) {
        if (value < 0 || value > QUANTITY_MAX) {
            throw new IllegalArgumentException(name + " must lie in 0 to 2^51: " + value);
        }
    }

    /** Integrates up to a second and holds new values from there. A second that is not later changes nothing. */
    Advance advance(long second, long newPoints, long newLogicalBytes) {
        if (second <= sampledSecond) {
            return new Advance(this, List.of());
        }
        List<ClosedHour> closed = new ArrayList<>();
        long bytes = byteSeconds;
        long vectors = vectorSeconds;
        long at = sampledSecond;
        long last = Math.min(second, sampledSecond + GAP_SECONDS_MAX);
        while (at < last) {
            long hourEnd = (Math.floorDiv(at, HOUR_SECONDS) + 1) * HOUR_SECONDS;
            long to = Math.min(last, hourEnd);
            bytes += logicalBytes * (to - at);
            vectors += points * (to - at);
            if (to == hourEnd) {
                closed.add(new ClosedHour(hourEnd / HOUR_SECONDS - 1, bytes / HOUR_SECONDS, vectors / HOUR_SECONDS));
                bytes %= HOUR_SECONDS;
                vectors %= HOUR_SECONDS;
            }
            at = to;
        }
        return new Advance(new StorageIntegral(second, newPoints, newLogicalBytes, bytes, vectors), closed);
    }
}
