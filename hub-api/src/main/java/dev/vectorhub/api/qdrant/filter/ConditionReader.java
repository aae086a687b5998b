package dev.vectorhub.api.qdrant.filter;

import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.HasId;
import dev.vectorhub.engine.wire.v1.NestedCondition;
import dev.vectorhub.engine.wire.v1.Slice;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a filter. Qdrant tells its kinds apart by their fields: {@code key} with checks of its value;
 * {@code is_empty} or {@code is_null} with a key inside; {@code has_id}, {@code has_vector}, {@code slice}, {@code nested}; or
 * a filter. What several checks on one key mean is {@link FieldChecks}'s.
 */
final class ConditionReader {

    /** Kinds that stand alone, as errors list them. */
    private static final String ALONE = "`is_empty`, `is_null`, `has_id`, `has_vector`, `slice`, `nested`";

    private static final long TOTAL_MAX = 0xFFFF_FFFFL;

    private final JsonBody body;
    private final FilterReader filters;

    ConditionReader(JsonBody body, FilterReader filters) {
        this.body = body;
        this.filters = filters;
    }

    /** What the fields of one condition said; {@code key} may come last. */
    private static final class Parts {
        private final FieldChecks checks = new FieldChecks();
        private @Nullable String key;
        private @Nullable Condition whole;
        private FilterReader.@Nullable Clauses filter;
        private @Nullable String unknown;
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
            case "is_empty" -> {
                parts.seen = body.once(parts.seen, 2);
                switch (body.token()) {
                    case VALUE_NULL -> {}
                    case START_OBJECT ->
                        parts.whole = whole(parts).setIsEmpty(payloadField()).build();
                    default -> parts.checks.isEmpty(body.bool());
                }
            }
            case "is_null" -> {
                parts.seen = body.once(parts.seen, 4);
                switch (body.token()) {
                    case VALUE_NULL -> {}
                    case START_OBJECT ->
                        parts.whole = whole(parts).setIsNull(payloadField()).build();
                    default -> parts.checks.isNull(body.bool());
                }
            }
            case "has_id" -> {
                parts.seen = body.once(parts.seen, 8);
                parts.whole = whole(parts).setHasId(ids()).build();
            }
            case "has_vector" -> {
                parts.seen = body.once(parts.seen, 16);
                parts.whole = whole(parts).setHasVector(body.string()).build();
            }
            case "slice" -> {
                parts.seen = body.once(parts.seen, 32);
                parts.whole = whole(parts).setSlice(slice()).build();
            }
            case "nested" -> {
                parts.seen = body.once(parts.seen, 64);
                parts.whole = whole(parts).setNested(nested(depth)).build();
            }
            default -> {
                if (parts.checks.read(body, field)) {
                    return;
                }
                FilterReader.Clauses clauses = parts.filter == null ? new FilterReader.Clauses() : parts.filter;
                if (filters.clause(clauses, field, depth)) {
                    parts.filter = clauses;
                } else {
                    parts.unknown = field;
                    body.skip();
                }
            }
        }
    }

    private Condition.Builder whole(Parts parts) {
        if (parts.whole != null) {
            throw body.format("a condition has one of " + ALONE);
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
        if (parts.key != null) {
            return parts.checks.on(body, parts.key);
        }
        if (parts.seen != 0 || parts.checks.named()) {
            throw body.missing("key");
        }
        // What is no other kind is a filter, be it an empty one, and a filter has no other fields.
        if (parts.unknown != null) {
            throw body.format("unknown field `" + BodyErrors.shown(parts.unknown) + "`, expected one of `key`, " + ALONE
                    + ", `must`, `should`, `must_not`, `min_should`");
        }
        Filter filter = parts.filter == null ? Filter.getDefaultInstance() : parts.filter.filter.build();
        return Condition.newBuilder().setFilter(filter).build();
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
            FilterReader.bound(body, ids.getIdsCount());
            ids.addIds(PointIdJson.read(body));
        }
        return ids.build();
    }

    private Slice slice() {
        body.expectObject();
        long total = -1;
        long index = -1;
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "total" -> {
                    seen = body.once(seen, 1);
                    total = body.int64();
                    if (total < 1 || total > TOTAL_MAX) {
                        throw body.invalid("value " + total + " invalid, must be from 1 to " + TOTAL_MAX);
                    }
                }
                case "index" -> {
                    seen = body.once(seen, 2);
                    index = body.int64();
                    if (index < 0) {
                        throw body.invalid("value " + index + " invalid, must be 0 or more");
                    }
                }
                default -> body.skip();
            }
        }
        if (total < 0) {
            throw body.missing("total");
        }
        if (index < 0) {
            throw body.missing("index");
        }
        if (index >= total) {
            throw body.invalid("`index` " + index + " is not below `total` " + total);
        }
        return Slice.newBuilder().setTotal((int) total).setIndex((int) index).build();
    }

    private NestedCondition nested(int depth) {
        body.expectObject();
        String key = null;
        Filter filter = null;
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "key" -> {
                    seen = body.once(seen, 1);
                    key = key();
                }
                case "filter" -> {
                    seen = body.once(seen, 2);
                    filter = filters.filter(depth);
                }
                default -> body.skip();
            }
        }
        if (key == null) {
            throw body.missing("key");
        }
        if (filter == null) {
            throw body.missing("filter");
        }
        return NestedCondition.newBuilder().setKey(key).setFilter(filter).build();
    }
}
