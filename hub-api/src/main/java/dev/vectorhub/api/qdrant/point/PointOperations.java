package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantPipeline;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.inference.Inference;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CountResponse;
import dev.vectorhub.engine.wire.v1.DeletePoints;
import dev.vectorhub.engine.wire.v1.DeleteVectors;
import dev.vectorhub.engine.wire.v1.FacetHit;
import dev.vectorhub.engine.wire.v1.FacetResponse;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.OrderValue;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.ReadCost;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SetPayload;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Writing points, and reading them by id, in id order, by number; the same for every transport. Requests come in the form
 * of their JSON bodies, which is what the API's meaning and its errors are defined by.
 */
@Singleton
public class PointOperations {

    private final TenantEngine engine;
    private final TenantPipeline pipeline;
    private final Inference inference;
    private final RequestBounds bounds;

    @Inject
    PointOperations(TenantEngine engine, TenantPipeline pipeline, Inference inference, RequestBounds bounds) {
        this.engine = engine;
        this.inference = inference;
        this.pipeline = pipeline;
        this.bounds = bounds;
    }

    /**
     * Points that were asked for, and whether to show their parts.
     *
     * @param order what orders each point; empty where ids do
     */
    public record Page(
            List<Point> points, boolean withPayload, boolean withVector, PointId next, List<OrderValue> order) {

        /** {@code next} of the last page. */
        public static final PointId END = PointId.getDefaultInstance();

        public boolean hasNext() {
            return next.getKindCase() != PointId.KindCase.KIND_NOT_SET;
        }
    }

    /**
     * Writes points.
     *
     * @param points reads the points, given the collection's schema and what stands for texts; perhaps twice
     */
    public Answered<WriteOutcome> upsert(
            TenantCall call, String name, QueryParams.Write params, BiFunction<Target, Documents, PointBatch> points) {
        Target target = engine.target(call, name);
        call.within(params.timeoutSeconds());
        PointBatch batch = inference.read(call, Documents.Use.STORED, documents -> points.apply(target, documents));
        WriteOutcome outcome = engine.write(call, target, Command.newBuilder().setUpsert(batch.points()), params);
        call.wrote(batch.bytes());
        return new Answered<>(outcome, Hardware.written(batch.vectorBytes(), batch.payloadBytes()));
    }

    public Answered<WriteOutcome> delete(TenantCall call, String name, QueryParams.Write params, byte[] body) {
        Target target = engine.target(call, name);
        DeletePoints delete =
                DeletePoints.newBuilder().setSelector(SelectorReader.read(body)).build();
        return written(engine.write(call, target, Command.newBuilder().setDeletePoints(delete), params));
    }

    public Answered<WriteOutcome> setPayload(
            TenantCall call, String name, QueryParams.Write params, byte[] body, boolean overwrite) {
        Target target = engine.target(call, name);
        SetPayload set = PayloadRequests.set(body, overwrite);
        WriteOutcome outcome = engine.write(call, target, Command.newBuilder().setSetPayload(set), params);
        long bytes = set.getPayload().size() * outcome.pointsAffected();
        call.wrote(bytes);
        return new Answered<>(outcome, Hardware.written(0, bytes));
    }

    public Answered<WriteOutcome> deletePayload(TenantCall call, String name, QueryParams.Write params, byte[] body) {
        Target target = engine.target(call, name);
        Command.Builder command = Command.newBuilder().setDeletePayload(PayloadRequests.delete(body));
        return written(engine.write(call, target, command, params));
    }

    public Answered<WriteOutcome> clearPayload(TenantCall call, String name, QueryParams.Write params, byte[] body) {
        Target target = engine.target(call, name);
        Command.Builder command = Command.newBuilder().setClearPayload(PayloadRequests.clear(body));
        return written(engine.write(call, target, command, params));
    }

    /**
     * Sets vectors of points that are there.
     *
     * @param body vectors by points
     */
    public Answered<WriteOutcome> updateVectors(TenantCall call, String name, QueryParams.Write params, byte[] body) {
        Target target = engine.target(call, name);
        call.within(params.timeoutSeconds());
        VectorBatch batch = inference.read(
                call,
                Documents.Use.STORED,
                documents -> JsonBody.read(body, json -> UpsertReader.readVectors(json, target.schema(), documents)));
        WriteOutcome outcome =
                engine.write(call, target, Command.newBuilder().setUpdateVectors(batch.update()), params);
        call.wrote(batch.bytes());
        return new Answered<>(outcome, Hardware.written(batch.bytes(), 0));
    }

