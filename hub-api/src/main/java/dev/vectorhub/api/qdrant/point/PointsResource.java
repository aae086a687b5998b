package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.json.Body;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.PointWriter;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CountResponse;
import dev.vectorhub.engine.wire.v1.DeletePoints;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.ReadCost;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /collections/{name}/points}: writing points, and reading them by id, in id order, by number. */
@Path("/collections/{collection_name}/points")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PointsResource {

    private final TenantEngine engine;
    private final RequestBounds bounds;

    @Inject
    PointsResource(TenantEngine engine, RequestBounds bounds) {
        this.engine = engine;
        this.bounds = bounds;
    }

    @PUT
    @TenantOperation(
            name = "points.upsert",
            scope = KeyScope.WRITE,
            access = Access.WRITE,
            operationClass = OperationClass.WRITE)
    public Reply upsert(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        Target target = engine.target(call, name);
        PointBatch batch = UpsertReader.read(body.bytes(), target.schema());
        WriteOutcome outcome = engine.write(call, target, Command.newBuilder().setUpsert(batch.points()), params);
        call.wrote(batch.bytes());
        return Reply.of(
                call,
                Hardware.written(batch.vectorBytes(), batch.payloadBytes()),
                bounds.answerBytesMax(),
                outcome::write);
    }

    @POST
    @Path("delete")
    @TenantOperation(
            name = "points.delete",
            scope = KeyScope.WRITE,
            access = Access.DELETE_DATA,
            operationClass = OperationClass.WRITE)
    public Reply delete(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("wait") @Nullable String wait,
            @RestQuery("ordering") @Nullable String ordering,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.Write params = QueryParams.write(wait, ordering, timeout);
        Target target = engine.target(call, name);
        DeletePoints delete = DeletePoints.newBuilder()
                .setSelector(SelectorReader.read(body.bytes()))
                .build();
        WriteOutcome outcome = engine.write(call, target, Command.newBuilder().setDeletePoints(delete), params);
        return Reply.of(call, Hardware.NONE, bounds.answerBytesMax(), outcome::write);
    }

    @GET
    @Path("{id}")
    @TenantOperation(
            name = "points.get",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply get(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestPath("id") String id,
            @RestQuery("consistency") @Nullable String consistency) {
        TenantCall call = TenantCall.of(http);
        QueryParams.read(consistency, null);
        PointId point = PointIdJson.ofPath(id);
        Target target = engine.target(call, name);
        RetrieveResponse found = engine.retrieve(call, target, ReadRequests.one(target.ref(), point));
        if (found.getPointsCount() == 0) {
            throw new TenantApiException(
                    404, "Not found: Point with id " + PointIdJson.text(point) + " does not exists!");
        }
        PointWriter writer = new PointWriter(true, true);
        return Reply.of(
                call,
                used(found.getCost(), found.getPointsList()),
                bounds.answerBytesMax(),
                out -> writer.record(out, found.getPoints(0)));
    }

    @POST
    @TenantOperation(
            name = "points.retrieve",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply retrieve(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.read(consistency, timeout);
        Target target = engine.target(call, name);
        RetrieveRequest request = ReadRequests.retrieve(body.bytes(), target.ref(), bounds);
        RetrieveResponse found = engine.retrieve(call, target, request);
        PointWriter writer = new PointWriter(
                request.getWithPayload().getEnabled(), request.getWithVector().getEnabled());
        return Reply.of(call, used(found.getCost(), found.getPointsList()), bounds.answerBytesMax(), out -> {
            out.writeStartArray();
            for (Point point : found.getPointsList()) {
                writer.record(out, point);
            }
            out.writeEndArray();
        });
    }

    @POST
    @Path("scroll")
    @TenantOperation(
            name = "points.scroll",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply scroll(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.read(consistency, timeout);
        Target target = engine.target(call, name);
        ScrollRequest request = ReadRequests.scroll(body.bytes(), target.ref(), bounds);
        ScrollResponse page = engine.scroll(call, target, request);
        PointWriter writer = new PointWriter(
                request.getWithPayload().getEnabled(), request.getWithVector().getEnabled());
        return Reply.of(call, used(page.getCost(), page.getPointsList()), bounds.answerBytesMax(), out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("points");
            for (Point point : page.getPointsList()) {
                writer.record(out, point);
            }
            out.writeEndArray();
            out.writeFieldName("next_page_offset");
            if (page.hasNextOffset()) {
                PointIdJson.write(out, page.getNextOffset());
            } else {
                out.writeNull();
            }
            out.writeEndObject();
        });
    }

    @POST
    @Path("count")
    @TenantOperation(
            name = "points.count",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply count(
            @Context RoutingContext http,
            @RestPath("collection_name") String name,
            @RestQuery("consistency") @Nullable String consistency,
            @RestQuery("timeout") @Nullable String timeout,
            Body body) {
        TenantCall call = TenantCall.of(http);
        QueryParams.read(consistency, timeout);
        Target target = engine.target(call, name);
        CountResponse counted = engine.count(call, target, ReadRequests.count(body.bytes(), target.ref()));
        return Reply.of(call, used(counted.getCost(), List.of()), bounds.answerBytesMax(), out -> {
            out.writeStartObject();
            out.writeNumberField("count", counted.getCount());
            out.writeEndObject();
        });
    }

    /** These reads look at payloads; of what was read, the vectors that the answer shows are the rest. */
    private static Hardware used(ReadCost cost, List<Point> shown) {
        long vectorBytes = 0;
        for (Point point : shown) {
            for (NamedVector vector : point.getVectorsList()) {
                vectorBytes += vector.getF32().size();
            }
        }
        return Hardware.read(cost.getVectorsScanned(), vectorBytes, Math.max(0, cost.getBytesRead() - vectorBytes));
    }
}
