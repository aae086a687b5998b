package dev.vectorhub.api.qdrant.filter;

import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.MinShould;
import org.jspecify.annotations.Nullable;

/**
 * Filters: {@code must}, {@code should}, {@code must_not} (one condition or a list) and {@code min_should}. Fields that
 * a filter does not have are refused, as Qdrant refuses them: a misspelt clause must not select everything.
 */
public final class FilterReader {

    /** Filters within filters; far below what the engine's message parser bears (100 messages). */
    public static final int NESTING_MAX = 24;

    /** Conditions of one filter, nested ones included. */
    public static final int CONDITIONS_MAX = 4_096;

    /** Values of one match, ids of one {@code has_id}. */
    public static final int LIST_MAX = 100_000;

    private final JsonBody body;
    private final ConditionReader conditions;
    private int count;

    private FilterReader(JsonBody body) {
        this.body = body;
        this.conditions = new ConditionReader(body, this);
    }

    /** Reads the filter where the body stands; null for {@code null}. */
    public static @Nullable Filter read(JsonBody body) {
        return body.isNull() ? null : new FilterReader(body).filter(0);
    }

    Filter filter(int depth) {
        if (depth > NESTING_MAX) {
            throw body.invalid("filters nest at most " + NESTING_MAX + " deep");
        }
        body.expectObject();
        Clauses clauses = new Clauses();
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            if (!clause(clauses, field, depth)) {
                throw body.format("unknown field `" + BodyErrors.shown(field)
                        + "`, expected one of `should`, `min_should`, `must`, `must_not`");
            }
        }
        return clauses.filter.build();
    }

    /** A filter under construction. */
    static final class Clauses {
        final Filter.Builder filter = Filter.newBuilder();
        private int seen;
    }

    /** Reads the clause into the filter; false, and nothing read, where a filter has no such field. */
    boolean clause(Clauses into, String field, int depth) {
        Filter.Builder filter = into.filter;
        switch (field) {
            case "must" -> {
                into.seen = body.once(into.seen, 1);
                list(depth, filter::addMust);
            }
            case "should" -> {
                into.seen = body.once(into.seen, 2);
                list(depth, filter::addShould);
            }
            case "must_not" -> {
                into.seen = body.once(into.seen, 4);
                list(depth, filter::addMustNot);
            }
            case "min_should" -> {
                into.seen = body.once(into.seen, 8);
                if (!body.isNull()) {
                    filter.setMinShould(minShould(depth));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private interface Sink {
        Filter.Builder add(Condition condition);
    }

    private void list(int depth, Sink sink) {
        switch (body.token()) {
            case VALUE_NULL -> {}
            case START_OBJECT -> sink.add(condition(depth));
            case START_ARRAY -> {
                while (body.nextElement()) {
                    sink.add(condition(depth));
                }
            }
            default -> throw body.mismatch("a condition or a list of conditions");
        }
    }

    private Condition condition(int depth) {
        if (++count > CONDITIONS_MAX) {
            throw body.invalid("a filter has at most " + CONDITIONS_MAX + " conditions");
        }
        if (depth >= NESTING_MAX) {
            throw body.invalid("filters nest at most " + NESTING_MAX + " deep");
        }
        return conditions.read(depth + 1);
    }

    private MinShould minShould(int depth) {
        body.expectObject();
        MinShould.Builder min = MinShould.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "conditions" -> {
                    seen = body.once(seen, 1);
                    if (!body.at(JsonToken.START_ARRAY)) {
                        throw body.mismatch("a list of conditions");
                    }
                    while (body.nextElement()) {
                        min.addConditions(condition(depth));
                    }
                }
                case "min_count" -> {
                    seen = body.once(seen, 2);
                    min.setMinCount(body.count(0, Integer.MAX_VALUE));
                }
                default -> body.skip();
            }
        }
        if ((seen & 1) == 0) {
            throw body.missing("conditions");
        }
        if ((seen & 2) == 0) {
            throw body.missing("min_count");
        }
        return min.build();
    }

    /** @param size of a list of values or ids, before another one */
    static void bound(JsonBody body, int size) {
        if (size == LIST_MAX) {
            throw body.invalid("a list of a condition has at most " + LIST_MAX + " entries");
        }
    }
}
