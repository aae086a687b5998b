package dev.vectorhub.console.format;

import java.util.Locale;

/** Quantities as a person reads them: binary byte units, grouped counts, short counts for axes, percentages. */
public final class Units {
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final String[] COUNT_UNITS = {"", "k", "M", "G", "T"};

    private Units() {}

    /** {@code 1536} becomes {@code 1.5 KiB}; whole values lose their fraction: {@code 2 GiB}. */
    public static String bytes(long bytes) {
        double value = Math.abs((double) bytes);
        int unit = 0;
        while (value >= 1023.95 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return (bytes < 0 ? "−" : "") + trimmed(value, unit == 0 ? 0 : 1) + " " + BYTE_UNITS[unit];
    }

    /** {@code 1234567} becomes {@code 1,234,567}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The same for a whole number. */
    public static String shortCount(long count) {
        return shortCount((double) count);
    }

    /** {@code 12345} becomes {@code 12.3k}: for axes and tiles; values below 1,000 are shown whole. */
    public static String shortCount(double count) {
        double value = Math.abs(count);
        int unit = 0;
        while (value >= 999.95 && unit < COUNT_UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        int digits = unit == 0 && value == Math.rint(value) ? 0 : 1;
        return (count < 0 ? "−" : "") + trimmed(value, digits) + COUNT_UNITS[unit];
    }

    /** {@code 600 requests/min}. */
    public static String perMinute(long requests) {
        return count(requests) + " requests/min";
    }

    /** {@code used ÷ limit} in percent, as {@code 42 %}; tiny shares read {@code < 1 %} rather than nothing at all. */
    public static String percent(double share) {
        double percent = share * 100;
        if (percent > 0 && percent < 1) {
            return "< 1 %";
        }
        return (percent > 99 && percent < 100 ? 99 : Math.round(percent)) + " %";
    }

    /** {@code 1 key}, {@code 2 keys}: the count with the noun in the number that fits. */
    public static String plural(long count, String one, String many) {
        return count(count) + " " + (count == 1 ? one : many);
    }

    private static String trimmed(double value, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
