package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.SetPayload;
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

    private final TenantEngine engine;
    private final RequestBounds bounds;

    @Inject
    PayloadResource(TenantEngine engine, RequestBounds bounds) {
        this.engine = engine;
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
        return set(TenantCall.of(http), name, QueryParams.write(wait, ordering, timeout), body, false);
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
        return set(TenantCall.of(http), name, QueryParams.write(wait, ordering, timeout), body, true);
    }

    private Reply set(TenantCall call, String name, QueryParams.Write params, Body body, boolean overwrite) {
        Target target = engine.target(call, name);
        SetPayload set = PayloadRequests.set(body.bytes(), overwrite);
        WriteOutcome outcome = engine.write(call, target, Command.newBuilder().setSetPayload(set), params);
        long bytes = set.getPayload().size() * outcome.pointsAffected();
        call.wrote(bytes);
        return Reply.of(call, Hardware.written(0, bytes), bounds.answerBytesMax(), outcome::write);
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
        Target target = engine.target(call, name);
        Command.Builder command = Command.newBuilder().setDeletePayload(PayloadRequests.delete(body.bytes()));
        WriteOutcome outcome = engine.write(call, target, command, params);
        return Reply.of(call, Hardware.NONE, bounds.answerBytesMax(), outcome::write);
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
        Target target = engine.target(call, name);
        Command.Builder command = Command.newBuilder().setClearPayload(PayloadRequests.clear(body.bytes()));
        WriteOutcome outcome = engine.write(call, target, command, params);
        return Reply.of(call, Hardware.NONE, bounds.answerBytesMax(), outcome::write);
    }
}
