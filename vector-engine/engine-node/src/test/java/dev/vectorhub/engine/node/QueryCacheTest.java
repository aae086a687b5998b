package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.Query;
import dev.vectorhub.engine.wire.v1.ReadCost;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.SearchResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QueryCacheTest {
    private static final ByteString TENANT = ByteString.copyFrom(new byte[16]);
    private static final ByteString COLLECTION = ByteString.copyFromUtf8("0123456789abcdef");

    private final WriteVersions versions = new WriteVersions();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicInteger state = new AtomicInteger();
    private final QueryCache cache = cache(1 << 20);

    private QueryCache cache(long bytes) {
        return new QueryCache(new EngineSettings.QueryCacheSettings(bytes, 60), versions, nanos::get);
    }

    private SearchResponse search(SearchRequest request) {
        searches.incrementAndGet();
        return SearchResponse.newBuilder()
                .addResults(SearchResult.newBuilder()
                        .addPoints(ScoredPoint.newBuilder().setVersion(state.get())))
                .setCost(ReadCost.newBuilder().setVectorsScanned(7))
                .build();
    }

    private static SearchRequest request(int limit) {
        return SearchRequest.newBuilder()
                .setCollection(CollectionRef.newBuilder().setTenant(TENANT).setCollection(COLLECTION))
                .addQueries(SearchQuery.newBuilder().setLimit(limit))
                .build();
    }

    private long ask(QueryCache of, int limit) {
        return of.get(request(limit), this::search).getResults(0).getPoints(0).getVersion();
    }

    private void write(ByteString collection) {
        versions.begin(TENANT, collection);
        state.incrementAndGet();
        versions.end(TENANT, collection);
    }

    @Test
    void aRepetitionIsAnsweredFromHereAndCostsNothing() {
        assertEquals(7, cache.get(request(5), this::search).getCost().getVectorsScanned());
        assertEquals(0, cache.get(request(5), this::search).getCost().getVectorsScanned());
        assertEquals(1, searches.get());
        ask(cache, 6);
        assertEquals(2, searches.get(), "another search is another answer");
        assertEquals(1, cache.hits());
        assertEquals(2, cache.misses());
    }

    @Test
    void aWriteToTheCollectionOrItsTenantEndsTheAnswer() {
        ask(cache, 5);
        write(COLLECTION);
        assertEquals(1, ask(cache, 5));
        write(ByteString.EMPTY);
        assertEquals(2, ask(cache, 5));
        assertEquals(3, searches.get());
    }

    @Test
    void whileACommandIsAppliedNothingIsAnsweredFromHereOrKept() {
        ask(cache, 5);
        versions.begin(TENANT, COLLECTION);
        ask(cache, 5);
        ask(cache, 5);
        assertEquals(3, searches.get());
        versions.end(TENANT, COLLECTION);
        ask(cache, 5);
        ask(cache, 5);
        assertEquals(4, searches.get());
    }

    @Test
    void ageAndSizeAreBounded() {
        ask(cache, 5);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        ask(cache, 5);
        assertEquals(2, searches.get());
        QueryCache tiny = cache(1_000);
        ask(tiny, 5);
        ask(tiny, 5);
        assertEquals(4, searches.get(), "an answer that would fill a 16th is not kept");
        QueryCache off = new QueryCache(EngineSettings.QueryCacheSettings.OFF, versions);
        ask(off, 5);
        ask(off, 5);
        assertEquals(6, searches.get());
        assertEquals(0, off.misses());
    }

    @Test
    void aRandomOrderIsDrawnAnew() {
        SearchRequest sampled = request(5).toBuilder()
                .setQueries(
                        0,
                        SearchQuery.newBuilder()
                                .addPrefetch(SearchQuery.newBuilder()
                                        .setComposed(Query.newBuilder().setSampleSeed(0))))
                .build();
        cache.get(sampled, this::search);
        cache.get(sampled, this::search);
        assertEquals(2, searches.get());
    }

    /** Whoever has seen a write acknowledged never gets an answer from before it, whatever others are doing. */
    @Test
    void noAnswerIsOlderThanTheLastAcknowledgedWrite() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger acknowledged = new AtomicInteger();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 20_000; i++) {
                write(COLLECTION);
                acknowledged.set(i + 1);
            }
            stop.set(true);
        });
        long stale = 0;
        while (!stop.get()) {
            int before = acknowledged.get();
            stale += ask(cache, 5) < before ? 1 : 0;
        }
        writer.join();
        assertEquals(0, stale);
        assertEquals(20_000, ask(cache, 5));
        assertEquals(20_000, ask(cache, 5));
        assertTrue(cache.hits() > 0);
    }

    @Test
    void versionsGrowAndKnowWhatIsUnderWay() {
        long first = versions.of(TENANT, COLLECTION);
        versions.begin(TENANT, COLLECTION);
        assertEquals(WriteVersions.UNDER_WAY, versions.of(TENANT, COLLECTION));
        versions.end(TENANT, COLLECTION);
        assertNotEquals(first, versions.of(TENANT, COLLECTION));
        assertFalse(versions.of(TENANT, COLLECTION) < first);
    }
}
