package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /collections/{name}/points/payload}: changing payloads of points that are there. */
@Path("/collections/{collection_name}/points/payload")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PayloadResource {

    private final PointOperations points;
    private final RequestBounds bounds;

    @Inject
    PayloadResource(PointOperations points, RequestBounds bounds) {
        this.points = points;
        this.bounds = bounds;
    }

    @POST
    @TenantOperation(
            name = "payload.set",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.WRITE)
    public Reply set(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        return Reply.written(call, points.setPayload(call, name, params, body.bytes(), false), bounds.answerBytesMax());
    }

    @PUT
    @TenantOperation(
            name = "payload.overwrite",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.WRITE)
    public Reply overwrite(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        return Reply.written(call, points.setPayload(call, name, params, body.bytes(), true), bounds.answerBytesMax());
    }

    @POST
    @Path("delete")
    @TenantOperation(
            name = "payload.delete",
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
        return Reply.written(call, points.deletePayload(call, name, params, body.bytes()), bounds.answerBytesMax());
    }

    @POST
    @Path("clear")
    @TenantOperation(
            name = "payload.clear",
            scope = KeyScope.WRITE,
            access = Access.DELETE_DATA,
            operationClass = OperationClass.WRITE)
    public Reply clear(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        return Reply.written(call, points.clearPayload(call, name, params, body.bytes()), bounds.answerBytesMax());
    }
}
