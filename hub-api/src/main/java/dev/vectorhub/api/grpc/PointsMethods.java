package dev.vectorhub.api.grpc;

import dev.vectorhub.api.grpc.form.Answers;
import dev.vectorhub.api.grpc.form.Configs;
import dev.vectorhub.api.grpc.form.Ids;
import dev.vectorhub.api.grpc.form.Indexes;
import dev.vectorhub.api.grpc.form.Reads;
import dev.vectorhub.api.grpc.form.Upserts;
import dev.vectorhub.api.grpc.form.Writes;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.collection.CollectionOperations;
import dev.vectorhub.api.qdrant.point.PointOperations;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.engine.wire.v1.FacetHit;
import dev.vectorhub.engine.wire.v1.Point;
import io.grpc.ServerServiceDefinition;
import io.qdrant.client.grpc.Points.ClearPayloadPoints;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.CreateVectorNameRequest;
import io.qdrant.client.grpc.Points.DeleteFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePayloadPoints;
import io.qdrant.client.grpc.Points.DeletePointVectors;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.DeleteVectorNameRequest;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetResponse;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateBatchPoints;
import io.qdrant.client.grpc.Points.UpdateBatchResponse;
import io.qdrant.client.grpc.Points.UpdatePointVectors;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** The service {@code qdrant.Points}. */
@Singleton
class PointsMethods {

    private final Front front;
    private final PointOperations points;
    private final Rankings rankings;
    private final Matrices matrices;
    private final CollectionOperations collections;

    @Inject
    PointsMethods(
            Front front,
            PointOperations points,
            Rankings rankings,
            Matrices matrices,
            CollectionOperations collections) {
        this.front = front;
        this.points = points;
        this.rankings = rankings;
        this.matrices = matrices;
        this.collections = collections;
    }

    ServerServiceDefinition service() {
        Front.Service service = front.service(PointsGrpc.getServiceDescriptor());
        writes(service);
        reads(service);
        rankings.bind(service);
        matrices.bind(service);
        return service.complete();
    }

    private void writes(Front.Service service) {
        service.on(PointsGrpc.getUpsertMethod(), "points.upsert", UpsertPoints::getCollectionName, this::upsert)
                .on(PointsGrpc.getDeleteMethod(), "points.delete", DeletePoints::getCollectionName, this::delete)
                .on(
                        PointsGrpc.getSetPayloadMethod(),
                        "payload.set",
                        SetPayloadPoints::getCollectionName,
                        (call, request) -> setPayload(call, request, false))
                .on(
                        PointsGrpc.getOverwritePayloadMethod(),
                        "payload.overwrite",
                        SetPayloadPoints::getCollectionName,
                        (call, request) -> setPayload(call, request, true))
                .on(
                        PointsGrpc.getDeletePayloadMethod(),
                        "payload.delete",
                        DeletePayloadPoints::getCollectionName,
                        this::deletePayload)
                .on(
                        PointsGrpc.getClearPayloadMethod(),
                        "payload.clear",
                        ClearPayloadPoints::getCollectionName,
                        this::clearPayload)
                .on(
                        PointsGrpc.getCreateFieldIndexMethod(),
                        "index.create",
                        CreateFieldIndexCollection::getCollectionName,
                        this::createIndex)
                .on(
                        PointsGrpc.getDeleteFieldIndexMethod(),
                        "index.delete",
                        DeleteFieldIndexCollection::getCollectionName,
                        this::deleteIndex)
                .on(
                        PointsGrpc.getUpdateVectorsMethod(),
                        "vectors.update",
                        UpdatePointVectors::getCollectionName,
                        this::updateVectors)
                .on(
                        PointsGrpc.getDeleteVectorsMethod(),
                        "vectors.delete",
                        DeletePointVectors::getCollectionName,
                        this::deleteVectors)
                .on(
                        PointsGrpc.getCreateVectorNameMethod(),
                        "vectors.add",
                        CreateVectorNameRequest::getCollectionName,
                        this::addVector)
                .on(
                        PointsGrpc.getDeleteVectorNameMethod(),
                        "vectors.remove",
                        DeleteVectorNameRequest::getCollectionName,
                        this::removeVector)
                .on(
                        PointsGrpc.getUpdateBatchMethod(),
                        "points.batch",
                        UpdateBatchPoints::getCollectionName,
                        this::batch);
    }

    private void reads(Front.Service service) {
        service.on(PointsGrpc.getGetMethod(), "points.retrieve", GetPoints::getCollectionName, this::get)
                .on(PointsGrpc.getScrollMethod(), "points.scroll", ScrollPoints::getCollectionName, this::scroll)
                .on(PointsGrpc.getCountMethod(), "points.count", CountPoints::getCollectionName, this::count)
                .on(PointsGrpc.getFacetMethod(), "points.facet", FacetCounts::getCollectionName, this::facet);
    }

    // ---- writes

