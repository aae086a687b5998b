package dev.vectorhub.api.qdrant.filter;

import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.DatetimeRange;
import dev.vectorhub.engine.wire.v1.RangeCondition;
import dev.vectorhub.engine.wire.v1.ValuesCount;
import java.util.OptionalLong;

/** {@code range}, on numbers or on dates, and {@code values_count}. */
final class RangeReader {

    private RangeReader() {}

    /** Bounds of one kind: the other is null. */
    record Range(RangeCondition.Builder numbers, DatetimeRange.Builder dates, boolean isDates) {
        Condition on(String key) {
            return isDates
                    ? Condition.newBuilder().setDatetimeRange(dates.setKey(key)).build()
                    : Condition.newBuilder().setRange(numbers.setKey(key)).build();
        }
    }

    static Range range(JsonBody body) {
        body.expectObject();
        RangeCondition.Builder numbers = RangeCondition.newBuilder();
        DatetimeRange.Builder dates = DatetimeRange.newBuilder();
        boolean anyNumber = false;
        boolean anyDate = false;
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            int bit = bit(field);
            if (bit == 0) {
                body.skip();
                continue;
            }
            seen = body.once(seen, bit);
            if (body.isNull()) {
                continue;
            }
            boolean date = body.at(JsonToken.VALUE_STRING);
            anyDate |= date;
            anyNumber |= !date;
            if (anyDate && anyNumber) {
                throw body.format("the bounds of a range are numbers or dates, not both");
            }
            if (date) {
                date(dates, field, datetime(body));
            } else {
                number(numbers, field, body.float64());
            }
        }
        return new Range(numbers, dates, anyDate);
    }

    private static int bit(String field) {
        return switch (field) {
            case "lt" -> 1;
            case "gt" -> 2;
            case "gte" -> 4;
            case "lte" -> 8;
            default -> 0;
        };
    }

    private static void number(RangeCondition.Builder range, String field, double bound) {
        switch (field) {
            case "lt" -> range.setLt(bound);
            case "gt" -> range.setGt(bound);
            case "gte" -> range.setGte(bound);
            default -> range.setLte(bound);
        }
    }

    private static void date(DatetimeRange.Builder range, String field, long bound) {
        switch (field) {
            case "lt" -> range.setLt(bound);
            case "gt" -> range.setGt(bound);
            case "gte" -> range.setGte(bound);
            default -> range.setLte(bound);
        }
    }

    /** Microseconds since 1970-01-01T00:00Z of the date where the body stands. */
    static long datetime(JsonBody body) {
        OptionalLong micros = Datetimes.micros(body.string());
        if (micros.isEmpty()) {
            throw body.format("'" + BodyErrors.shown(body.text())
                    + "' is not in a supported date/time format, please use RFC 3339");
        }
        return micros.getAsLong();
    }

    static ValuesCount.Builder count(JsonBody body) {
        body.expectObject();
        ValuesCount.Builder range = ValuesCount.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            int bit = bit(field);
            if (bit == 0) {
                body.skip();
                continue;
            }
            seen = body.once(seen, bit);
            if (body.isNull()) {
                continue;
            }
            long bound = body.count(0, Integer.MAX_VALUE);
            switch (field) {
                case "lt" -> range.setLt(bound);
                case "gt" -> range.setGt(bound);
                case "gte" -> range.setGte(bound);
                default -> range.setLte(bound);
            }
        }
        return range;
    }
}
