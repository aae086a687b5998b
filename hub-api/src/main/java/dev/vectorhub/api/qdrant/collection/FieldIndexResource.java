package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantApiException;
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
import dev.vectorhub.engine.wire.v1.DeleteFieldIndex;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /collections/{name}/index}: indexes of payload fields. Making one that is there, of the same type, is fine. */
@Path("/collections/{collection_name}/index")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FieldIndexResource {

    private final TenantEngine engine;
    private final long answerBytesMax;

    @Inject
    FieldIndexResource(TenantEngine engine, RequestBounds bounds) {
        this.engine = engine;
        this.answerBytesMax = bounds.answerBytesMax();
    }

    @PUT
    @TenantOperation(
            name = "index.create",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.MANAGE)
    public Reply create(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        Target target = engine.target(call, name);
        Command.Builder command = Command.newBuilder().setCreateFieldIndex(FieldIndexReader.read(body.bytes()));
        return reply(call, engine.write(call, target, command, params));
    }

    @DELETE
    @Path("{field_name}")
    @TenantOperation(
            name = "index.delete",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.MANAGE)
    public Reply delete(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestPath("field_name") String field,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        Target target = engine.target(call, name);
        if (field.isEmpty()) {
            throw new TenantApiException(422, "Validation error in path parameters: [field_name: must not be empty]");
        }
        Command.Builder command = Command.newBuilder()
                .setDeleteFieldIndex(DeleteFieldIndex.newBuilder().setKey(field));
        return reply(call, engine.write(call, target, command, params));
    }

    private Reply reply(TenantCall call, WriteOutcome outcome) {
        return Reply.of(call, Hardware.NONE, answerBytesMax, outcome::write);
    }
}
