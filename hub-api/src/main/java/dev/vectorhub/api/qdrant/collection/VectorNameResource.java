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

/** {@code /collections/{name}/vectors}: the vectors that points may have. Adding one that is there is fine, so is removing none. */
@Path("/collections/{collection_name}/vectors/{vector_name}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class VectorNameResource {

    private final CollectionOperations collections;
    private final long answerBytesMax;

    @Inject
    VectorNameResource(CollectionOperations collections, RequestBounds bounds) {
        this.collections = collections;
        this.answerBytesMax = bounds.answerBytesMax();
    }

    @PUT
    @TenantOperation(
            name = "vectors.add",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.MANAGE)
    public Reply add(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestPath("vector_name") String vector,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.write(wait, ordering, timeout);
        return reply(call, collections.addVector(call, name, vector, body.bytes()));
    }

    @DELETE
    @TenantOperation(
            name = "vectors.remove",
            scope = KeyScope.WRITE,
            access = Access.DELETE_DATA,
            operationClass = OperationClass.MANAGE)
    public Reply remove(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestPath("vector_name") String vector,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout) {
        TenantCall call = TenantCall.of(http);
        QueryParams.write(wait, ordering, timeout);
        return reply(call, collections.removeVector(call, name, vector));
    }

    private Reply reply(TenantCall call, WriteOutcome outcome) {
        return Reply.of(call, Hardware.NONE, answerBytesMax, outcome::write);
    }
}
