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
import dev.vectorhub.api.qdrant.search.SearchOperations.Groups;
import dev.vectorhub.api.qdrant.search.SearchOperations.Ranked;
import dev.vectorhub.api.qdrant.search.SearchReader.Form;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointGroup;
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

/** {@code …/points/query} and the older {@code search}, {@code recommend} and {@code discover}: alone, in batches, in groups. */
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
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
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
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
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
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
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
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
        return batch(TenantCall.of(http), name, body, Form.QUERY);
    }

    @POST
    @Path("search/groups")
    @TenantOperation(
            name = "points.searchGroups",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply searchGroups(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
        return groups(TenantCall.of(http), name, body, Form.SEARCH);
    }

    @POST
    @Path("query/groups")
    @TenantOperation(
            name = "points.queryGroups",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply queryGroups(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
        return groups(TenantCall.of(http), name, body, Form.QUERY);
    }

    @POST
    @Path("recommend")
    @TenantOperation(
            name = "points.recommend",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply recommend(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
        return one(TenantCall.of(http), name, body, Form.RECOMMEND);
    }

    @POST
    @Path("recommend/batch")
    @TenantOperation(
            name = "points.recommendBatch",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply recommendBatch(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
        return batch(TenantCall.of(http), name, body, Form.RECOMMEND);
    }

    @POST
    @Path("recommend/groups")
    @TenantOperation(
            name = "points.recommendGroups",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply recommendGroups(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
        return groups(TenantCall.of(http), name, body, Form.RECOMMEND);
    }

    @POST
    @Path("discover")
    @TenantOperation(
            name = "points.discover",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply discover(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
        return one(TenantCall.of(http), name, body, Form.DISCOVER);
    }

    @POST
    @Path("discover/batch")
    @TenantOperation(
            name = "points.discoverBatch",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.SEARCH)
    public Reply discoverBatch(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall.of(http).within(QueryParams.read(consistency, timeout));
        return batch(TenantCall.of(http), name, body, Form.DISCOVER);
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

    private Reply groups(TenantCall call, String name, Body body, Form form) {
        Answered<Groups> found = searches.groups(call, name, body.bytes(), form);
        return Reply.of(call, found.used(), bounds.answerBytesMax(), out -> groups(out, found.result()));
    }

    private static void groups(JsonGenerator out, Groups found) throws IOException {
        PointWriter writer = new PointWriter(found.withPayload(), found.withVector());
        PointWriter lookups = new PointWriter(found.lookupPayload(), found.lookupVector());
        out.writeStartObject();
        out.writeArrayFieldStart("groups");
        for (int i = 0; i < found.groups().size(); i++) {
            PointGroup group = found.groups().get(i);
            out.writeStartObject();
            out.writeArrayFieldStart("hits");
            for (ScoredPoint point : group.getPointsList()) {
                writer.scored(out, point);
            }
            out.writeEndArray();
            if (group.hasText()) {
                out.writeStringField("id", group.getText());
            } else {
                out.writeNumberField("id", group.getInteger());
            }
            Point lookup = found.lookups().get(i);
            if (lookup != null) {
                out.writeFieldName("lookup");
                lookups.record(out, lookup);
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
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
