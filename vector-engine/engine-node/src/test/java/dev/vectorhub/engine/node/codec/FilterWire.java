package dev.vectorhub.engine.node.codec;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.wire.v1.DatetimeRange;
import dev.vectorhub.engine.wire.v1.GeoBoundingBox;
import dev.vectorhub.engine.wire.v1.GeoPoint;
import dev.vectorhub.engine.wire.v1.GeoPolygon;
import dev.vectorhub.engine.wire.v1.GeoRadius;
import dev.vectorhub.engine.wire.v1.GeoRing;
import dev.vectorhub.engine.wire.v1.HasId;
import dev.vectorhub.engine.wire.v1.MatchCondition;
import dev.vectorhub.engine.wire.v1.MinShould;
import dev.vectorhub.engine.wire.v1.NestedCondition;
import dev.vectorhub.engine.wire.v1.RangeCondition;
import dev.vectorhub.engine.wire.v1.Slice;
import dev.vectorhub.engine.wire.v1.Values;
import dev.vectorhub.engine.wire.v1.ValuesCount;
import java.util.List;
import java.util.Optional;

/** The way back, which only tests need: filters as messages. */
final class FilterWire {
    private FilterWire() {}

    static dev.vectorhub.engine.wire.v1.Filter of(Filter filter) {
        var wire = dev.vectorhub.engine.wire.v1.Filter.newBuilder().setStrict(filter.strict());
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
            case Condition.Group(Filter filter) -> wire.setFilter(of(filter));
            case Condition.Nested(String key, Filter filter) ->
                wire.setNested(NestedCondition.newBuilder().setKey(key).setFilter(of(filter)));
            case Condition.HasVector(String vector) -> wire.setHasVector(vector);
            case Condition.Slice(long total, long index) ->
                wire.setSlice(Slice.newBuilder().setTotal((int) total).setIndex((int) index));
            case Condition.DatetimeRange range -> wire.setDatetimeRange(range(range));
            case Condition.ValuesCount count -> wire.setValuesCount(count(count));
            case Condition.GeoBox(String key, Condition.GeoPoint topLeft, Condition.GeoPoint bottomRight) ->
                wire.setGeoBoundingBox(GeoBoundingBox.newBuilder()
                        .setKey(key)
                        .setTopLeft(place(topLeft))
                        .setBottomRight(place(bottomRight)));
            case Condition.GeoRadius(String key, Condition.GeoPoint center, double meters) ->
                wire.setGeoRadius(GeoRadius.newBuilder()
                        .setKey(key)
                        .setCenter(place(center))
                        .setMeters(meters));
            case Condition.GeoPolygon polygon -> {
                var rings = GeoPolygon.newBuilder().setKey(polygon.key()).setExterior(ring(polygon.exterior()));
                polygon.interiors().forEach(interior -> rings.addInteriors(ring(interior)));
                wire.setGeoPolygon(rings);
            }
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
            case Condition.MatchValue.Text(String text) -> match.setText(text);
            case Condition.MatchValue.TextAny(String text) -> match.setTextAny(text);
            case Condition.MatchValue.Phrase(String text) -> match.setPhrase(text);
            case Condition.MatchValue.Prefix(String prefix) -> match.setPrefix(prefix);
        }
        return match.build();
    }

    private static Values values(List<String> keywords, List<Long> integers) {
        return Values.newBuilder()
                .addAllKeywords(keywords)
                .addAllIntegers(integers)
                .build();
    }

    private static GeoPoint place(Condition.GeoPoint point) {
        return GeoPoint.newBuilder().setLat(point.lat()).setLon(point.lon()).build();
    }

    private static GeoRing ring(List<Condition.GeoPoint> points) {
        var ring = GeoRing.newBuilder();
        points.forEach(point -> ring.addPoints(place(point)));
        return ring.build();
    }

    private static DatetimeRange range(Condition.DatetimeRange range) {
        var wire = DatetimeRange.newBuilder().setKey(range.key());
        Optional.ofNullable(range.lt()).ifPresent(wire::setLt);
        Optional.ofNullable(range.gt()).ifPresent(wire::setGt);
        Optional.ofNullable(range.gte()).ifPresent(wire::setGte);
        Optional.ofNullable(range.lte()).ifPresent(wire::setLte);
        return wire.build();
    }

    private static ValuesCount count(Condition.ValuesCount range) {
        var wire = ValuesCount.newBuilder().setKey(range.key());
        Optional.ofNullable(range.lt()).ifPresent(wire::setLt);
        Optional.ofNullable(range.gt()).ifPresent(wire::setGt);
        Optional.ofNullable(range.gte()).ifPresent(wire::setGte);
        Optional.ofNullable(range.lte()).ifPresent(wire::setLte);
        return wire.build();
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
