package dev.vectorhub.api.qdrant.search;

import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantPipeline;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.search.SearchReader.Form;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.SearchResult;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Nearest neighbours, alone and in batches; the same for every transport. */
@Singleton
public class SearchOperations {

    private final TenantEngine engine;
    private final TenantPipeline pipeline;
    private final RequestBounds bounds;

    @Inject
    SearchOperations(TenantEngine engine, TenantPipeline pipeline, RequestBounds bounds) {
        this.engine = engine;
        this.pipeline = pipeline;
        this.bounds = bounds;
    }

    /** The best points of one search, and whether to show their parts. */
    public record Ranked(List<ScoredPoint> points, boolean withPayload, boolean withVector) {}

    public Answered<Ranked> one(TenantCall call, String name, byte[] body, Form form) {
        Target target = engine.target(call, name);
        return one(call, target, SearchReader.one(body, target.ref(), target.schema(), bounds, form));
    }

    public Answered<List<Ranked>> batch(TenantCall call, String name, byte[] body, Form form) {
        Target target = engine.target(call, name);
        SearchRequest request = SearchReader.batch(body, target.ref(), target.schema(), bounds, form);
        pipeline.charge(call, request.getQueriesCount());
        return run(call, target, request);
    }

    private Answered<Ranked> one(TenantCall call, Target target, SearchRequest request) {
        Answered<List<Ranked>> found = run(call, target, request);
        return new Answered<>(found.result().getFirst(), found.used());
    }

    private Answered<List<Ranked>> run(TenantCall call, Target target, SearchRequest request) {
        SearchResponse found = engine.search(call, target, request);
        List<Ranked> ranked = new ArrayList<>(request.getQueriesCount());
        for (int i = 0; i < request.getQueriesCount(); i++) {
            SearchQuery query = request.getQueries(i);
            ranked.add(new Ranked(
                    found.getResults(i).getPointsList(),
                    query.getWithPayload().getEnabled(),
                    query.getWithVector().getEnabled()));
        }
        return new Answered<>(ranked, used(found));
    }

    /** A search looks at vectors; of what was read, the payloads that the answer shows are the rest. */
    private static Hardware used(SearchResponse found) {
        long payloadBytes = 0;
        for (SearchResult result : found.getResultsList()) {
            for (ScoredPoint point : result.getPointsList()) {
                payloadBytes += point.getPayload().size();
            }
        }
        return Hardware.read(
                found.getCost().getVectorsScanned(),
                Math.max(0, found.getCost().getBytesRead() - payloadBytes),
                payloadBytes);
    }
}
