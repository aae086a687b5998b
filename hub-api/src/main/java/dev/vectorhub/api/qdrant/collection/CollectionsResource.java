package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /collections}: the tenant's own, by the names that it gave them. */
@Path("/collections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CollectionsResource {

    private final CollectionService collections;
    private final TenantEngine engine;
    private final CollectionInfoWriter infos;
    private final long answerBytesMax;

    @Inject
    CollectionsResource(
            CollectionService collections,
            TenantEngine engine,
            RequestBounds bounds,
            @ConfigProperty(name = "index.hnsw.m", defaultValue = "16") int m,
            @ConfigProperty(name = "index.hnsw.ef_construction", defaultValue = "200") int efConstruct) {
        this.collections = collections;
        this.engine = engine;
        this.infos = new CollectionInfoWriter(m, efConstruct);
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
        List<CollectionHandle> found = collections.list(call.scope());
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
        CollectionDraft draft = CollectionDraft.create(body.bytes());
        try {
            collections.create(call.scope(), name, draft.spec(), draft.configJson());
        } catch (ProblemException problem) {
            throw inQdrantsWords(problem);
        }
        return yes(call);
    }

    /** A name in use and a name that is none have sentences of Qdrant's; quotas are problems of ours. */
    private static RuntimeException inQdrantsWords(ProblemException problem) {
        return switch (problem.type()) {
            case CONFLICT -> new TenantApiException(409, "Wrong input: " + problem.getMessage());
            case VALIDATION_FAILED -> {
                String message = String.valueOf(problem.getMessage());
                if (problem.members().get("errors") instanceof List<?> errors
                        && errors.size() == 1
                        && errors.getFirst() instanceof FieldError error) {
                    message = error.field() + ": " + error.message();
                }
                yield new TenantApiException(422, "Validation error in path parameters: [" + message + "]");
            }
            default -> problem;
        };
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
        Target target = engine.target(call, name);
        CollectionInfo info = engine.info(target);
        return Reply.of(
                call,
                Hardware.NONE,
                answerBytesMax,
                out -> infos.write(out, info, target.collection().configJson()));
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
        boolean exists = collections.find(call.scope(), name).isPresent();
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
        CollectionHandle before = engine.target(call, name).collection();
        CollectionDraft after = new CollectionDraft(before.spec(), before.configJson()).update(body.bytes());
        collections.updateConfig(call.scope(), name, after.spec().getHnsw(), after.configJson());
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
        boolean deleted = collections.delete(call.scope(), name);
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> out.writeBoolean(deleted));
    }

    private Reply yes(TenantCall call) {
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> out.writeBoolean(true));
    }
}
