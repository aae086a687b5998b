package dev.vectorhub.api.grpc;

import dev.vectorhub.api.grpc.form.Configs;
import dev.vectorhub.api.grpc.form.Infos;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.collection.CollectionOperations;
import dev.vectorhub.collection.CollectionHandle;
import io.grpc.ServerServiceDefinition;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.CollectionsGrpc;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The service {@code qdrant.Collections}. */
@Singleton
class CollectionsMethods {

    private final Front front;
    private final CollectionOperations collections;

    @Inject
    CollectionsMethods(Front front, CollectionOperations collections) {
        this.front = front;
        this.collections = collections;
    }

    ServerServiceDefinition service() {
        return front.service(CollectionsGrpc.getServiceDescriptor())
                .on(CollectionsGrpc.getListMethod(), "collections.list", none -> null, this::list)
                .on(
                        CollectionsGrpc.getGetMethod(),
                        "collections.get",
                        GetCollectionInfoRequest::getCollectionName,
                        this::get)
                .on(
                        CollectionsGrpc.getCollectionExistsMethod(),
                        "collections.exists",
                        CollectionExistsRequest::getCollectionName,
                        this::exists)
                .on(
                        CollectionsGrpc.getCreateMethod(),
                        "collections.create",
                        CreateCollection::getCollectionName,
                        this::create)
                .on(
                        CollectionsGrpc.getUpdateMethod(),
                        "collections.update",
                        UpdateCollection::getCollectionName,
                        this::update)
                .on(
                        CollectionsGrpc.getDeleteMethod(),
                        "collections.delete",
                        DeleteCollection::getCollectionName,
                        this::delete)
                .refuse(CollectionsGrpc.getUpdateAliasesMethod(), none -> null, "aliases are")
                .refuse(CollectionsGrpc.getListAliasesMethod(), none -> null, "aliases are")
                .refuse(CollectionsGrpc.getListCollectionAliasesMethod(), none -> null, "aliases are")
                .refuse(CollectionsGrpc.getCollectionClusterInfoMethod(), none -> null, "cluster operations are")
                .refuse(CollectionsGrpc.getUpdateCollectionClusterSetupMethod(), none -> null, "cluster operations are")
                .refuse(CollectionsGrpc.getCreateShardKeyMethod(), none -> null, "shard keys are")
                .refuse(CollectionsGrpc.getDeleteShardKeyMethod(), none -> null, "shard keys are")
                .refuse(CollectionsGrpc.getListShardKeysMethod(), none -> null, "shard keys are")
                .complete();
    }

    private ListCollectionsResponse list(TenantCall call, ListCollectionsRequest request) {
        ListCollectionsResponse.Builder answer = ListCollectionsResponse.newBuilder();
        for (CollectionHandle collection : collections.list(call)) {
            answer.addCollections(CollectionDescription.newBuilder().setName(collection.name()));
        }
        return answer.setTime(call.arrival().elapsedSeconds()).build();
    }

    private GetCollectionInfoResponse get(TenantCall call, GetCollectionInfoRequest request) {
        return GetCollectionInfoResponse.newBuilder()
                .setResult(Infos.of(collections.info(call, request.getCollectionName())))
                .setTime(call.arrival().elapsedSeconds())
                .build();
    }

    private CollectionExistsResponse exists(TenantCall call, CollectionExistsRequest request) {
        return CollectionExistsResponse.newBuilder()
                .setResult(
                        CollectionExists.newBuilder().setExists(collections.exists(call, request.getCollectionName())))
                .setTime(call.arrival().elapsedSeconds())
                .build();
    }

    private CollectionOperationResponse create(TenantCall call, CreateCollection request) {
        collections.create(call, request.getCollectionName(), Configs.of(request));
        return done(call, true);
    }

    private CollectionOperationResponse update(TenantCall call, UpdateCollection request) {
        collections.update(call, request.getCollectionName(), Configs.of(request));
        return done(call, true);
    }

    private CollectionOperationResponse delete(TenantCall call, DeleteCollection request) {
        return done(call, collections.delete(call, request.getCollectionName()));
    }

    private static CollectionOperationResponse done(TenantCall call, boolean result) {
        return CollectionOperationResponse.newBuilder()
                .setResult(result)
                .setTime(call.arrival().elapsedSeconds())
                .build();
    }
}
