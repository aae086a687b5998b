package dev.vectorhub.api.grpc;

import com.google.protobuf.Timestamp;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.collection.OperatorsOnly;
import dev.vectorhub.api.qdrant.snapshot.SnapshotOperations;
import dev.vectorhub.snapshot.Snapshot;
import io.grpc.ServerServiceDefinition;
import io.qdrant.client.grpc.SnapshotsGrpc;
import io.qdrant.client.grpc.SnapshotsService.CreateSnapshotRequest;
import io.qdrant.client.grpc.SnapshotsService.CreateSnapshotResponse;
import io.qdrant.client.grpc.SnapshotsService.DeleteSnapshotRequest;
import io.qdrant.client.grpc.SnapshotsService.DeleteSnapshotResponse;
import io.qdrant.client.grpc.SnapshotsService.ListSnapshotsRequest;
import io.qdrant.client.grpc.SnapshotsService.ListSnapshotsResponse;
import io.qdrant.client.grpc.SnapshotsService.SnapshotDescription;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;

/** The service {@code qdrant.Snapshots}. Downloads and recovery have no method in it: they go over REST. */
@Singleton
class SnapshotsMethods {

    private final Front front;
    private final SnapshotOperations snapshots;

    @Inject
    SnapshotsMethods(Front front, SnapshotOperations snapshots) {
        this.front = front;
        this.snapshots = snapshots;
    }

    ServerServiceDefinition service() {
        return front.service(SnapshotsGrpc.getServiceDescriptor())
                .on(
                        SnapshotsGrpc.getCreateMethod(),
                        "snapshots.create",
                        CreateSnapshotRequest::getCollectionName,
                        this::create)
                .on(
                        SnapshotsGrpc.getListMethod(),
                        "snapshots.list",
                        ListSnapshotsRequest::getCollectionName,
                        this::list)
                .on(
                        SnapshotsGrpc.getDeleteMethod(),
                        "snapshots.delete",
                        DeleteSnapshotRequest::getCollectionName,
                        this::delete)
                .refuse(SnapshotsGrpc.getCreateFullMethod(), "storage.snapshot", none -> null, OperatorsOnly::storage)
                .refuse(SnapshotsGrpc.getListFullMethod(), "storage.snapshots", none -> null, OperatorsOnly::storage)
                .refuse(
                        SnapshotsGrpc.getDeleteFullMethod(),
                        "storage.deleteSnapshot",
                        none -> null,
                        OperatorsOnly::storage)
                .complete();
    }

    private CreateSnapshotResponse create(TenantCall call, CreateSnapshotRequest request) {
        Snapshot made = SnapshotOperations.await(snapshots.create(call, request.getCollectionName()));
        return CreateSnapshotResponse.newBuilder()
                .setSnapshotDescription(described(made))
                .setTime(call.arrival().elapsedSeconds())
                .build();
    }

    private ListSnapshotsResponse list(TenantCall call, ListSnapshotsRequest request) {
        ListSnapshotsResponse.Builder answer = ListSnapshotsResponse.newBuilder();
        for (Snapshot snapshot : snapshots.list(call, request.getCollectionName())) {
            answer.addSnapshotDescriptions(described(snapshot));
        }
        return answer.setTime(call.arrival().elapsedSeconds()).build();
    }

    private DeleteSnapshotResponse delete(TenantCall call, DeleteSnapshotRequest request) {
        snapshots.delete(call, request.getCollectionName(), request.getSnapshotName());
        return DeleteSnapshotResponse.newBuilder()
                .setTime(call.arrival().elapsedSeconds())
                .build();
    }

    private static SnapshotDescription described(Snapshot snapshot) {
        Instant created = snapshot.createdAt();
        return SnapshotDescription.newBuilder()
                .setName(snapshot.name())
                .setCreationTime(Timestamp.newBuilder()
                        .setSeconds(created.getEpochSecond())
                        .setNanos(created.getNano()))
                .setSize(snapshot.bytes())
                .setChecksum(snapshot.checksum())
                .build();
    }
}