    private PointsOperationResponse upsert(TenantCall call, UpsertPoints request) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        return written(
                call,
                points.upsert(
                        call,
                        request.getCollectionName(),
                        params,
                        (target, documents) -> Upserts.read(request, target.schema(), documents)));
    }

    private PointsOperationResponse delete(TenantCall call, DeletePoints request) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        return written(call, points.delete(call, request.getCollectionName(), params, Writes.of(request)));
    }

    private PointsOperationResponse setPayload(TenantCall call, SetPayloadPoints request, boolean overwrite) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        return written(
                call, points.setPayload(call, request.getCollectionName(), params, Writes.of(request), overwrite));
    }

    private PointsOperationResponse deletePayload(TenantCall call, DeletePayloadPoints request) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        return written(call, points.deletePayload(call, request.getCollectionName(), params, Writes.of(request)));
    }

    private PointsOperationResponse clearPayload(TenantCall call, ClearPayloadPoints request) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        return written(call, points.clearPayload(call, request.getCollectionName(), params, Writes.of(request)));
    }

    private PointsOperationResponse createIndex(TenantCall call, CreateFieldIndexCollection request) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        return written(
                call,
                new Answered<>(
                        collections.createIndex(call, request.getCollectionName(), params, Indexes.of(request)),
                        Hardware.NONE));
    }

    private PointsOperationResponse addVector(TenantCall call, CreateVectorNameRequest request) {
        return written(
                call,
                new Answered<>(
                        collections.addVector(
                                call, request.getCollectionName(), request.getVectorName(), Configs.of(request)),
                        Hardware.NONE));
    }

    private PointsOperationResponse removeVector(TenantCall call, DeleteVectorNameRequest request) {
        return written(
                call,
                new Answered<>(
                        collections.removeVector(call, request.getCollectionName(), request.getVectorName()),
                        Hardware.NONE));
    }

    private PointsOperationResponse deleteIndex(TenantCall call, DeleteFieldIndexCollection request) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        return written(
                call,
                new Answered<>(
                        collections.deleteIndex(call, request.getCollectionName(), params, request.getFieldName()),
                        Hardware.NONE));
    }

    private PointsOperationResponse updateVectors(TenantCall call, UpdatePointVectors request) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        return written(call, points.updateVectors(call, request.getCollectionName(), params, Writes.of(request)));
    }

    private PointsOperationResponse deleteVectors(TenantCall call, DeletePointVectors request) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        return written(call, points.deleteVectors(call, request.getCollectionName(), params, Writes.of(request)));
    }

    private UpdateBatchResponse batch(TenantCall call, UpdateBatchPoints request) {
        QueryParams.Write params = QueryParams.write(request.getWait(), request.getTimeout());
        Answered<List<WriteOutcome>> outcomes =
                points.batch(call, request.getCollectionName(), params, Writes.of(request));
        UpdateBatchResponse.Builder answer = UpdateBatchResponse.newBuilder();
        for (WriteOutcome outcome : outcomes.result()) {
            answer.addResult(Answers.outcome(outcome));
        }
        return answer.setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, outcomes.used()))
                .build();
    }

    private static PointsOperationResponse written(TenantCall call, Answered<WriteOutcome> outcome) {
        return PointsOperationResponse.newBuilder()
                .setResult(Answers.outcome(outcome.result()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, outcome.used()))
                .build();
    }

    // ---- reads

    private GetResponse get(TenantCall call, GetPoints request) {
        Answered<PointOperations.Page> found = points.retrieve(call, request.getCollectionName(), Reads.of(request));
        GetResponse.Builder answer = GetResponse.newBuilder();
        for (Point point : found.result().points()) {
            answer.addResult(Answers.retrieved(point, found.result().withVector()));
        }
        return answer.setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private ScrollResponse scroll(TenantCall call, ScrollPoints request) {
        Answered<PointOperations.Page> found = points.scroll(call, request.getCollectionName(), Reads.of(request));
        ScrollResponse.Builder answer = ScrollResponse.newBuilder();
        PointOperations.Page page = found.result();
        for (int i = 0; i < page.points().size(); i++) {
            RetrievedPoint point = Answers.retrieved(page.points().get(i), page.withVector());
            answer.addResult(
                    page.order().isEmpty()
                            ? point
                            : point.toBuilder()
                                    .setOrderValue(Answers.order(page.order().get(i)))
                                    .build());
        }
        if (found.result().hasNext()) {
            answer.setNextPageOffset(Ids.answer(found.result().next()));
        }
        return answer.setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private CountResponse count(TenantCall call, CountPoints request) {
        Answered<Long> counted = points.count(call, request.getCollectionName(), Reads.of(request));
        return CountResponse.newBuilder()
                .setResult(CountResult.newBuilder().setCount(counted.result()))
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, counted.used()))
                .build();
    }

    private FacetResponse facet(TenantCall call, FacetCounts request) {
        Answered<List<FacetHit>> found = points.facet(call, request.getCollectionName(), Reads.of(request));
        FacetResponse.Builder answer = FacetResponse.newBuilder();
        for (FacetHit hit : found.result()) {
            answer.addHits(Answers.facet(hit));
        }
        return answer.setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }
}
