package dev.vectorhub.api.grpc;

import com.google.protobuf.ByteString;
import dev.vectorhub.api.grpc.form.Answers;
import dev.vectorhub.api.grpc.form.Examples;
import dev.vectorhub.api.grpc.form.Queries;
import dev.vectorhub.api.grpc.form.Searches;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.search.SearchOperations;
import dev.vectorhub.api.qdrant.search.SearchOperations.Groups;
import dev.vectorhub.api.qdrant.search.SearchOperations.Ranked;
import dev.vectorhub.api.qdrant.search.SearchReader.Form;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.DiscoverBatchPoints;
import io.qdrant.client.grpc.Points.DiscoverBatchResponse;
import io.qdrant.client.grpc.Points.DiscoverPoints;
import io.qdrant.client.grpc.Points.DiscoverResponse;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.QueryGroupsResponse;
import io.qdrant.client.grpc.Points.QueryPointGroups;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.RecommendBatchPoints;
import io.qdrant.client.grpc.Points.RecommendBatchResponse;
import io.qdrant.client.grpc.Points.RecommendGroupsResponse;
import io.qdrant.client.grpc.Points.RecommendPointGroups;
import io.qdrant.client.grpc.Points.RecommendPoints;
import io.qdrant.client.grpc.Points.RecommendResponse;
import io.qdrant.client.grpc.Points.SearchBatchPoints;
import io.qdrant.client.grpc.Points.SearchBatchResponse;
import io.qdrant.client.grpc.Points.SearchGroupsResponse;
import io.qdrant.client.grpc.Points.SearchPointGroups;
import io.qdrant.client.grpc.Points.SearchPoints;
import io.qdrant.client.grpc.Points.SearchResponse;
import io.qdrant.client.grpc.PointsGrpc;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The methods of {@code qdrant.Points} that rank. */
@Singleton
class Rankings {

    private final SearchOperations searches;

    @Inject
    Rankings(SearchOperations searches) {
        this.searches = searches;
    }

    void bind(Front.Service service) {
        service.on(PointsGrpc.getSearchMethod(), "points.search", SearchPoints::getCollectionName, this::search)
                .on(
                        PointsGrpc.getSearchBatchMethod(),
                        "points.searchBatch",
                        SearchBatchPoints::getCollectionName,
                        this::searchBatch)
                .on(
                        PointsGrpc.getSearchGroupsMethod(),
                        "points.searchGroups",
                        SearchPointGroups::getCollectionName,
                        this::searchGroups)
                .on(PointsGrpc.getQueryMethod(), "points.query", QueryPoints::getCollectionName, this::query)
                .on(
                        PointsGrpc.getQueryBatchMethod(),
                        "points.queryBatch",
                        QueryBatchPoints::getCollectionName,
                        this::queryBatch)
                .on(
                        PointsGrpc.getQueryGroupsMethod(),
                        "points.queryGroups",
                        QueryPointGroups::getCollectionName,
                        this::queryGroups)
                .on(
                        PointsGrpc.getRecommendMethod(),
                        "points.recommend",
                        RecommendPoints::getCollectionName,
                        this::recommend)
                .on(
                        PointsGrpc.getRecommendBatchMethod(),
                        "points.recommendBatch",
                        RecommendBatchPoints::getCollectionName,
                        this::recommendBatch)
                .on(
                        PointsGrpc.getRecommendGroupsMethod(),
                        "points.recommendGroups",
                        RecommendPointGroups::getCollectionName,
                        this::recommendGroups)
                .on(
                        PointsGrpc.getDiscoverMethod(),
                        "points.discover",
                        DiscoverPoints::getCollectionName,
                        this::discover)
                .on(
                        PointsGrpc.getDiscoverBatchMethod(),
                        "points.discoverBatch",
                        DiscoverBatchPoints::getCollectionName,
                        this::discoverBatch);
    }

