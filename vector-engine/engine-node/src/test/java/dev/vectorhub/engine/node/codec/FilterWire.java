package dev.vectorhub.engine.node.codec;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.wire.v1.HasId;
import dev.vectorhub.engine.wire.v1.MatchCondition;
import dev.vectorhub.engine.wire.v1.MinShould;
import dev.vectorhub.engine.wire.v1.RangeCondition;
import dev.vectorhub.engine.wire.v1.Values;
import java.util.List;

/** The way back, which only tests need: filters as messages. */
final class FilterWire {
    private FilterWire() {}

    static dev.vectorhub.engine.wire.v1.Filter of(Filter filter) {
        var wire = dev.vectorhub.engine.wire.v1.Filter.newBuilder();
        filter.must().forEach(c -> wire.addMust(of(c)));
        filter.should().forEach(c -> wire.addShould(of(c)));
        filter.mustNot().forEach(c -> wire.addMustNot(of(c)));
        var minShould = filter.minShould();
        if (minShould != null) {
            var min = MinShould.newBuilder().setMinCount(minShould.minCount());
            minShould.conditions().forEach(c -> min.addConditions(of(c)));
            wire.setMinShould(min);
        }
        return wire.build();
    }

    private static dev.vectorhub.engine.wire.v1.Condition of(Condition condition) {
        var wire = dev.vectorhub.engine.wire.v1.Condition.newBuilder();
        switch (condition) {
            case Condition.Match(String key, Condition.MatchValue value) -> wire.setMatch(match(key, value));
            case Condition.Range range -> wire.setRange(range(range));
            case Condition.HasId(List<PointId> ids) -> {
                var hasId = HasId.newBuilder();
                ids.forEach(id -> hasId.addIds(ModelCodec.id(id)));
                wire.setHasId(hasId);
            }
            case Condition.IsEmpty(String key) -> wire.setIsEmpty(key);
            case Condition.IsNull(String key) -> wire.setIsNull(key);
            case Condition.Nested(Filter filter) -> wire.setFilter(of(filter));
        }
        return wire.build();
    }

    private static MatchCondition match(String key, Condition.MatchValue value) {
        var match = MatchCondition.newBuilder().setKey(key);
        switch (value) {
            case Condition.MatchValue.Keyword(String keyword) -> match.setKeyword(keyword);
            case Condition.MatchValue.Int(long integer) -> match.setInteger(integer);
            case Condition.MatchValue.Bool(boolean bool) -> match.setBoolean(bool);
            case Condition.MatchValue.Any(List<String> keywords, List<Long> integers) ->
                match.setAny(values(keywords, integers));
            case Condition.MatchValue.Except(List<String> keywords, List<Long> integers) ->
                match.setExcept(values(keywords, integers));
        }
        return match.build();
    }

    private static Values values(List<String> keywords, List<Long> integers) {
        return Values.newBuilder()
                .addAllKeywords(keywords)
                .addAllIntegers(integers)
                .build();
    }

    private static RangeCondition range(Condition.Range range) {
        var wire = RangeCondition.newBuilder().setKey(range.key());
        Double lt = range.lt();
        Double gt = range.gt();
        Double gte = range.gte();
        Double lte = range.lte();
        if (lt != null) {
            wire.setLt(lt);
        }
        if (gt != null) {
            wire.setGt(gt);
        }
        if (gte != null) {
            wire.setGte(gte);
        }
        if (lte != null) {
            wire.setLte(lte);
        }
        return wire.build();
    }
}
