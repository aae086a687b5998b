package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.payload.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The best hits of each value of a field. Asks for ever more hits until the groups are full or no hits are left, and goes no
 * further than {@link Grouping#HITS_MAX}: beyond it groups may stay short.
 */
public final class Groups {

    private static final int FIRST_WINDOW_MIN = 64;
    private static final int GROWTH = 4;

    private Groups() {}

    /**
     * What shares one value of the key, best first, yet to be read.
     *
     * @param id a {@link String} or a {@link Long}
     */
    public record Group(Object id, List<Hit> hits) {}

    /** The groups by their best hit. */
    public static List<Group> run(QueryReader reader, QuerySpec spec, Grouping grouping) {
        long wanted = (long) grouping.groups() * grouping.size();
        if (grouping.groups() < 1 || grouping.size() < 1 || wanted > Grouping.HITS_MAX) {
            throw StoreException.invalid("limit: groups times group_size are 1 to " + Grouping.HITS_MAX);
        }
        FieldPath path = FieldPath.parse(grouping.key());
        long end = Math.min(reader.size(), Grouping.HITS_MAX);
        long window = Math.max(2 * wanted, FIRST_WINDOW_MIN);
        while (true) {
            int limit = (int) Math.max(1, Math.min(window, end));
            List<Hit> hits = QueryRun.run(reader, wider(spec, limit, grouping.size()));
            Map<Object, List<Hit>> groups = collect(reader, hits, path, grouping);
            boolean full = groups.size() == grouping.groups()
                    && groups.values().stream().allMatch(group -> group.size() == grouping.size());
            if (full || hits.size() < limit || limit >= end) {
                List<Group> answer = new ArrayList<>(groups.size());
                groups.forEach((id, of) -> answer.add(new Group(id, of)));
                return answer;
            }
            window *= GROWTH;
        }
    }

    /** Prefetches have to find as many more as a group takes. */
    private static QuerySpec wider(QuerySpec spec, int limit, int factor) {
        List<QuerySpec> prefetch = new ArrayList<>(spec.prefetch().size());
        for (QuerySpec inner : spec.prefetch()) {
            long more = Math.min((long) inner.base().limit() * factor, SearchSpec.WINDOW_MAX);
            prefetch.add(wider(inner, (int) more, factor));
        }
        return new QuerySpec(spec.base().withWindow(limit), spec.query(), prefetch);
    }

    private static Map<Object, List<Hit>> collect(
            QueryReader reader, List<Hit> hits, FieldPath path, Grouping grouping) {
        Map<Object, List<Hit>> groups = new LinkedHashMap<>();
        for (Hit hit : hits) {
            for (Object id : ids(PayloadValues.at(PayloadValues.tree(reader.payload(hit.id())), path))) {
                List<Hit> group = groups.get(id);
                if (group == null && groups.size() < grouping.groups()) {
                    group = new ArrayList<>();
                    groups.put(id, group);
                }
                if (group != null && group.size() < grouping.size()) {
                    group.add(hit);
                }
            }
        }
        return groups;
    }

    /** A point with any other value than strings and integers belongs to no group, as in Qdrant. */
    private static Set<Object> ids(List<@Nullable Object> values) {
        Set<Object> ids = new LinkedHashSet<>();
        for (Object value : values) {
            if (!(value instanceof String) && !(value instanceof Long)) {
                return Set.of();
            }
            ids.add(value);
        }
        return ids;
    }
}
