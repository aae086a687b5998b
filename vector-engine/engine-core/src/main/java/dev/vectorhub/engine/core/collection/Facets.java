package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.FacetHits;
import dev.vectorhub.engine.core.FieldValue;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.filter.RequiredIndexes;
import dev.vectorhub.engine.core.payload.FieldPath;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts points by the values of a field. */
final class Facets {
    /** Different values that are counted: each takes memory until the answer is made. */
    private static final int VALUES_MAX = 2_000_000;

    private static final Comparator<Map.Entry<FieldValue, Long>> FREQUENT_FIRST =
            Map.Entry.<FieldValue, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private Facets() {}

    /** @throws StoreException {@code INVALID_ARGUMENT} if no index counts the field, or it has too many values */
    static FacetHits count(View view, @Nullable FilterRun filter, String key, int limit, boolean exact) {
        FieldPath path = FieldPath.parse(key);
        FieldAccess values = new FieldAccess(view, path, RequiredIndexes.forFacet(view.schema(), path, key));
        Map<FieldValue, Long> counts = new HashMap<>();
        for (LivePart part : view.parts()) {
            values.counts(part, filter == null ? null : filter.matching(part), !exact, counts);
            if (counts.size() > VALUES_MAX) {
                throw StoreException.invalid("`" + key + "` has more than " + VALUES_MAX + " different values");
            }
        }
        List<FacetHits.Hit> hits = counts.entrySet().stream()
                .sorted(FREQUENT_FIRST)
                .limit(limit)
                .map(entry -> new FacetHits.Hit(entry.getKey(), entry.getValue()))
                .toList();
        return new FacetHits(hits, values.bytesRead() + (filter == null ? 0 : filter.bytesRead()));
    }
}
