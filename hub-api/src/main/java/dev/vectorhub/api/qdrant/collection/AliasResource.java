package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.collection.Alias;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code /aliases}: other names of the tenant's collections. */
@Path("/aliases")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AliasResource {

    private final CollectionOperations collections;
    private final long answerBytesMax;

    @Inject
    AliasResource(CollectionOperations collections, RequestBounds bounds) {
        this.collections = collections;
        this.answerBytesMax = bounds.answerBytesMax();
    }

    @GET
    @TenantOperation(
            name = "aliases.list",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply list(@Context RoutingContext http) {
        TenantCall call = TenantCall.of(http);
        return shown(call, collections.aliases(call), answerBytesMax);
    }

    /** Aliases as Qdrant shows them. */
    static Reply shown(TenantCall call, List<Alias> aliases, long answerBytesMax) {
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("aliases");
            for (Alias alias : aliases) {
                out.writeStartObject();
                out.writeStringField("alias_name", alias.name());
                out.writeStringField("collection_name", alias.collection());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
