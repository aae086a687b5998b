package dev.vectorhub.api.qdrant.search;

import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import dev.vectorhub.api.qdrant.point.ReadRequests;
import dev.vectorhub.api.qdrant.point.VectorForms;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.HasId;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.Query;
import dev.vectorhub.engine.wire.v1.ReadCost;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import dev.vectorhub.engine.wire.v1.SearchParams;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.SearchResult;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Which points of a random sample are near to each other. The sample is drawn first, and compared with nothing but itself:
 * the cost is the sample's square, whatever the collection holds.
 */
@Singleton
public class MatrixOperations {

    private static final int SAMPLE_DEFAULT = 10;
    private static final int LIMIT_DEFAULT = 3;

    /** Pairs of one answer. */
    private static final int PAIRS_MAX = 100_000;

    private final TenantEngine engine;
    private final RequestBounds bounds;

    @Inject
    MatrixOperations(TenantEngine engine, RequestBounds bounds) {
        this.engine = engine;
        this.bounds = bounds;
    }

    /**
     * A sample and its neighbours.
     *
     * @param ids the sample, in the order of ids
     * @param nearest of each of them, the nearest others of the sample, best first
     */
    public record Matrix(List<PointId> ids, List<List<ScoredPoint>> nearest) {}

    private record Wanted(Filter filter, int sample, int limit, String using) {}

    public Answered<Matrix> matrix(TenantCall call, String name, byte[] body) {
        Target target = engine.target(call, name);
        Wanted wanted = JsonBody.read(body, this::read);
        if (!target.schema().has(wanted.using())) {
            throw VectorForms.unknown(wanted.using(), "using");
        }
        SearchResponse drawn = engine.search(call, target, sample(target, wanted));
        List<PointId> ids = new ArrayList<>();
        for (ScoredPoint point : drawn.getResults(0).getPointsList()) {
            ids.add(point.getId());
        }
        if (ids.size() < 2) {
            return new Answered<>(
                    new Matrix(List.of(), List.of()), used(drawn.getCost(), ReadCost.getDefaultInstance()));
        }
        ids.sort(PointIdJson.ORDER);
        SearchResponse found = engine.compare(call, target, neighbours(target, wanted, ids));
        List<List<ScoredPoint>> nearest = new ArrayList<>(ids.size());
        for (SearchResult result : found.getResultsList()) {
            nearest.add(result.getPointsList());
        }
        return new Answered<>(new Matrix(ids, nearest), used(drawn.getCost(), found.getCost()));
    }

    private Wanted read(JsonBody body) {
        body.expectObject();
        Filter filter = Filter.getDefaultInstance();
        int sample = SAMPLE_DEFAULT;
        int limit = LIMIT_DEFAULT;
        String using = "";
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "filter" -> {
                    seen = body.once(seen, 1);
                    Filter given = FilterReader.read(body);
                    filter = given == null ? filter : given;
                }
                case "sample" -> {
                    seen = body.once(seen, 2);
                    sample = body.isNull() ? sample : body.count(2, bounds.batchMax());
                }
                case "limit" -> {
                    seen = body.once(seen, 4);
                    limit = body.isNull() ? limit : body.count(1, bounds.limitMax());
                }
                case "using" -> {
                    seen = body.once(seen, 8);
                    using = body.isNull() ? using : body.string();
                }
                case "shard_key" -> ReadRequests.noShardKey(body);
                default -> body.skip();
            }
        }
        if ((long) sample * Math.min(limit, sample) > PAIRS_MAX) {
            throw body.invalid("sample times limit is at most " + PAIRS_MAX);
        }
        return new Wanted(filter, sample, limit, using);
    }

    private static SearchRequest sample(Target target, Wanted wanted) {
        return SearchRequest.newBuilder()
                .setCollection(target.ref())
                .addQueries(SearchQuery.newBuilder()
                        .setComposed(Query.newBuilder().setSampleSeed(0))
                        .setFilter(wanted.filter().toBuilder()
                                .addMust(Condition.newBuilder().setHasVector(wanted.using())))
                        .setLimit(wanted.sample()))
                .build();
    }

    /** A point stands for its vector, and is itself left out of the answer. */
    private static SearchRequest neighbours(Target target, Wanted wanted, List<PointId> ids) {
        Filter among = Filter.newBuilder()
                .addMust(Condition.newBuilder().setHasId(HasId.newBuilder().addAllIds(ids)))
                .build();
        SearchRequest.Builder request = SearchRequest.newBuilder().setCollection(target.ref());
        SearchQuery.Builder query = SearchQuery.newBuilder()
                .setUsing(wanted.using())
                .setFilter(among)
                .setParams(SearchParams.newBuilder().setExact(true))
                .setLimit(Math.min(wanted.limit(), ids.size() - 1));
        for (PointId id : ids) {
            request.addQueries(query.setId(id));
        }
        return request.build();
    }

    private static Hardware used(ReadCost sampled, ReadCost compared) {
        return Hardware.read(
                sampled.getVectorsScanned() + compared.getVectorsScanned(),
                sampled.getBytesRead() + compared.getBytesRead(),
                0);
    }
}
