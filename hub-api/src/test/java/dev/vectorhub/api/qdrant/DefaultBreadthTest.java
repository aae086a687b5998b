package dev.vectorhub.api.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.HnswParams;
import dev.vectorhub.engine.wire.v1.SearchParams;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import org.junit.jupiter.api.Test;

class DefaultBreadthTest {
    private static final SearchRequest REQUEST = SearchRequest.newBuilder()
            .addQueries(SearchQuery.newBuilder()
                    .addPrefetch(SearchQuery.newBuilder()
                            .setParams(SearchParams.newBuilder().setHnswEf(9))))
            .addQueries(SearchQuery.getDefaultInstance())
            .build();

    @Test
    void onlyWhatNamesNoneGetsTheCollectionsOwn() {
        CollectionSpec spec = CollectionSpec.newBuilder()
                .setHnsw(HnswParams.newBuilder().setEfSearch(50))
                .build();
        SearchRequest filled = DefaultBreadth.of(spec, REQUEST);
        assertEquals(50, filled.getQueries(0).getParams().getHnswEf());
        assertEquals(9, filled.getQueries(0).getPrefetch(0).getParams().getHnswEf());
        assertEquals(50, filled.getQueries(1).getParams().getHnswEf());
    }

    @Test
    void withoutOneNothingIsCopied() {
        assertSame(REQUEST, DefaultBreadth.of(CollectionSpec.getDefaultInstance(), REQUEST));
    }
}
