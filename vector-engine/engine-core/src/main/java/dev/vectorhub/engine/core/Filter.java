package dev.vectorhub.engine.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on points, with Qdrant's semantics: every {@code must}, at least one {@code should} if there is any, no
 * {@code mustNot}, and at least so many of {@code minShould}. The empty filter matches every point.
 *
 * @param strict refuse the filter if a condition on payload has no index that answers it; counts on the outermost filter only
 */
public record Filter(
        List<Condition> must,
        List<Condition> should,
        List<Condition> mustNot,
        @Nullable MinShould minShould,
        boolean strict) {

    public static final Filter ALL = new Filter(List.of(), List.of(), List.of(), null);

    /**
     * Some of many.
     *
     * @param minCount how many of the conditions have to hold
     */
    public record MinShould(List<Condition> conditions, int minCount) {
        public MinShould {
            conditions = List.copyOf(conditions);
        }
    }

    public Filter(
            List<Condition> must, List<Condition> should, List<Condition> mustNot, @Nullable MinShould minShould) {
        this(must, should, mustNot, minShould, false);
    }

    public Filter {
        must = List.copyOf(must);
        should = List.copyOf(should);
        mustNot = List.copyOf(mustNot);
    }

    public static Filter must(Condition... conditions) {
        return new Filter(List.of(conditions), List.of(), List.of(), null);
    }

    public static Filter should(Condition... conditions) {
        return new Filter(List.of(), List.of(conditions), List.of(), null);
    }

    public static Filter mustNot(Condition... conditions) {
        return new Filter(List.of(), List.of(), List.of(conditions), null);
    }
}
