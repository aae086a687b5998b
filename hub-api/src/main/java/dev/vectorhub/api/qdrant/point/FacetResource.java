package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.engine.wire.v1.FacetHit;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /collections/{name}/facet}: how many points have each value of a field. */
@Path("/collections/{collection_name}/facet")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FacetResource {

    private final PointOperations points;
    private final RequestBounds bounds;

    @Inject
    FacetResource(PointOperations points, RequestBounds bounds) {
        this.points = points;
        this.bounds = bounds;
    }

    @POST
    @TenantOperation(
            name = "points.facet",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply facet(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        call.within(QueryParams.read(consistency, timeout));
        Answered<List<FacetHit>> found = points.facet(call, name, body.bytes());
        return Reply.of(call, found.used(), bounds.answerBytesMax(), out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("hits");
            for (FacetHit hit : found.result()) {
                out.writeStartObject();
                switch (hit.getValueCase()) {
                    case KEYWORD -> out.writeStringField("value", hit.getKeyword());
                    case INTEGER -> out.writeNumberField("value", hit.getInteger());
                    case BOOLEAN -> out.writeBooleanField("value", hit.getBoolean());
                    case VALUE_NOT_SET -> out.writeNullField("value");
                }
                out.writeNumberField("count", hit.getCount());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
