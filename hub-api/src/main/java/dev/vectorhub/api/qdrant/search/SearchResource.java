package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.pipeline.TenantPipeline;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.PointWriter;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.api.qdrant.search.SearchReader.Form;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.SearchResult;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Nearest neighbours: {@code …/points/search} and {@code …/points/query}, alone and in batches. */
@Path("/collections/{collection_name}/points")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SearchResource {

    private final TenantEngine engine;
    private final TenantPipeline pipeline;
    private final RequestBounds bounds;

    @Inject
    SearchResource(TenantEngine engine, TenantPipeline pipeline, RequestBounds bounds) {
        this.engine = engine;
        this.pipeline = pipeline;
        this.bounds = bounds;
    }

    @POST
    @Path("search")
    @TenantOperation(
            name = "points.search",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply search(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        QueryParams.read(consistency, timeout);
        return one(TenantCall.of(http), name, body, Form.SEARCH);
    }

    @POST
    @Path("search/batch")
    @TenantOperation(
            name = "points.searchBatch",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply searchBatch(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        QueryParams.read(consistency, timeout);
        return batch(TenantCall.of(http), name, body, Form.SEARCH);
    }

    @POST
    @Path("query")
    @TenantOperation(
            name = "points.query",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply query(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        QueryParams.read(consistency, timeout);
        return one(TenantCall.of(http), name, body, Form.QUERY);
    }

    @POST
    @Path("query/batch")
    @TenantOperation(
            name = "points.queryBatch",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply queryBatch(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        QueryParams.read(consistency, timeout);
        return batch(TenantCall.of(http), name, body, Form.QUERY);
    }

    private Reply one(TenantCall call, String name, Body body, Form form) {
        Target target = engine.target(call, name);
        SearchRequest request = SearchReader.one(body.bytes(), target.ref(), target.schema(), bounds, form);
        SearchResponse found = engine.search(call, target, request);
        return Reply.of(
                call,
                used(found),
                bounds.answerBytesMax(),
                out -> points(out, form, request.getQueries(0), found.getResults(0)));
    }

    private Reply batch(TenantCall call, String name, Body body, Form form) {
        Target target = engine.target(call, name);
        SearchRequest request = SearchReader.batch(body.bytes(), target.ref(), target.schema(), bounds, form);
        pipeline.charge(call, request.getQueriesCount());
        SearchResponse found = engine.search(call, target, request);
        return Reply.of(call, used(found), bounds.answerBytesMax(), out -> {
            out.writeStartArray();
            for (int i = 0; i < request.getQueriesCount(); i++) {
                points(out, form, request.getQueries(i), found.getResults(i));
            }
            out.writeEndArray();
        });
    }

    /** Search answers a list; query an object with a list in it. */
    private static void points(JsonGenerator out, Form form, SearchQuery query, SearchResult found) throws IOException {
        PointWriter writer = new PointWriter(
                query.getWithPayload().getEnabled(), query.getWithVector().getEnabled());
        if (form == Form.QUERY) {
            out.writeStartObject();
            out.writeFieldName("points");
        }
        out.writeStartArray();
        for (ScoredPoint point : found.getPointsList()) {
            writer.scored(out, point);
        }
        out.writeEndArray();
        if (form == Form.QUERY) {
            out.writeEndObject();
        }
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
