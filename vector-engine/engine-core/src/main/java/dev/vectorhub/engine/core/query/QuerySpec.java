package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.SearchSpec;
import java.util.List;

/**
 * A query, over the collection or over what its prefetches found.
 *
 * @param base the vector to use, filter, limit, offset, threshold and parameters; what it says to be near to is not read
 * @param prefetch queries whose results are the only candidates; the filter holds for them as well
 */
public record QuerySpec(SearchSpec base, Query query, List<QuerySpec> prefetch) {

    /** Of one query, with all levels together. */
    public static final int PREFETCHES_MAX = 100;

    /** Levels of prefetches. */
    public static final int DEPTH_MAX = 10;

    public QuerySpec {
        prefetch = List.copyOf(prefetch);
    }
}
