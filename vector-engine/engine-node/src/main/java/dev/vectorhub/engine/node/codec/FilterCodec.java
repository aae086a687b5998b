package dev.vectorhub.engine.node.codec;

import static dev.vectorhub.engine.node.codec.ModelCodec.bound;
import static dev.vectorhub.engine.node.codec.ModelCodec.count;
import static dev.vectorhub.engine.node.codec.ModelCodec.invalid;
import static dev.vectorhub.engine.node.codec.ModelCodec.text;
import static dev.vectorhub.engine.node.codec.ModelCodec.wellFormed;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointSelector;
import dev.vectorhub.engine.wire.v1.MatchCondition;
import dev.vectorhub.engine.wire.v1.RangeCondition;
import dev.vectorhub.engine.wire.v1.Selector;
import dev.vectorhub.engine.wire.v1.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Filters and selectors. Depth is bounded below what protobuf reads back (100 messages within each other): a filter that
 * was built in this process and logged must be readable at the next start.
 */
public final class FilterCodec {
    static final int DEPTH_MAX = 32;
    static final int CONDITIONS_MAX = 10_000;

    /** Conditions that may still come. */
    private int left = CONDITIONS_MAX;

    private FilterCodec() {}

    public static Filter filter(dev.vectorhub.engine.wire.v1.Filter filter) {
        return new FilterCodec().filter(filter, 1);
    }

    public static PointSelector selector(Selector selector) {
        return switch (selector.getKindCase()) {
            case IDS -> new PointSelector.Ids(ModelCodec.ids(selector.getIds().getIdsList()));
            case FILTER -> new PointSelector.Matching(filter(selector.getFilter()));
            case KIND_NOT_SET -> throw invalid("a selector names ids or a filter, this one has neither");
        };
    }

    private Filter filter(dev.vectorhub.engine.wire.v1.Filter filter, int depth) {
        bound(depth, DEPTH_MAX, "filters within each other");
        Filter.MinShould minShould = null;
        if (filter.hasMinShould()) {
            minShould = new Filter.MinShould(
                    conditions(filter.getMinShould().getConditionsList(), depth),
                    count(filter.getMinShould().getMinCount(), "min_count"));
        }
        return new Filter(
                conditions(filter.getMustList(), depth),
                conditions(filter.getShouldList(), depth),
                conditions(filter.getMustNotList(), depth),
                minShould);
    }

    private List<Condition> conditions(List<dev.vectorhub.engine.wire.v1.Condition> conditions, int depth) {
        left -= conditions.size();
        if (left < 0) {
            throw invalid("a filter has at most " + CONDITIONS_MAX + " conditions");
        }
        List<Condition> decoded = new ArrayList<>(conditions.size());
        for (var condition : conditions) {
            decoded.add(condition(condition, depth));
        }
        return decoded;
    }

    private Condition condition(dev.vectorhub.engine.wire.v1.Condition condition, int depth) {
        return switch (condition.getKindCase()) {
            case MATCH -> match(condition.getMatch());
            case RANGE -> range(condition.getRange());
            case HAS_ID ->
                new Condition.HasId(ModelCodec.ids(condition.getHasId().getIdsList()));
            case IS_EMPTY -> new Condition.IsEmpty(key(condition.getIsEmpty()));
            case IS_NULL -> new Condition.IsNull(key(condition.getIsNull()));
            case FILTER -> new Condition.Nested(filter(condition.getFilter(), depth + 1));
            case KIND_NOT_SET -> throw invalid("a condition of a filter is empty");
        };
    }

    private static Condition match(MatchCondition match) {
        Condition.MatchValue value = switch (match.getKindCase()) {
            case KEYWORD -> new Condition.MatchValue.Keyword(wellFormed(match.getKeyword(), "a keyword"));
            case INTEGER -> new Condition.MatchValue.Int(match.getInteger());
            case BOOLEAN -> new Condition.MatchValue.Bool(match.getBoolean());
            case ANY ->
                new Condition.MatchValue.Any(
                        keywords(match.getAny()), match.getAny().getIntegersList());
            case EXCEPT ->
                new Condition.MatchValue.Except(
                        keywords(match.getExcept()), match.getExcept().getIntegersList());
            case KIND_NOT_SET -> throw invalid("a match condition on '" + match.getKey() + "' has no value");
        };
        return new Condition.Match(key(match.getKey()), value);
    }

    private static List<String> keywords(Values values) {
        bound(values.getKeywordsCount(), ModelCodec.IDS_MAX, "keywords");
        bound(values.getIntegersCount(), ModelCodec.IDS_MAX, "integers");
        if (values.getKeywordsCount() > 0 && values.getIntegersCount() > 0) {
            throw invalid("a match has keywords or integers, not both");
        }
        for (String keyword : values.getKeywordsList()) {
            wellFormed(keyword, "a keyword");
        }
        return values.getKeywordsList();
    }

    private static Condition range(RangeCondition range) {
        return new Condition.Range(
                key(range.getKey()),
                range.hasLt() ? Double.valueOf(range.getLt()) : null,
                range.hasGt() ? Double.valueOf(range.getGt()) : null,
                range.hasGte() ? Double.valueOf(range.getGte()) : null,
                range.hasLte() ? Double.valueOf(range.getLte()) : null);
    }

    static @Nullable Filter optional(boolean present, dev.vectorhub.engine.wire.v1.Filter filter) {
        return present ? filter(filter) : null;
    }

    private static String key(String key) {
        return text(key, "a payload key");
    }
}
