package dev.vectorhub.api.qdrant.filter;

import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.HasId;
import dev.vectorhub.engine.wire.v1.MatchCondition;
import dev.vectorhub.engine.wire.v1.RangeCondition;
import dev.vectorhub.engine.wire.v1.Values;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a filter. Qdrant tells its kinds apart by their fields: {@code key} with {@code match}, {@code range},
 * {@code is_empty} or {@code is_null}; {@code is_empty} or {@code is_null} with a key inside; {@code has_id}; or a filter.
 * A condition on a key with several checks holds where one of them does, as in Qdrant.
 */
final class ConditionReader {

    private final JsonBody body;
    private final FilterReader filters;

    ConditionReader(JsonBody body, FilterReader filters) {
        this.body = body;
        this.filters = filters;
    }

    /** What the fields of one condition said; {@code key} may come last. */
    private static final class Parts {
        private @Nullable String key;
        private MatchCondition.@Nullable Builder match;
        private RangeCondition.@Nullable Builder range;
        private @Nullable Boolean fieldEmpty;
        private @Nullable Boolean fieldNull;
        private @Nullable Condition whole;
        private FilterReader.@Nullable Clauses filter;
        private int seen;
    }

    Condition read(int depth) {
        body.expectObject();
        Parts parts = new Parts();
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            field(parts, field, depth);
        }
        return condition(parts);
    }

    private void field(Parts parts, String field, int depth) {
        switch (field) {
            case "key" -> {
                parts.seen = body.once(parts.seen, 1);
                parts.key = key();
            }
            case "match" -> {
                parts.seen = body.once(parts.seen, 2);
                if (!body.isNull()) {
                    parts.match = match();
                }
            }
            case "range" -> {
                parts.seen = body.once(parts.seen, 4);
                if (!body.isNull()) {
                    parts.range = range();
                }
            }
            case "is_empty" -> {
                parts.seen = body.once(parts.seen, 8);
                switch (body.token()) {
                    case VALUE_NULL -> {}
                    case START_OBJECT ->
                        parts.whole = whole(parts).setIsEmpty(payloadField()).build();
                    default -> parts.fieldEmpty = body.bool();
                }
            }
            case "is_null" -> {
                parts.seen = body.once(parts.seen, 16);
                switch (body.token()) {
                    case VALUE_NULL -> {}
                    case START_OBJECT ->
                        parts.whole = whole(parts).setIsNull(payloadField()).build();
                    default -> parts.fieldNull = body.bool();
                }
            }
            case "has_id" -> {
                parts.seen = body.once(parts.seen, 32);
                parts.whole = whole(parts).setHasId(ids()).build();
            }
            case "has_vector", "nested", "slice", "values_count", "geo_bounding_box", "geo_radius", "geo_polygon" -> {
                if (!body.isNull()) {
                    throw FilterReader.unsupported(body, field);
                }
            }
            default -> {
                FilterReader.Clauses clauses = parts.filter == null ? new FilterReader.Clauses() : parts.filter;
                if (filters.clause(clauses, field, depth)) {
                    parts.filter = clauses;
                } else {
                    body.skip();
                }
            }
        }
    }

    private Condition.Builder whole(Parts parts) {
        if (parts.whole != null) {
            throw body.format("a condition has one of `is_empty`, `is_null`, `has_id`");
        }
        return Condition.newBuilder();
    }

    private Condition condition(Parts parts) {
        int kinds = (parts.whole == null ? 0 : 1) + (parts.filter == null ? 0 : 1) + (parts.key == null ? 0 : 1);
        if (kinds > 1) {
            throw body.format("a condition is on a key, on ids or a filter, not several of them");
        }
        if (parts.whole != null) {
            return parts.whole;
        }
        if (parts.key == null) {
            if (parts.match != null || parts.range != null || parts.fieldEmpty != null || parts.fieldNull != null) {
                throw body.missing("key");
            }
            if (parts.filter == null) {
                throw body.format("the condition has none of `key`, `is_empty`, `is_null`, `has_id`, `must`, `should`, "
                        + "`must_not`, `min_should`");
            }
            return Condition.newBuilder().setFilter(parts.filter.filter).build();
        }
        return onKey(parts, parts.key);
    }

    private Condition onKey(Parts parts, String key) {
        Filter.Builder any = Filter.newBuilder();
        if (parts.match != null) {
            any.addShould(Condition.newBuilder().setMatch(parts.match.setKey(key)));
        }
        if (parts.range != null) {
            any.addShould(Condition.newBuilder().setRange(parts.range.setKey(key)));
        }
        if (parts.fieldEmpty != null) {
            any.addShould(unless(parts.fieldEmpty, Condition.newBuilder().setIsEmpty(key)));
        }
        if (parts.fieldNull != null) {
            any.addShould(unless(parts.fieldNull, Condition.newBuilder().setIsNull(key)));
        }
        return switch (any.getShouldCount()) {
            case 0 -> throw body.invalid("At least one field condition must be specified");
            case 1 -> any.getShould(0);
            default -> Condition.newBuilder().setFilter(any).build();
        };
    }

    private static Condition.Builder unless(boolean wanted, Condition.Builder condition) {
        return wanted
                ? condition
                : Condition.newBuilder().setFilter(Filter.newBuilder().addMustNot(condition));
    }

    private String key() {
        String key = body.string();
        if (key.isEmpty()) {
            throw body.invalid("a payload key is not empty");
        }
        return key;
    }

    private String payloadField() {
        String key = null;
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            if (field.equals("key")) {
                seen = body.once(seen, 1);
                key = key();
            } else {
                body.skip();
            }
        }
        if (key == null) {
            throw body.missing("key");
        }
        return key;
    }

    private HasId ids() {
        body.expectArray();
        HasId.Builder ids = HasId.newBuilder();
        while (body.nextElement()) {
            ids.addIds(PointIdJson.read(body));
        }
        return ids.build();
    }

    private MatchCondition.Builder match() {
        body.expectObject();
        MatchCondition.Builder match = MatchCondition.newBuilder();
        int kinds = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "value" -> {
                    kinds++;
                    value(match);
                }
                case "any" -> {
                    kinds++;
                    match.setAny(values());
                }
                case "except" -> {
                    kinds++;
                    match.setExcept(values());
                }
                case "text", "text_any", "phrase", "prefix" -> throw FilterReader.unsupported(body, "match." + field);
                default -> body.skip();
            }
        }
        if (kinds != 1) {
            throw body.format("a match has exactly one of `value`, `any`, `except`");
        }
        return match;
    }

    private void value(MatchCondition.Builder match) {
        switch (body.token()) {
            case VALUE_STRING -> match.setKeyword(body.text());
            case VALUE_NUMBER_INT -> match.setInteger(body.int64());
            case VALUE_TRUE -> match.setBoolean(true);
            case VALUE_FALSE -> match.setBoolean(false);
            default -> throw body.mismatch("a string, an integer or a boolean");
        }
    }

    private Values values() {
        body.expectArray();
        Values.Builder values = Values.newBuilder();
        while (body.nextElement()) {
            switch (body.token()) {
                case VALUE_STRING -> values.addKeywords(body.text());
                case VALUE_NUMBER_INT -> values.addIntegers(body.int64());
                default -> throw body.mismatch("a string or an integer");
            }
            if (values.getKeywordsCount() > 0 && values.getIntegersCount() > 0) {
                throw body.format("the values are strings or integers, not both");
            }
        }
        return values.build();
    }

    private RangeCondition.Builder range() {
        body.expectObject();
        RangeCondition.Builder range = RangeCondition.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "lt" -> {
                    seen = body.once(seen, 1);
                    if (bound()) {
                        range.setLt(body.float64());
                    }
                }
                case "gt" -> {
                    seen = body.once(seen, 2);
                    if (bound()) {
                        range.setGt(body.float64());
                    }
                }
                case "gte" -> {
                    seen = body.once(seen, 4);
                    if (bound()) {
                        range.setGte(body.float64());
                    }
                }
                case "lte" -> {
                    seen = body.once(seen, 8);
                    if (bound()) {
                        range.setLte(body.float64());
                    }
                }
                default -> body.skip();
            }
        }
        return range;
    }

    private boolean bound() {
        return switch (body.token()) {
            case VALUE_NULL -> false;
            case VALUE_STRING -> throw body.unsupported("ranges of dates are");
            default -> true;
        };
    }
}
