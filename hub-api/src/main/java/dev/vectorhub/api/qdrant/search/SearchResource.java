package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.PointWriter;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.api.qdrant.search.SearchOperations.Ranked;
import dev.vectorhub.api.qdrant.search.SearchReader.Form;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
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
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Nearest neighbours: {@code …/points/search} and {@code …/points/query}, alone and in batches. */
@Path("/collections/{collection_name}/points")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SearchResource {

    private final SearchOperations searches;
    private final RequestBounds bounds;

    @Inject
    SearchResource(SearchOperations searches, RequestBounds bounds) {
        this.searches = searches;
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
        Answered<Ranked> found = searches.one(call, name, body.bytes(), form);
        return Reply.of(call, found.used(), bounds.answerBytesMax(), out -> points(out, form, found.result()));
    }

    private Reply batch(TenantCall call, String name, Body body, Form form) {
        Answered<List<Ranked>> found = searches.batch(call, name, body.bytes(), form);
        return Reply.of(call, found.used(), bounds.answerBytesMax(), out -> {
            out.writeStartArray();
            for (Ranked ranked : found.result()) {
                points(out, form, ranked);
            }
            out.writeEndArray();
        });
    }

    /** Search answers a list; query an object with a list in it. */
    private static void points(JsonGenerator out, Form form, Ranked ranked) throws IOException {
        PointWriter writer = new PointWriter(ranked.withPayload(), ranked.withVector());
        if (form == Form.QUERY) {
            out.writeStartObject();
            out.writeFieldName("points");
        }
        out.writeStartArray();
        for (ScoredPoint point : ranked.points()) {
            writer.scored(out, point);
        }
        out.writeEndArray();
        if (form == Form.QUERY) {
            out.writeEndObject();
        }
    }
}
