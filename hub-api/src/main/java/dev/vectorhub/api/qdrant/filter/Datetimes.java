package dev.vectorhub.api.qdrant.filter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.OptionalLong;

/**
 * Dates in the forms that Qdrant takes: RFC 3339, with a space for the {@code T}, with an offset of hours alone or without its
 * colon, without an offset (which means UTC); a date with hours and minutes; or a date alone. The engine reads the same forms
 * in payloads.
 */
public final class Datetimes {

    private static final int CHARS_MAX = 64;

    private static final List<DateTimeFormatter> FORMS = List.of(
            seconds("'T'"),
            seconds("' '"),
            strict("uuuu-MM-dd' 'HH:mm").toFormatter(),
            strict("uuuu-MM-dd").toFormatter());

    private Datetimes() {}

    private static DateTimeFormatterBuilder strict(String pattern) {
        return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
    }

    private static DateTimeFormatter seconds(String separator) {
        return strict("uuuu-MM-dd" + separator + "HH:mm:ss")
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HH:MM", "Z")
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HHmm", "Z")
                .optionalEnd()
                .toFormatter();
    }

    /** Microseconds since 1970-01-01T00:00Z, finer fractions cut off; empty if the text is no date. */
    public static OptionalLong micros(String text) {
        if (text.length() <= CHARS_MAX) {
            for (DateTimeFormatter form : FORMS) {
                try {
                    return OptionalLong.of(
                            micros(form.withResolverStyle(ResolverStyle.STRICT).parse(text)));
                } catch (DateTimeException e) {
                    // not this form
                }
            }
        }
        return OptionalLong.empty();
    }

    private static long micros(TemporalAccessor parsed) {
        LocalDate date = LocalDate.from(parsed);
        LocalDateTime time =
                parsed.isSupported(ChronoField.HOUR_OF_DAY) ? LocalDateTime.from(parsed) : date.atStartOfDay();
        long offset = parsed.isSupported(ChronoField.OFFSET_SECONDS) ? parsed.getLong(ChronoField.OFFSET_SECONDS) : 0;
        long seconds = time.truncatedTo(ChronoUnit.SECONDS).toEpochSecond(ZoneOffset.UTC) - offset;
        return seconds * 1_000_000 + time.getNano() / 1_000;
    }
}
