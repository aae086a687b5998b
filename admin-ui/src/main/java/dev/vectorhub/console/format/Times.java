package dev.vectorhub.console.format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as a person reads them: how long ago, and exactly when (UTC, as all our records are). */
public final class Times {
    private static final DateTimeFormatter ABSOLUTE = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Times() {}

    /** {@code 23 Nov 2026, 12:34 UTC}. */
    public static String absolute(Instant at) {
        return ABSOLUTE.format(at);
    }

    /** {@code 23 Nov 2026}. */
    public static String date(Instant at) {
        return DATE.format(at);
    }

    /** {@code 14:00}, for the axis of a day. */
    public static String hour(Instant at) {
        return HOUR.format(at);
    }

    /** {@code 23 Nov}, for the axis of a month. */
    public static String day(Instant at) {
        return DAY.format(at);
    }

    /** {@code just now}, {@code 3 minutes ago}, {@code in 2 days}: the largest whole unit between the two instants. */
    public static String relative(Instant at, Instant now) {
        Duration distance = Duration.between(at, now);
        boolean past = !distance.isNegative();
        long seconds = distance.abs().toSeconds();
        if (seconds < 45) {
            return past ? "just now" : "in a moment";
        }
        String amount = amount(seconds);
        return past ? amount + " ago" : "in " + amount;
    }

    private static String amount(long seconds) {
        if (seconds < 90) {
            return "1 minute";
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 60) {
            return Units.plural(minutes, "minute", "minutes");
        }
        long hours = seconds / 3600;
        if (hours < 36) {
            return Units.plural(Math.max(1, hours), "hour", "hours");
        }
        long days = Math.round(seconds / 86_400.0);
        if (days < 60) {
            return Units.plural(days, "day", "days");
        }
        return days < 700
                ? Units.plural(Math.round(days / 30.4), "month", "months")
                : Units.plural(Math.round(days / 365.25), "year", "years");
    }
}
