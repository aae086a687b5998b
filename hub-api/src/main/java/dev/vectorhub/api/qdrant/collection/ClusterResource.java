package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.tenant.Access;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;

/** The cluster as the operator of a Qdrant sees it: a tenant of a shared service is refused with the reason. */
@Path("/cluster")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ClusterResource {

    @GET
    @TenantOperation(
            name = "cluster.get",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply status() {
        throw OperatorsOnly.cluster();
    }

    @POST
    @Path("recover")
    @TenantOperation(
            name = "cluster.recover",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply recover() {
        throw OperatorsOnly.cluster();
    }

    @DELETE
    @Path("peer/{peer_id}")
    @TenantOperation(
            name = "cluster.removePeer",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply removePeer(@RestPath("peer_id") String peer) {
        throw OperatorsOnly.cluster();
    }

    @GET
    @Path("telemetry")
    @TenantOperation(
            name = "cluster.telemetry",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply telemetry() {
        throw OperatorsOnly.cluster();
    }
}
