package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.payload.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A test of one JSON value, which begins at a position of a payload. */
@FunctionalInterface
interface ValueTest {
    boolean holds(byte[] json, int at);

    static ValueTest keyword(String wanted) {
        byte[] utf8 = wanted.getBytes(StandardCharsets.UTF_8);
        return (json, at) -> json[at] == '"' && JsonBytes.isText(json, at, utf8);
    }

    /** On a field with a UUID index: any spelling of the UUID, if the text is one. */
    static ValueTest uuid(String wanted) {
        UUID uuid = Uuids.parse(wanted);
        if (uuid == null) {
            return keyword(wanted);
        }
        return (json, at) -> json[at] == '"' && uuid.equals(Uuids.at(json, at));
    }

    static ValueTest uuids(List<String> wanted) {
        ValueTest[] tests = wanted.stream().map(ValueTest::uuid).toArray(ValueTest[]::new);
        return (json, at) -> {
            for (ValueTest test : tests) {
                if (test.holds(json, at)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** A fraction is no integer, whatever its value; nor is one beyond 64 bits. */
    static ValueTest integer(long wanted) {
        return (json, at) -> JsonBytes.isLong(json, at) && JsonBytes.longValue(json, at) == wanted;
    }

    static ValueTest bool(boolean wanted) {
        byte first = (byte) (wanted ? 't' : 'f');
        return (json, at) -> json[at] == first;
    }

    static ValueTest oneOf(List<String> keywords, List<Long> integers) {
        ByteKeys texts = new ByteKeys(keywords);
        long[] numbers = integers.stream().mapToLong(Long::longValue).sorted().toArray();
        return (json, at) -> {
            if (json[at] == '"') {
                return texts.size() > 0 && contains(texts, json, at);
            }
            return numbers.length > 0
                    && JsonBytes.isLong(json, at)
                    && Arrays.binarySearch(numbers, JsonBytes.longValue(json, at)) >= 0;
        };
    }

    private static boolean contains(ByteKeys texts, byte[] json, int at) {
        int end = JsonBytes.stringEnd(json, at);
        if (!JsonBytes.hasEscape(json, at, end)) {
            return texts.find(json, at + 1, end) != ByteKeys.NONE;
        }
        byte[] text = JsonBytes.text(json, at, end).getBytes(StandardCharsets.UTF_8);
        return texts.find(text, 0, text.length) != ByteKeys.NONE;
    }

    /** Anything but null that the test does not hold for. */
    static ValueTest except(ValueTest test) {
        return (json, at) -> json[at] != 'n' && !test.holds(json, at);
    }

    static ValueTest prefix(String prefix) {
        byte[] utf8 = prefix.getBytes(StandardCharsets.UTF_8);
        return (json, at) -> {
            if (json[at] != '"') {
                return false;
            }
            int end = JsonBytes.stringEnd(json, at);
            if (JsonBytes.hasEscape(json, at, end)) {
                return JsonBytes.text(json, at, end).startsWith(prefix);
            }
            return end - at - 1 >= utf8.length
                    && Arrays.equals(json, at + 1, at + 1 + utf8.length, utf8, 0, utf8.length);
        };
    }

    /** The text is part of the value. */
    static ValueTest part(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return (json, at) -> {
            if (json[at] != '"') {
                return false;
            }
            int end = JsonBytes.stringEnd(json, at);
            if (JsonBytes.hasEscape(json, at, end)) {
                return JsonBytes.text(json, at, end).contains(text);
            }
            for (int i = at + 1; i + utf8.length <= end; i++) {
                if (Arrays.equals(json, i, i + utf8.length, utf8, 0, utf8.length)) {
                    return true;
                }
            }
            return false;
        };
    }

    static ValueTest anyPart(String words) {
        ValueTest[] parts = Arrays.stream(words.split("\\p{IsWhite_Space}+"))
                .filter(word -> !word.isEmpty())
                .map(ValueTest::part)
                .toArray(ValueTest[]::new);
        return (json, at) -> {
            for (ValueTest part : parts) {
                if (part.holds(json, at)) {
                    return true;
                }
            }
            return false;
        };
    }

    static ValueTest range(Condition.Range range) {
        double lt = range.lt() == null ? Double.POSITIVE_INFINITY : range.lt();
        double gt = range.gt() == null ? Double.NEGATIVE_INFINITY : range.gt();
        double gte = range.gte() == null ? Double.NEGATIVE_INFINITY : range.gte();
        double lte = range.lte() == null ? Double.POSITIVE_INFINITY : range.lte();
        boolean bindsBelow = range.gt() != null;
        boolean bindsAbove = range.lt() != null;
        return (json, at) -> {
            if (!JsonBytes.isNumber(json[at])) {
                return false;
            }
            double value = JsonBytes.doubleValue(json, at);
            return value >= gte && value <= lte && (!bindsBelow || value > gt) && (!bindsAbove || value < lt);
        };
    }

    static ValueTest datetime(Condition.DatetimeRange range) {
        return (json, at) -> {
            long micros = micros(json, at);
            return micros != Datetimes.NONE && within(micros, range.lt(), range.gt(), range.gte(), range.lte());
        };
    }

    /** The date at a position; {@link Datetimes#NONE} if the value is none. */
    static long micros(byte[] json, int at) {
        if (json[at] != '"') {
            return Datetimes.NONE;
        }
        int end = JsonBytes.stringEnd(json, at);
        if (!JsonBytes.hasEscape(json, at, end)) {
            return Datetimes.micros(json, at + 1, end);
        }
        byte[] text = JsonBytes.text(json, at, end).getBytes(StandardCharsets.UTF_8);
        return Datetimes.micros(text, 0, text.length);
    }

    static boolean within(long value, @Nullable Long lt, @Nullable Long gt, @Nullable Long gte, @Nullable Long lte) {
        return (lt == null || value < lt)
                && (gt == null || value > gt)
                && (gte == null || value >= gte)
                && (lte == null || value <= lte);
    }

    static ValueTest geo(GeoArea area) {
        return (json, at) -> GeoValue.test(json, at, area::contains);
    }
}
