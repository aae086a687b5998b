package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /collections}: the tenant's own, by the names that it gave them. */
@Path("/collections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CollectionsResource {

    private final CollectionOperations collections;
    private final long answerBytesMax;

    @Inject
    CollectionsResource(CollectionOperations collections, RequestBounds bounds) {
        this.collections = collections;
        this.answerBytesMax = bounds.answerBytesMax();
    }

    @GET
    @TenantOperation(
            name = "collections.list",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply list(@Context RoutingContext http) {
        TenantCall call = TenantCall.of(http);
        List<CollectionHandle> found = collections.list(call);
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("collections");
            for (CollectionHandle collection : found) {
                out.writeStartObject();
                out.writeStringField("name", collection.name());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    @PUT
    @Path("{collection_name}")
    @TenantOperation(
            name = "collections.create",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.MANAGE)
    public Reply create(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.timeout(timeout);
        collections.create(call, name, body.bytes());
        return yes(call);
    }

    @GET
    @Path("{collection_name}")
    @TenantOperation(
            name = "collections.get",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply get(@Context RoutingContext http, @RestPath("collection_name") String name) {
        TenantCall call = TenantCall.of(http);
        ObjectNode info = collections.info(call, name);
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> ConfigNode.TREES.writeTree(out, info));
    }

    @GET
    @Path("{collection_name}/exists")
    @TenantOperation(
            name = "collections.exists",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply exists(@Context RoutingContext http, @RestPath("collection_name") String name) {
        TenantCall call = TenantCall.of(http);
        boolean exists = collections.exists(call, name);
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> {
            out.writeStartObject();
            out.writeBooleanField("exists", exists);
            out.writeEndObject();
        });
    }

    @PATCH
    @Path("{collection_name}")
    @TenantOperation(
            name = "collections.update",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.MANAGE)
    public Reply update(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.timeout(timeout);
        collections.update(call, name, body.bytes());
        return yes(call);
    }

    @DELETE
    @Path("{collection_name}")
    @TenantOperation(
            name = "collections.delete",
            scope = KeyScope.WRITE,
            access = Access.DELETE_DATA,
            operationClass = OperationClass.MANAGE)
    public Reply delete(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("timeout") @Nullable String timeout) {
        TenantCall call = TenantCall.of(http);
        QueryParams.timeout(timeout);
        boolean deleted = collections.delete(call, name);
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> out.writeBoolean(deleted));
    }

    @POST
    @Path("aliases")
    @TenantOperation(
            name = "aliases.update",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.MANAGE)
    public Reply changeAliases(
            @Context RoutingContext http, @RestQuery("timeout") @Nullable String timeout, Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.timeout(timeout);
        collections.changeAliases(call, body.bytes());
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> out.writeBoolean(true));
    }

    @GET
    @Path("{collection_name}/aliases")
    @TenantOperation(
            name = "aliases.of",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply aliases(@Context RoutingContext http, @RestPath("collection_name") String name) {
        TenantCall call = TenantCall.of(http);
        return AliasResource.shown(call, collections.aliases(call, name), answerBytesMax);
    }

    @GET
    @Path("{collection_name}/optimizations")
    @TenantOperation(
            name = "collections.optimizations",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply optimizations(@Context RoutingContext http, @RestPath("collection_name") String name) {
        TenantCall call = TenantCall.of(http);
        CollectionInfo info = collections.state(call, name);
        boolean waiting = !info.getOptimized();
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> {
            out.writeStartObject();
            out.writeObjectFieldStart("summary");
            out.writeNumberField("queued_optimizations", waiting ? 1 : 0);
            out.writeNumberField("queued_segments", waiting ? info.getSegments() : 0);
            out.writeNumberField(
                    "queued_points", waiting ? Math.max(0, info.getPoints() - info.getIndexedVectors()) : 0);
            out.writeNumberField("idle_segments", waiting ? 0 : info.getSegments());
            out.writeEndObject();
            // Which segments are being merged is the engine's affair.
            out.writeArrayFieldStart("running");
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private Reply yes(TenantCall call) {
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> out.writeBoolean(true));
    }
}
