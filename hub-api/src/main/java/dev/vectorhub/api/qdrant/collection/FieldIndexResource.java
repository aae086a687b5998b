package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
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

    private final CollectionOperations collections;
    private final long answerBytesMax;

    @Inject
    FieldIndexResource(CollectionOperations collections, RequestBounds bounds) {
        this.collections = collections;
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
        return reply(call, collections.createIndex(call, name, params, body.bytes()));
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
        return reply(call, collections.deleteIndex(call, name, params, field));
    }

    private Reply reply(TenantCall call, WriteOutcome outcome) {
        return Reply.of(call, Hardware.NONE, answerBytesMax, outcome::write);
    }
}
