package dev.vectorhub.api.agree;

import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.LookupLocation;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.SearchParams;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One level of a query: what is asked, and what it means. */
record Level(
        Kind kind,
        Filters.@Nullable Meaning<Filter> filter,
        List<Level> prefetch,
        int limit,
        int offset,
        @Nullable Float threshold,
        @Nullable SearchParams params) {

    enum Order {
        /** To the last id. */
        EXACT,
        /** By scores that rounding may change a little. */
        BY_SCORE,
        /** Any. */
        RANDOM
    }

    record Scored(long id, double score) {}

    /** All that may be in the answer, best first. */
    interface Ranking {
        /**
         * Answers the level.
         *
         * @param sources what its prefetches answered
         */
        List<Scored> of(Level level, Collection<Doc> candidates, List<List<Scored>> sources);
    }

    /**
     * What ranks.
     *
     * @param up whether a higher score is better
     * @param order how far the order of the answer is known
     * @param using the vector that is compared; empty for that without a name, or where none is
     * @param lookup where the points are that the query names; null where they are those that it asks for
     */
    record Kind(
            Query said,
            Ranking ranking,
            boolean up,
            Order order,
            String using,
            @Nullable LookupLocation lookup) {}

    /** What an answer is made of, and everything with its score. */
    record Answer(List<Scored> points, List<Scored> all) {}

    Order order() {
        return prefetch.isEmpty() || kind.order() != Order.EXACT ? kind.order() : Order.BY_SCORE;
    }

    Answer answer(Collection<Doc> docs) {
        return answer(docs, doc -> true);
    }

    private Answer answer(Collection<Doc> docs, Predicate<Doc> inherited) {
        Predicate<Doc> holds = filter == null ? inherited : inherited.and(filter.holds());
        List<List<Scored>> sources = new ArrayList<>();
        Set<Long> found = new HashSet<>();
        for (Level inner : prefetch) {
            List<Scored> source = inner.answer(docs, holds).points();
            sources.add(source);
            source.forEach(scored -> found.add(scored.id()));
        }
        List<Doc> candidates = docs.stream()
                .filter(holds)
                .filter(doc -> prefetch.isEmpty() || found.contains(doc.id()))
                .toList();
        List<Scored> all = kind.ranking().of(this, candidates, sources);
        List<Scored> points =
                all.stream().skip(offset).filter(this::good).limit(limit).toList();
        return new Answer(points, all);
    }

    boolean good(Scored scored) {
        return threshold == null || (kind.up() ? scored.score() >= threshold : scored.score() <= threshold);
    }

    QueryPoints question(String collection) {
        QueryPoints.Builder query =
                QueryPoints.newBuilder().setCollectionName(collection).setOffset(offset);
        // The other fields of a query are those of a prefetch, by their names.
        inner().getAllFields()
                .forEach((field, value) ->
                        query.setField(QueryPoints.getDescriptor().findFieldByName(field.getName()), value));
        return query.build();
    }

    private PrefetchQuery inner() {
        PrefetchQuery.Builder query =
                PrefetchQuery.newBuilder().setQuery(kind.said()).setLimit(limit);
        if (!kind.using().isEmpty()) {
            query.setUsing(kind.using());
        }
        if (kind.lookup() != null) {
            query.setLookupFrom(kind.lookup());
        }
        if (params != null) {
            query.setParams(params);
        }
        if (filter != null) {
            query.setFilter(filter.said());
        }
        if (threshold != null) {
            query.setScoreThreshold(threshold);
        }
        prefetch.forEach(inner -> query.addPrefetch(inner.inner()));
        return query.build();
    }
}
