package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.tenant.Access;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What a Qdrant tells of its own process, and lets its operator set: refused with the reason. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class NodeResource {

    @GET
    @Path("issues")
    @TenantOperation(
            name = "issues.list",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply issues() {
        throw OperatorsOnly.node();
    }

    @DELETE
    @Path("issues")
    @TenantOperation(
            name = "issues.clear",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply clearIssues() {
        throw OperatorsOnly.node();
    }

    @GET
    @Path("quotas")
    @TenantOperation(
            name = "quotas.get",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply quotas() {
        throw OperatorsOnly.node();
    }

    @PUT
    @Path("quotas")
    @TenantOperation(
            name = "quotas.update",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply updateQuotas() {
        throw OperatorsOnly.node();
    }
}
