package dev.vectorhub.engine.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.ReadCost;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers of searches, kept as the guide's {@code cache.query_cache} says: bounded in bytes and in age, the least useful ones
 * leave first. An answer is never stale: it counts only while no command on its collection has been applied since before it
 * was computed, and none is being applied. A repeated search must be the same to the byte.
 *
 * <p>An answer from here has cost nothing, and says so.
 */
final class QueryCache {
    /** Of a request, an answer and the entries that hold them, beside their bytes. */
    private static final int OVERHEAD_BYTES = 256;
    /** An answer may take this share of the cache at most. */
    private static final int SHARE_MAX = 16;

    private final @Nullable Cache<ByteString, Answer> answers;
    private final long answerBytesMax;
    private final WriteVersions versions;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private record Answer(long version, SearchResponse response, int bytes) {}

    QueryCache(EngineSettings.QueryCacheSettings settings, WriteVersions versions) {
        this(settings, versions, Ticker.systemTicker());
    }

    QueryCache(EngineSettings.QueryCacheSettings settings, WriteVersions versions, Ticker ticker) {
        this.versions = versions;
        this.answerBytesMax = settings.bytes() / SHARE_MAX;
        this.answers = settings.bytes() == 0
                ? null
                : Caffeine.newBuilder()
                        .maximumWeight(settings.bytes())
                        .weigher((ByteString request, Answer answer) -> answer.bytes())
                        .expireAfterWrite(Duration.ofSeconds(settings.seconds()))
                        .ticker(ticker)
                        .build();
    }

    /** The answer from here, or else from the search, whose failures pass. */
    SearchResponse get(SearchRequest request, Function<SearchRequest, SearchResponse> search) {
        Cache<ByteString, Answer> kept = answers;
        if (kept == null || !isRepeatable(request)) {
            return search.apply(request);
        }
        CollectionRef ref = request.getCollection();
        long version = versions.of(ref.getTenant(), ref.getCollection());
        if (version == WriteVersions.UNDER_WAY) {
            misses.increment();
            return search.apply(request);
        }
        ByteString key = request.toByteString();
        Answer found = kept.getIfPresent(key);
        if (found != null && found.version() == version) {
            hits.increment();
            return found.response();
        }
        misses.increment();
        SearchResponse response = search.apply(request);
        long bytes = (long) key.size() + response.getSerializedSize() + OVERHEAD_BYTES;
        if (bytes <= answerBytesMax) {
            SearchResponse free =
                    response.toBuilder().setCost(ReadCost.getDefaultInstance()).build();
            kept.put(key, new Answer(version, free, (int) bytes));
        }
        return response;
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }

    /** A random order that is drawn anew has no answer to keep. */
    private static boolean isRepeatable(SearchRequest request) {
        for (SearchQuery query : request.getQueriesList()) {
            if (!isRepeatable(query)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRepeatable(SearchQuery query) {
        if (query.getComposed().hasSampleSeed() && query.getComposed().getSampleSeed() == 0) {
            return false;
        }
        for (SearchQuery source : query.getPrefetchList()) {
            if (!isRepeatable(source)) {
                return false;
            }
        }
        return true;
    }
}
