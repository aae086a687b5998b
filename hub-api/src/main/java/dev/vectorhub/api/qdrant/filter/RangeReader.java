package dev.vectorhub.api.qdrant.filter;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Message;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.DatetimeRange;
import dev.vectorhub.engine.wire.v1.RangeCondition;
import dev.vectorhub.engine.wire.v1.ValuesCount;
import java.util.OptionalLong;
import java.util.function.Consumer;

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
        RangeCondition.Builder numbers = RangeCondition.newBuilder();
        DatetimeRange.Builder dates = DatetimeRange.newBuilder();
        boolean[] kinds = new boolean[2];
        bounds(body, field -> {
            boolean date = body.at(JsonToken.VALUE_STRING);
            kinds[date ? 1 : 0] = true;
            if (kinds[0] && kinds[1]) {
                throw body.format("the bounds of a range are numbers or dates, not both");
            }
            if (date) {
                set(dates, field, datetime(body));
            } else {
                set(numbers, field, body.float64());
            }
        });
        return new Range(numbers, dates, kinds[1]);
    }

    static ValuesCount.Builder count(JsonBody body) {
        ValuesCount.Builder range = ValuesCount.newBuilder();
        bounds(body, field -> set(range, field, (long) body.count(0, Integer.MAX_VALUE)));
        return range;
    }

    /** Shows each bound that is given, once, with the body at its value; null is none. */
    private static void bounds(JsonBody body, Consumer<String> bound) {
        body.expectObject();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            int bit = bit(field);
            if (bit == 0) {
                body.skip();
                continue;
            }
            seen = body.once(seen, bit);
            if (!body.isNull()) {
                bound.accept(field);
            }
        }
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

    /** The messages name their bounds as bodies do. */
    private static void set(Message.Builder range, String field, Object bound) {
        range.setField(range.getDescriptorForType().findFieldByName(field), bound);
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
}
