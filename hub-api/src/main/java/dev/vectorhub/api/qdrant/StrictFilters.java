package dev.vectorhub.api.qdrant;

import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.GeoPolygon;
import dev.vectorhub.engine.wire.v1.GeoRing;
import dev.vectorhub.engine.wire.v1.Values;
import java.util.List;

/** How large filters are, as strict mode counts. */
final class StrictFilters {

    private StrictFilters() {}

    /** Conditions of a filter, those of inner filters with them. */
    static int conditions(Filter filter) {
        return conditions(filter.getMustList())
                + conditions(filter.getShouldList())
                + conditions(filter.getMustNotList())
                + conditions(filter.getMinShould().getConditionsList());
    }

    private static int conditions(List<Condition> conditions) {
        int count = 0;
        for (Condition condition : conditions) {
            count += switch (condition.getKindCase()) {
                case FILTER -> conditions(condition.getFilter());
                case NESTED -> conditions(condition.getNested().getFilter());
                default -> 1;
            };
        }
        return count;
    }

    /** Elements of the largest condition: the values of a list, ids, the corners of a polygon. */
    static int largest(Filter filter) {
        return Math.max(
                Math.max(largest(filter.getMustList()), largest(filter.getShouldList())),
                Math.max(
                        largest(filter.getMustNotList()),
                        largest(filter.getMinShould().getConditionsList())));
    }

    private static int largest(List<Condition> conditions) {
        int largest = 0;
        for (Condition condition : conditions) {
            largest = Math.max(
                    largest,
                    switch (condition.getKindCase()) {
                        case FILTER -> largest(condition.getFilter());
                        case NESTED -> largest(condition.getNested().getFilter());
                        case HAS_ID -> condition.getHasId().getIdsCount();
                        case GEO_POLYGON -> corners(condition.getGeoPolygon());
                        case MATCH ->
                            Math.max(
                                    values(condition.getMatch().getAny()),
                                    values(condition.getMatch().getExcept()));
                        default -> 0;
                    });
        }
        return largest;
    }

    private static int values(Values values) {
        return values.getKeywordsCount() + values.getIntegersCount();
    }

    private static int corners(GeoPolygon polygon) {
        int corners = polygon.getExterior().getPointsCount();
        for (GeoRing ring : polygon.getInteriorsList()) {
            corners += ring.getPointsCount();
        }
        return corners;
    }
}
