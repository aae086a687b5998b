package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.PointWriter;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /collections/{name}/points}: writing points, and reading them by id, in id order, by number. */
@Path("/collections/{collection_name}/points")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PointsResource {

    private final PointOperations points;
    private final RequestBounds bounds;

    @Inject
    PointsResource(PointOperations points, RequestBounds bounds) {
        this.points = points;
        this.bounds = bounds;
    }

    @PUT
    @TenantOperation(
            name = "points.upsert",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.WRITE)
    public Reply upsert(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        return Reply.written(
                call,
                points.upsert(
                        call,
                        name,
                        params,
                        (target, documents) -> UpsertReader.read(body.bytes(), target.schema(), documents)),
                bounds.answerBytesMax());
    }

    @POST
    @Path("delete")
    @TenantOperation(
            name = "points.delete",
            scope = KeyScope.WRITE,
            access = Access.DELETE_DATA,
            operationClass = OperationClass.WRITE)
    public Reply delete(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        return Reply.written(call, points.delete(call, name, params, body.bytes()), bounds.answerBytesMax());
    }

    @PUT
    @Path("vectors")
    @TenantOperation(
            name = "vectors.update",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.WRITE)
    public Reply updateVectors(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        return Reply.written(call, points.updateVectors(call, name, params, body.bytes()), bounds.answerBytesMax());
    }

    @POST
    @Path("vectors/delete")
    @TenantOperation(
            name = "vectors.delete",
            scope = KeyScope.WRITE,
            access = Access.DELETE_DATA,
            operationClass = OperationClass.WRITE)
    public Reply deleteVectors(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        return Reply.written(call, points.deleteVectors(call, name, params, body.bytes()), bounds.answerBytesMax());
    }

    @POST
    @Path("batch")
    @TenantOperation(
            name = "points.batch",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.WRITE)
    public Reply batch(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        Answered<List<WriteOutcome>> outcomes = points.batch(call, name, params, body.bytes());
        return Reply.of(call, outcomes.used(), bounds.answerBytesMax(), out -> {
            out.writeStartArray();
            for (WriteOutcome outcome : outcomes.result()) {
                outcome.write(out);
            }
            out.writeEndArray();
        });
    }

    @GET
    @Path("{id}")
    @TenantOperation(
            name = "points.get",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply get(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestPath("id") String id,
            @RestQuery("consistency") @Nullable String consistency) {
        TenantCall call = TenantCall.of(http);
        QueryParams.read(consistency, null);
        Answered<Point> found = points.get(call, name, PointIdJson.ofPath(id));
        PointWriter writer = new PointWriter(true, true);
        return Reply.of(call, found.used(), bounds.answerBytesMax(), out -> writer.record(out, found.result()));
    }

    @POST
    @TenantOperation(
            name = "points.retrieve",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply retrieve(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        call.within(QueryParams.read(consistency, timeout));
        Answered<PointOperations.Page> found = points.retrieve(call, name, body.bytes());
        return Reply.of(call, found.used(), bounds.answerBytesMax(), out -> records(out, found.result()));
    }

    private static void records(JsonGenerator out, PointOperations.Page page) throws IOException {
        PointWriter writer = new PointWriter(page.withPayload(), page.withVector());
        out.writeStartArray();
        for (Point point : page.points()) {
            writer.record(out, point);
        }
        out.writeEndArray();
    }

    @POST
    @Path("scroll")
    @TenantOperation(
            name = "points.scroll",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply scroll(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        call.within(QueryParams.read(consistency, timeout));
        return Reply.streamed(call, bounds.answerBytesMax(), points.pieces(call, name, body.bytes()));
    }

    @POST
    @Path("count")
    @TenantOperation(
            name = "points.count",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply count(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        call.within(QueryParams.read(consistency, timeout));
        Answered<Long> counted = points.count(call, name, body.bytes());
        return Reply.of(call, counted.used(), bounds.answerBytesMax(), out -> {
            out.writeStartObject();
            out.writeNumberField("count", counted.result());
            out.writeEndObject();
        });
    }
}