    private SearchResponse search(TenantCall call, SearchPoints request) {
        ByteString vector = Searches.nearest(request);
        Answered<Ranked> found = vector == null
                ? searches.one(call, request.getCollectionName(), Searches.of(request), Form.SEARCH)
                : searches.nearest(call, request.getCollectionName(), Searches.aroundNearest(request), vector);
        return SearchResponse.newBuilder()
                .addAllResult(
                        Answers.scored(found.result().points(), found.result().withVector()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private SearchBatchResponse searchBatch(TenantCall call, SearchBatchPoints request) {
        Answered<List<Ranked>> found =
                searches.batch(call, request.getCollectionName(), Searches.of(request), Form.SEARCH);
        return SearchBatchResponse.newBuilder()
                .addAllResult(batch(found.result()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private SearchGroupsResponse searchGroups(TenantCall call, SearchPointGroups request) {
        Answered<Groups> found = searches.groups(call, request.getCollectionName(), Searches.of(request), Form.SEARCH);
        return SearchGroupsResponse.newBuilder()
                .setResult(Answers.groups(found.result()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private QueryResponse query(TenantCall call, QueryPoints request) {
        ByteString vector = Queries.nearest(request);
        Answered<Ranked> found = vector == null
                ? searches.one(call, request.getCollectionName(), Queries.of(request), Form.QUERY)
                : searches.nearest(call, request.getCollectionName(), Queries.aroundNearest(request), vector);
        return QueryResponse.newBuilder()
                .addAllResult(
                        Answers.scored(found.result().points(), found.result().withVector()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private QueryBatchResponse queryBatch(TenantCall call, QueryBatchPoints request) {
        Answered<List<Ranked>> found =
                searches.batch(call, request.getCollectionName(), Queries.of(request), Form.QUERY);
        return QueryBatchResponse.newBuilder()
                .addAllResult(batch(found.result()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private QueryGroupsResponse queryGroups(TenantCall call, QueryPointGroups request) {
        Answered<Groups> found = searches.groups(call, request.getCollectionName(), Queries.of(request), Form.QUERY);
        return QueryGroupsResponse.newBuilder()
                .setResult(Answers.groups(found.result()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private RecommendResponse recommend(TenantCall call, RecommendPoints request) {
        Answered<Ranked> found = searches.one(call, request.getCollectionName(), Examples.of(request), Form.RECOMMEND);
        return RecommendResponse.newBuilder()
                .addAllResult(
                        Answers.scored(found.result().points(), found.result().withVector()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private RecommendBatchResponse recommendBatch(TenantCall call, RecommendBatchPoints request) {
        Answered<List<Ranked>> found =
                searches.batch(call, request.getCollectionName(), Examples.of(request), Form.RECOMMEND);
        return RecommendBatchResponse.newBuilder()
                .addAllResult(batch(found.result()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private RecommendGroupsResponse recommendGroups(TenantCall call, RecommendPointGroups request) {
        Answered<Groups> found =
                searches.groups(call, request.getCollectionName(), Examples.of(request), Form.RECOMMEND);
        return RecommendGroupsResponse.newBuilder()
                .setResult(Answers.groups(found.result()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private DiscoverResponse discover(TenantCall call, DiscoverPoints request) {
        Answered<Ranked> found = searches.one(call, request.getCollectionName(), Examples.of(request), Form.DISCOVER);
        return DiscoverResponse.newBuilder()
                .addAllResult(
                        Answers.scored(found.result().points(), found.result().withVector()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private DiscoverBatchResponse discoverBatch(TenantCall call, DiscoverBatchPoints request) {
        Answered<List<Ranked>> found =
                searches.batch(call, request.getCollectionName(), Examples.of(request), Form.DISCOVER);
        return DiscoverBatchResponse.newBuilder()
                .addAllResult(batch(found.result()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private static List<BatchResult> batch(List<Ranked> found) {
        List<BatchResult> results = new ArrayList<>(found.size());
        for (Ranked ranked : found) {
            results.add(Answers.batch(ranked.points(), ranked.withVector()));
        }
        return results;
    }
}
