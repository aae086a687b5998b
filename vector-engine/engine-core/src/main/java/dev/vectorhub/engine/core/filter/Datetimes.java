package dev.vectorhub.engine.core.filter;

/**
 * Dates as Qdrant reads them: RFC 3339, with a space for the {@code T}, with an offset of hours alone or without its colon, without
 * an offset (which means UTC); a date with hours and minutes; or a date alone. Microseconds since 1970-01-01T00:00Z, finer
 * fractions cut off.
 */
public final class Datetimes {
    /** No date: far outside what four digits of a year give. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Datetimes() {}

    /** The date that the bytes {@code [start, end)} spell; {@link #NONE} if they spell none. */
    public static long micros(byte[] text, int start, int end) {
        if (end - start < 10 || text[start + 4] != '-' || text[start + 7] != '-') {
            return NONE;
        }
        int year = digits(text, start, 4);
        int month = digits(text, start + 5, 2);
        int day = digits(text, start + 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > days(year, month)) {
            return NONE;
        }
        long seconds = epochDay(year, month, day) * 86_400;
        if (end - start == 10) {
            return seconds * SECOND;
        }
        byte separator = text[start + 10];
        boolean spaced = separator == ' ';
        if ((!spaced && separator != 'T' && separator != 't') || end - start < 16 || text[start + 13] != ':') {
            return NONE;
        }
        int hour = digits(text, start + 11, 2);
        int minute = digits(text, start + 14, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return NONE;
        }
        seconds += hour * 3600L + minute * 60L;
        if (end - start == 16) {
            return spaced ? seconds * SECOND : NONE;
        }
        if (end - start < 19 || text[start + 16] != ':') {
            return NONE;
        }
        int second = digits(text, start + 17, 2);
        // a leap second is the first one of the next minute
        if (second < 0 || second > 60) {
            return NONE;
        }
        return withFraction(text, start + 19, end, (seconds + second) * SECOND);
    }

    private static long withFraction(byte[] text, int start, int end, long micros) {
        int at = start;
        long fraction = 0;
        if (at < end && text[at] == '.') {
            at++;
            int first = at;
            long unit = SECOND;
            while (at < end && text[at] >= '0' && text[at] <= '9') {
                unit /= 10;
                fraction += (text[at++] - '0') * unit;
            }
            if (at == first) {
                return NONE;
            }
        }
        return withOffset(text, at, end, micros + fraction);
    }

    private static long withOffset(byte[] text, int at, int end, long micros) {
        if (at == end) {
            return micros;
        }
        byte sign = text[at];
        if (sign == 'Z' || sign == 'z') {
            return at + 1 == end ? micros : NONE;
        }
        if ((sign != '+' && sign != '-') || end - at < 3) {
            return NONE;
        }
        int hours = digits(text, at + 1, 2);
        int rest = at + 3;
        rest += rest < end && text[rest] == ':' ? 1 : 0;
        int minutes = rest == end && text[rest - 1] != ':' ? 0 : end - rest == 2 ? digits(text, rest, 2) : -1;
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return NONE;
        }
        long offset = (hours * 3600L + minutes * 60L) * SECOND;
        return sign == '+' ? micros - offset : micros + offset;
    }

    /** -1 if one is no digit. */
    private static int digits(byte[] text, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            value = 10 * value + (text[i] - '0');
        }
        return value;
    }

    private static int days(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS[month - 1];
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that begin in March. */
    private static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }
}
