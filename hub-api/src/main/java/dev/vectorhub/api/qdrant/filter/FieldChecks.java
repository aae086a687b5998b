package dev.vectorhub.api.qdrant.filter;

import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.ValuesCount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checks that one condition makes on the values at its key. As in Qdrant {@code values_count} is asked alone where it is
 * there, else {@code is_empty}, else {@code is_null}; of all others one has to hold.
 */
final class FieldChecks {

    /** A check that waits for its key. */
    @FunctionalInterface
    private interface Check {
        Condition on(String key);
    }

    private final List<Check> values = new ArrayList<>(1);
    private @Nullable Check count;
    private @Nullable Boolean empty;
    private @Nullable Boolean nothing;
    private int seen;

    void isEmpty(boolean wanted) {
        empty = wanted;
    }

    void isNull(boolean wanted) {
        nothing = wanted;
    }

    /** Whether a check stood there, be it null. */
    boolean named() {
        return seen != 0;
    }

    /** Reads the check of that name where the body stands; false, and nothing read, where there is no such check. */
    boolean read(JsonBody body, String field) {
        switch (field) {
            case "match" -> {
                if (given(body, 1)) {
                    var match = MatchReader.match(body);
                    values.add(key ->
                            Condition.newBuilder().setMatch(match.setKey(key)).build());
                }
            }
            case "range" -> {
                if (given(body, 2)) {
                    RangeReader.Range range = RangeReader.range(body);
                    values.add(range::on);
                }
            }
            case "geo_bounding_box" -> {
                if (given(body, 4)) {
                    var box = GeoReader.box(body);
                    values.add(key -> Condition.newBuilder()
                            .setGeoBoundingBox(box.setKey(key))
                            .build());
                }
            }
            case "geo_radius" -> {
                if (given(body, 8)) {
                    var circle = GeoReader.radius(body);
                    values.add(key -> Condition.newBuilder()
                            .setGeoRadius(circle.setKey(key))
                            .build());
                }
            }
            case "geo_polygon" -> {
                if (given(body, 16)) {
                    var polygon = GeoReader.polygon(body);
                    values.add(key -> Condition.newBuilder()
                            .setGeoPolygon(polygon.setKey(key))
                            .build());
                }
            }
            case "values_count" -> {
                if (given(body, 32)) {
                    ValuesCount.Builder range = RangeReader.count(body);
                    count = key -> Condition.newBuilder()
                            .setValuesCount(range.setKey(key))
                            .build();
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean given(JsonBody body, int bit) {
        seen = body.once(seen, bit);
        return !body.isNull();
    }

    Condition on(JsonBody body, String key) {
        if (count != null) {
            return count.on(key);
        }
        if (empty != null) {
            return unless(empty, Condition.newBuilder().setIsEmpty(key));
        }
        if (nothing != null) {
            return unless(nothing, Condition.newBuilder().setIsNull(key));
        }
        if (values.isEmpty()) {
            throw body.invalid("At least one field condition must be specified");
        }
        if (values.size() == 1) {
            return values.getFirst().on(key);
        }
        Filter.Builder any = Filter.newBuilder();
        values.forEach(check -> any.addShould(check.on(key)));
        return Condition.newBuilder().setFilter(any).build();
    }

    private static Condition unless(boolean wanted, Condition.Builder condition) {
        return wanted
                ? condition.build()
                : Condition.newBuilder()
                        .setFilter(Filter.newBuilder().addMustNot(condition))
                        .build();
    }
}
