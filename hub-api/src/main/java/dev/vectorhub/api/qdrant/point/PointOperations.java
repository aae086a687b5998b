package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.Hardware;
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
import dev.vectorhub.engine.wire.v1.SetPayload;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/**
 * Writing points, and reading them by id, in id order, by number; the same for every transport. Requests come in the form
 * of their JSON bodies, which is what the API's meaning and its errors are defined by.
 */
@Singleton
public class PointOperations {

    private final TenantEngine engine;
    private final RequestBounds bounds;

    @Inject
    PointOperations(TenantEngine engine, RequestBounds bounds) {
        this.engine = engine;
        this.bounds = bounds;
    }

    /** Points that were asked for, and whether to show their parts. */
    public record Page(List<Point> points, boolean withPayload, boolean withVector, PointId next) {

        /** {@code next} of the last page. */
        public static final PointId END = PointId.getDefaultInstance();

        public boolean hasNext() {
            return next.getKindCase() != PointId.KindCase.KIND_NOT_SET;
        }
    }

    /** @param points reads the points, given the collection's schema */
    public Answered<WriteOutcome> upsert(
            TenantCall call, String name, QueryParams.Write params, Function<Target, PointBatch> points) {
        Target target = engine.target(call, name);
        PointBatch batch = points.apply(target);
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

    private static Answered<WriteOutcome> written(WriteOutcome outcome) {
        return new Answered<>(outcome, Hardware.NONE);
    }

    /** @throws TenantApiException 404 where there is no such point */
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
        RetrieveRequest request = ReadRequests.retrieve(body, target.ref(), bounds);
        RetrieveResponse found = engine.retrieve(call, target, request);
        Page page = new Page(
                found.getPointsList(),
                request.getWithPayload().getEnabled(),
                request.getWithVector().getEnabled(),
                Page.END);
        return new Answered<>(page, used(found.getCost(), found.getPointsList()));
    }

    public Answered<Page> scroll(TenantCall call, String name, byte[] body) {
        Target target = engine.target(call, name);
        ScrollRequest request = ReadRequests.scroll(body, target.ref(), bounds);
        ScrollResponse found = engine.scroll(call, target, request);
        Page page = new Page(
                found.getPointsList(),
                request.getWithPayload().getEnabled(),
                request.getWithVector().getEnabled(),
                found.getNextOffset());
        return new Answered<>(page, used(found.getCost(), found.getPointsList()));
    }

    public Answered<Long> count(TenantCall call, String name, byte[] body) {
        Target target = engine.target(call, name);
        CountResponse counted = engine.count(call, target, ReadRequests.count(body, target.ref()));
        return new Answered<>(counted.getCount(), used(counted.getCost(), List.of()));
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
