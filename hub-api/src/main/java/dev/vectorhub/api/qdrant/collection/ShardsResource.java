package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.tenant.Access;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;

/** Shard keys: the service places shards itself, so they are refused with the reason. */
@Path("/collections/{collection_name}/shards")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ShardsResource {

    @GET
    @TenantOperation(
            name = "shards.list",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply shards(@RestPath("collection_name") String name) {
        throw OperatorsOnly.cluster();
    }

    @PUT
    @TenantOperation(
            name = "shards.create",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply createShard(@RestPath("collection_name") String name) {
        throw OperatorsOnly.cluster();
    }

    @POST
    @Path("delete")
    @TenantOperation(
            name = "shards.delete",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply deleteShard(@RestPath("collection_name") String name) {
        throw OperatorsOnly.cluster();
    }
}