    public Answered<WriteOutcome> deleteVectors(TenantCall call, String name, QueryParams.Write params, byte[] body) {
        Target target = engine.target(call, name);
        DeleteVectors delete = JsonBody.read(body, json -> PayloadRequests.deleteVectors(json, target.schema()));
        Command.Builder command = Command.newBuilder().setDeleteVectors(delete);
        return written(engine.write(call, target, command, params));
    }

    /**
     * Operations one after another, each whole or not at all.
     *
     * @throws TenantApiException naming the operation that was refused and how many before it are done
     */
    public Answered<List<WriteOutcome>> batch(TenantCall call, String name, QueryParams.Write params, byte[] body) {
        Target target = engine.target(call, name);
        call.within(params.timeoutSeconds());
        List<UpdateBatch.Update> updates = inference.read(
                call, Documents.Use.STORED, documents -> UpdateBatch.read(body, target.schema(), documents));
        pipeline.charge(call, updates.size());
        List<WriteOutcome> outcomes = new ArrayList<>(updates.size());
        for (UpdateBatch.Update update : updates) {
            try {
                outcomes.add(engine.write(call, target, update.command(), params));
                call.wrote(update.bytes());
            } catch (TenantApiException e) {
                throw new TenantApiException(
                        e.status(),
                        e.getMessage() + " (operations[" + outcomes.size() + "]; the " + outcomes.size()
                                + " before it are done)");
            }
        }
        return new Answered<>(outcomes, Hardware.NONE);
    }

    private static Answered<WriteOutcome> written(WriteOutcome outcome) {
        return new Answered<>(outcome, Hardware.NONE);
    }

    /**
     * One point with everything.
     *
     * @throws TenantApiException 404 where there is no such point
     */
    public Answered<Point> get(TenantCall call, String name, PointId id) {
        Target target = engine.target(call, name);
        RetrieveResponse found = engine.retrieve(call, target, ReadRequests.one(target.ref(), id));
        if (found.getPointsCount() == 0) {
            throw new TenantApiException(404, "Not found: Point with id " + PointIdJson.text(id) + " does not exists!");
        }
        return new Answered<>(found.getPoints(0), used(found.getCost(), found.getPointsList()));
    }

    public Answered<Page> retrieve(TenantCall call, String name, byte[] body) {
        Target target = engine.target(call, name);
        RetrieveRequest request = ReadRequests.retrieve(body, target.ref(), target.schema(), bounds);
        RetrieveResponse found = engine.retrieve(call, target, request);
        Page page = new Page(
                found.getPointsList(),
                request.getWithPayload().getEnabled(),
                request.getWithVector().getEnabled(),
                Page.END,
                List.of());
        return new Answered<>(page, used(found.getCost(), found.getPointsList()));
    }

    public Answered<Page> scroll(TenantCall call, String name, byte[] body) {
        Target target = engine.target(call, name);
        ScrollRequest request = ReadRequests.scroll(body, target.ref(), target.schema(), bounds);
        ScrollResponse found = engine.scroll(call, target, request);
        Page page = new Page(
                found.getPointsList(),
                request.getWithPayload().getEnabled(),
                request.getWithVector().getEnabled(),
                found.getNextOffset(),
                found.getOrderValuesList());
        return new Answered<>(page, used(found.getCost(), found.getPointsList()));
    }

    /**
     * A page that is read piece by piece.
     *
     * @throws dev.vectorhub.api.pipeline.TenantApiException what the request deserves; the first piece is read here
     */
    public ScrollPieces pieces(TenantCall call, String name, byte[] body) {
        Target target = engine.target(call, name);
        return new ScrollPieces(engine, call, target, ReadRequests.scroll(body, target.ref(), target.schema(), bounds));
    }

    public Answered<Long> count(TenantCall call, String name, byte[] body) {
        Target target = engine.target(call, name);
        CountResponse counted = engine.count(call, target, ReadRequests.count(body, target.ref()));
        return new Answered<>(counted.getCount(), used(counted.getCost(), List.of()));
    }

    /** How many points have each value of a field. */
    public Answered<List<FacetHit>> facet(TenantCall call, String name, byte[] body) {
        Target target = engine.target(call, name);
        FacetResponse found = engine.facet(call, target, ReadRequests.facet(body, target.ref(), bounds));
        return new Answered<>(found.getHitsList(), used(found.getCost(), List.of()));
    }

    /** These reads look at payloads; of what was read, the vectors that the answer shows are the rest. */
    static Hardware used(ReadCost cost, List<Point> shown) {
        long vectorBytes = 0;
        for (Point point : shown) {
            for (NamedVector vector : point.getVectorsList()) {
                vectorBytes += VectorForms.bytes(vector);
            }
        }
        return Hardware.read(cost.getVectorsScanned(), vectorBytes, Math.max(0, cost.getBytesRead() - vectorBytes));
    }
}
