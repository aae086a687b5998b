package dev.vectorhub.api.qdrant;

import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;

/** Gives searches that name no breadth ({@code hnsw_ef}) the collection's own, where it has one. */
final class DefaultBreadth {

    private DefaultBreadth() {}

    static SearchRequest of(CollectionSpec spec, SearchRequest request) {
        int breadth = spec.getHnsw().getEfSearch();
        if (breadth == 0) {
            return request;
        }
        SearchRequest.Builder filled = request.toBuilder();
        filled.getQueriesBuilderList().forEach(query -> fill(query, breadth));
        return filled.build();
    }

    private static void fill(SearchQuery.Builder query, int breadth) {
        if (query.getParams().getHnswEf() == 0) {
            query.getParamsBuilder().setHnswEf(breadth);
        }
        query.getPrefetchBuilderList().forEach(source -> fill(source, breadth));
    }
}
