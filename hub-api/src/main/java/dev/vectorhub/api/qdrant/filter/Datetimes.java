package dev.vectorhub.api.qdrant.filter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates in the forms that Qdrant takes: RFC 3339, with a space for the {@code T}, with an offset of hours alone or without its
 * colon, without an offset (which means UTC); a date with hours and minutes; or a date alone. The engine reads the same forms
 * in payloads.
 */
public final class Datetimes {

    private static final int CHARS_MAX = 64;

    private static final Pattern DATE = Pattern.compile("(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)"
            + "(?: (?<h>\\d\\d):(?<m>\\d\\d)"
            + "|[Tt ](?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)(?:\\.(?<fraction>\\d+))?"
            + "(?:[Zz]|(?<sign>[+-])(?<offhours>\\d\\d)(?::?(?<offminutes>\\d\\d))?)?)?");

    private Datetimes() {}

    /** Microseconds since 1970-01-01T00:00Z, finer fractions cut off; empty if the text is no date. */
    public static OptionalLong micros(String text) {
        Matcher date = DATE.matcher(text.length() <= CHARS_MAX ? text : "");
        if (!date.matches()) {
            return OptionalLong.empty();
        }
        int hour = Math.max(number(date, "h"), number(date, "hour"));
        int minute = Math.max(number(date, "m"), number(date, "minute"));
        int second = number(date, "second");
        int offset = number(date, "offhours") * 60 + number(date, "offminutes");
        // a leap second is the first one of the next minute
        if (hour > 23
                || minute > 59
                || second > 60
                || number(date, "offhours") > 23
                || number(date, "offminutes") > 59) {
            return OptionalLong.empty();
        }
        try {
            long days = LocalDate.of(number(date, "year"), number(date, "month"), number(date, "day"))
                    .toEpochDay();
            long minutes = days * 1440 + hour * 60L + minute - ("-".equals(date.group("sign")) ? -offset : offset);
            return OptionalLong.of((minutes * 60 + second) * 1_000_000 + fraction(date.group("fraction")));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    /** 0 where the text has no such part. */
    private static int number(Matcher date, String part) {
        String digits = date.group(part);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int fraction(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt((digits + "000000").substring(0, 6));
    }
}
