package dev.vectorhub.api.qdrant.snapshot;

import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.collection.OperatorsOnly;
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

/** Snapshots of the whole storage: it holds many tenants' data, so they are refused with the reason. */
@Path("/snapshots")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class StorageSnapshotsResource {

    @GET
    @TenantOperation(
            name = "storage.snapshots",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply snapshots() {
        throw OperatorsOnly.storage();
    }

    @POST
    @TenantOperation(
            name = "storage.snapshot",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply snapshot() {
        throw OperatorsOnly.storage();
    }

    @GET
    @Path("{snapshot_name}")
    @TenantOperation(
            name = "storage.download",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply download(@RestPath("snapshot_name") String name) {
        throw OperatorsOnly.storage();
    }

    @DELETE
    @Path("{snapshot_name}")
    @TenantOperation(
            name = "storage.deleteSnapshot",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply delete(@RestPath("snapshot_name") String name) {
        throw OperatorsOnly.storage();
    }
}
