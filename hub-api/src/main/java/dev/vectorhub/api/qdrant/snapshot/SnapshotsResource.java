package dev.vectorhub.api.qdrant.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.snapshot.Snapshot;
import dev.vectorhub.tenant.Access;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /collections/{name}/snapshots}. Making and restoring one may take long, and holds no worker meanwhile. */
@Path("/collections/{collection_name}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class SnapshotsResource {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    private final SnapshotOperations snapshots;
    private final long answerBytesMax;
    private final String host;

    @Inject
    SnapshotsResource(
            SnapshotOperations snapshots, RequestBounds bounds, @ConfigProperty(name = "hub.api.url") URI url) {
        this.snapshots = snapshots;
        this.answerBytesMax = bounds.answerBytesMax();
        this.host = url.getRawAuthority() == null ? "" : url.getRawAuthority().toLowerCase(Locale.ROOT);
    }

    @POST
    @Blocking
    @TenantOperation(
            name = "snapshots.create",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            cost = 10,
            operationClass = OperationClass.MANAGE)
    public CompletionStage<RestResponse<Reply>> create(
            @Context RoutingContext http,
            @RestPath("collection_name") String collection,
            @RestQuery("wait") @Nullable String wait) {
        TenantCall call = TenantCall.of(http);
        boolean waits = QueryParams.waits(wait, true);
        return answer(call, waits, snapshots.create(call, collection), SnapshotsResource::describe);
    }

    @GET
    @TenantOperation(
            name = "snapshots.list",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply list(@Context RoutingContext http, @RestPath("collection_name") String collection) {
        TenantCall call = TenantCall.of(http);
        List<Snapshot> found = snapshots.list(call, collection);
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> {
            out.writeStartArray();
            for (Snapshot snapshot : found) {
                describe(out, snapshot);
            }
            out.writeEndArray();
        });
    }

    @GET
    @Path("{snapshot_name}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @TenantOperation(
            name = "snapshots.download",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public RestResponse<java.nio.file.Path> download(
            @Context RoutingContext http,
            @RestPath("collection_name") String collection,
            @RestPath("snapshot_name") String name) {
        java.nio.file.Path file = snapshots.file(TenantCall.of(http), collection, name);
        return RestResponse.ResponseBuilder.ok(file)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.getFileName() + '"')
                .build();
    }

    @DELETE
    @Path("{snapshot_name}")
    @TenantOperation(
            name = "snapshots.delete",
            scope = KeyScope.WRITE,
            access = Access.DELETE_DATA,
            operationClass = OperationClass.MANAGE)
    public Reply delete(
            @Context RoutingContext http,
            @RestPath("collection_name") String collection,
            @RestPath("snapshot_name") String name,
            @RestQuery("wait") @Nullable String wait) {
        TenantCall call = TenantCall.of(http);
        QueryParams.waits(wait, true);
        snapshots.delete(call, collection, name);
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> out.writeBoolean(true));
    }

    @PUT
    @Path("recover")
    @Blocking
    @TenantOperation(
            name = "snapshots.recover",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            cost = 10,
            operationClass = OperationClass.MANAGE)
    public CompletionStage<RestResponse<Reply>> recover(
            @Context RoutingContext http,
            @RestPath("collection_name") String collection,
            @RestQuery("wait") @Nullable String wait,
            Body body) {
        TenantCall call = TenantCall.of(http);
        boolean waits = QueryParams.waits(wait, true);
        Set<String> ours = new HashSet<>(Set.of(host));
        String asked = http.request().getHeader(HttpHeaders.HOST);
        if (asked != null) {
            ours.add(asked.toLowerCase(Locale.ROOT));
        }
        RecoverRequest request = RecoverRequest.read(body.bytes(), ours);
        return answer(call, waits, snapshots.recover(call, collection, request), JsonGenerator::writeBoolean);
    }

    @POST
    @Path("upload")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Blocking
    @TenantOperation(
            name = "snapshots.upload",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            cost = 10,
            operationClass = OperationClass.MANAGE)
    public CompletionStage<RestResponse<Reply>> upload(
            @Context RoutingContext http,
            @RestPath("collection_name") String collection,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("priority") @Nullable String priority,
            @RestQuery("checksum") @Nullable String checksum,
            InputStream body) {
        TenantCall call = TenantCall.of(http);
        boolean waits = QueryParams.waits(wait, true);
        QueryParams.priority(priority);
        String type = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return answer(
                call, waits, snapshots.upload(call, collection, type, body, checksum), JsonGenerator::writeBoolean);
    }

    private interface Shown<T> {
        void write(JsonGenerator out, T result) throws IOException;
    }

    private <T> CompletionStage<RestResponse<Reply>> answer(
            TenantCall call, boolean waits, CompletableFuture<T> work, Shown<T> shown) {
        if (!waits && !work.isDone()) {
            return CompletableFuture.completedFuture(
                    RestResponse.status(RestResponse.Status.ACCEPTED, Reply.accepted(call)));
        }
        return work.thenApply(result ->
                RestResponse.ok(Reply.of(call, Hardware.NONE, answerBytesMax, out -> shown.write(out, result))));
    }

    private static void describe(JsonGenerator out, Snapshot snapshot) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", snapshot.name());
        out.writeStringField("creation_time", TIME.format(snapshot.createdAt().atOffset(ZoneOffset.UTC)));
        out.writeNumberField("size", snapshot.bytes());
        out.writeStringField("checksum", snapshot.checksum());
        out.writeEndObject();
    }
}
