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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;

/** Snapshots of single shards: which shards there are is the service's affair, so they are refused with the reason. */
@Path("/collections/{collection_name}/shards/{shard_id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ShardSnapshotsResource {

    @GET
    @Path("snapshot")
    @TenantOperation(
            name = "shards.stream",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply stream(@RestPath("collection_name") String name, @RestPath("shard_id") String shard) {
        throw OperatorsOnly.cluster();
    }

    @GET
    @Path("snapshots")
    @TenantOperation(
            name = "shards.snapshots",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply list(@RestPath("collection_name") String name, @RestPath("shard_id") String shard) {
        throw OperatorsOnly.cluster();
    }

    @POST
    @Path("snapshots")
    @TenantOperation(
            name = "shards.snapshot",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply create(@RestPath("collection_name") String name, @RestPath("shard_id") String shard) {
        throw OperatorsOnly.cluster();
    }

    @POST
    @Path("snapshots/upload")
    @TenantOperation(
            name = "shards.upload",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply upload(@RestPath("collection_name") String name, @RestPath("shard_id") String shard) {
        throw OperatorsOnly.cluster();
    }

    @PUT
    @Path("snapshots/recover")
    @TenantOperation(
            name = "shards.recover",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply recover(@RestPath("collection_name") String name, @RestPath("shard_id") String shard) {
        throw OperatorsOnly.cluster();
    }

    @GET
    @Path("snapshots/{snapshot_name}")
    @TenantOperation(
            name = "shards.download",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply download(
            @RestPath("collection_name") String name,
            @RestPath("shard_id") String shard,
            @RestPath("snapshot_name") String snapshot) {
        throw OperatorsOnly.cluster();
    }

    @DELETE
    @Path("snapshots/{snapshot_name}")
    @TenantOperation(
            name = "shards.deleteSnapshot",
            scope = KeyScope.MANAGE,
            access = Access.READ,
            operationClass = OperationClass.MANAGE)
    public Reply delete(
            @RestPath("collection_name") String name,
            @RestPath("shard_id") String shard,
            @RestPath("snapshot_name") String snapshot) {
        throw OperatorsOnly.cluster();
    }
}
