package dev.vectorhub.engine.node.codec;

import static dev.vectorhub.engine.node.codec.ModelCodec.bound;
import static dev.vectorhub.engine.node.codec.ModelCodec.count;
import static dev.vectorhub.engine.node.codec.ModelCodec.invalid;
import static dev.vectorhub.engine.node.codec.ModelCodec.path;
import static dev.vectorhub.engine.node.codec.ModelCodec.text;
import static dev.vectorhub.engine.node.codec.ModelCodec.wellFormed;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointSelector;
import dev.vectorhub.engine.wire.v1.DatetimeRange;
import dev.vectorhub.engine.wire.v1.GeoPoint;
import dev.vectorhub.engine.wire.v1.GeoPolygon;
import dev.vectorhub.engine.wire.v1.GeoRing;
import dev.vectorhub.engine.wire.v1.MatchCondition;
import dev.vectorhub.engine.wire.v1.RangeCondition;
import dev.vectorhub.engine.wire.v1.Selector;
import dev.vectorhub.engine.wire.v1.Slice;
import dev.vectorhub.engine.wire.v1.Values;
import dev.vectorhub.engine.wire.v1.ValuesCount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Filters and selectors. Depth is bounded below what protobuf reads back (100 messages within each other, of which a nested
 * condition needs three): a filter that was built in this process and logged must be readable at the next start.
 */
public final class FilterCodec {
    static final int DEPTH_MAX = 28;
    static final int CONDITIONS_MAX = 10_000;
    /** Of all rings of one polygon. */
    static final int PLACES_MAX = 100_000;

    private static final int RING_MIN = 4;

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
                minShould,
                filter.getStrict());
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
            case FILTER -> new Condition.Group(filter(condition.getFilter(), depth + 1));
            case NESTED ->
                new Condition.Nested(
                        key(condition.getNested().getKey()),
                        filter(condition.getNested().getFilter(), depth + 1));
            case DATETIME_RANGE -> datetimes(condition.getDatetimeRange());
            case VALUES_COUNT -> valuesCount(condition.getValuesCount());
            case GEO_BOUNDING_BOX -> {
                var box = condition.getGeoBoundingBox();
                yield new Condition.GeoBox(key(box.getKey()), place(box.getTopLeft()), place(box.getBottomRight()));
            }
            case GEO_RADIUS -> {
                var circle = condition.getGeoRadius();
                if (!Double.isFinite(circle.getMeters())) {
                    throw invalid("a geo radius is a finite number of metres");
                }
                yield new Condition.GeoRadius(key(circle.getKey()), place(circle.getCenter()), circle.getMeters());
            }
            case GEO_POLYGON -> polygon(condition.getGeoPolygon());
            case HAS_VECTOR -> new Condition.HasVector(text(condition.getHasVector(), "a vector's name"));
            case SLICE -> slice(condition.getSlice());
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
            case TEXT -> new Condition.MatchValue.Text(wellFormed(match.getText(), "a text"));
            case TEXT_ANY -> new Condition.MatchValue.TextAny(wellFormed(match.getTextAny(), "a text"));
            case PHRASE -> new Condition.MatchValue.Phrase(wellFormed(match.getPhrase(), "a phrase"));
            case PREFIX -> new Condition.MatchValue.Prefix(wellFormed(match.getPrefix(), "a prefix"));
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

    private static Condition datetimes(DatetimeRange range) {
        return new Condition.DatetimeRange(
                key(range.getKey()),
                range.hasLt() ? Long.valueOf(range.getLt()) : null,
                range.hasGt() ? Long.valueOf(range.getGt()) : null,
                range.hasGte() ? Long.valueOf(range.getGte()) : null,
                range.hasLte() ? Long.valueOf(range.getLte()) : null);
    }

    private static Condition valuesCount(ValuesCount range) {
        return new Condition.ValuesCount(
                key(range.getKey()),
                range.hasLt() ? saturated(range.getLt()) : null,
                range.hasGt() ? saturated(range.getGt()) : null,
                range.hasGte() ? saturated(range.getGte()) : null,
                range.hasLte() ? saturated(range.getLte()) : null);
    }

    /** A uint64 that nothing countable exceeds. */
    private static Long saturated(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }

    private static Condition.GeoPoint place(GeoPoint point) {
        if (!(Math.abs(point.getLat()) <= 90 && Math.abs(point.getLon()) <= 180)) {
            throw invalid("a place has a latitude within ±90 and a longitude within ±180 degrees");
        }
        return new Condition.GeoPoint(point.getLat(), point.getLon());
    }

    private static Condition polygon(GeoPolygon polygon) {
        int places = polygon.getExterior().getPointsCount();
        for (GeoRing interior : polygon.getInteriorsList()) {
            places += interior.getPointsCount();
        }
        bound(places, PLACES_MAX, "places of a polygon");
        return new Condition.GeoPolygon(
                key(polygon.getKey()),
                ring(polygon.getExterior()),
                polygon.getInteriorsList().stream().map(FilterCodec::ring).toList());
    }

    private static List<Condition.GeoPoint> ring(GeoRing ring) {
        List<Condition.GeoPoint> places =
                ring.getPointsList().stream().map(FilterCodec::place).toList();
        if (places.size() < RING_MIN || !places.getFirst().equals(places.getLast())) {
            throw invalid("a ring of a polygon has " + RING_MIN + " places or more and ends where it begins");
        }
        return places;
    }

    private static Condition slice(Slice slice) {
        long total = Integer.toUnsignedLong(slice.getTotal());
        long index = Integer.toUnsignedLong(slice.getIndex());
        if (index >= total) {
            throw invalid("a slice's index is below its total, " + index + " is not below " + total);
        }
        return new Condition.Slice(total, index);
    }

    static @Nullable Filter optional(boolean present, dev.vectorhub.engine.wire.v1.Filter filter) {
        return present ? filter(filter) : null;
    }

    private static String key(String key) {
        return path(key);
    }
}
