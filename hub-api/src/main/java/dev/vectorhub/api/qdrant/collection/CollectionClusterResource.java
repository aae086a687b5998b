package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.tenant.Access;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;

/** Where the shards of a collection are: for operators, refused with the reason. */
@Path("/collections/{collection_name}/cluster")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class CollectionClusterResource {

    @GET
    @TenantOperation(
            name = "cluster.collection",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply collection(@RestPath("collection_name") String name) {
        throw OperatorsOnly.cluster();
    }

    @POST
    @TenantOperation(
            name = "cluster.update",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply update(@RestPath("collection_name") String name) {
        throw OperatorsOnly.cluster();
    }
}
