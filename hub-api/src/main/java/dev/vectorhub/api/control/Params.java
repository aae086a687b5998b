package dev.vectorhub.api.control;

import dev.vectorhub.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads parameters of the query; what cannot be read is {@code validation-failed} and names the parameter. */
public final class Params {

    private Params() {}

    public static int integer(String name, String text, int min, int max) {
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, together with what is out of range.
        }
        throw ProblemException.validation(name, "must be a whole number from " + min + " to " + max);
    }

    /** One of an enum's constants, in any case. */
    public static <E extends Enum<E>> @Nullable E oneOf(String name, @Nullable String text, Class<E> type) {
        if (text == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw ProblemException.validation(
                name,
                "must be one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }

    /** An instant of ISO 8601, or a date, which stands for its beginning in UTC. */
    public static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.length() == "2026-01-31".length()
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw ProblemException.validation(
                    name, "must be an instant or a date, for instance 2026-01-31T12:00:00Z or 2026-01-31");
        }
    }
}
