package dev.vectorhub.api.grpc;

import dev.vectorhub.api.grpc.form.Aliases;
import dev.vectorhub.api.grpc.form.Configs;
import dev.vectorhub.api.grpc.form.Infos;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.collection.CollectionOperations;
import dev.vectorhub.api.qdrant.collection.OperatorsOnly;
import dev.vectorhub.collection.Alias;
import dev.vectorhub.collection.CollectionHandle;
import io.grpc.ServerServiceDefinition;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionClusterInfoRequest;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.CreateShardKeyRequest;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.DeleteShardKeyRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import io.qdrant.client.grpc.Collections.ListCollectionAliasesRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.Collections.ListShardKeysRequest;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.Collections.UpdateCollectionClusterSetupRequest;
import io.qdrant.client.grpc.CollectionsGrpc;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

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
                .on(CollectionsGrpc.getUpdateAliasesMethod(), "aliases.update", none -> null, this::changeAliases)
                .on(CollectionsGrpc.getListAliasesMethod(), "aliases.list", none -> null, this::aliases)
                .on(
                        CollectionsGrpc.getListCollectionAliasesMethod(),
                        "aliases.of",
                        ListCollectionAliasesRequest::getCollectionName,
                        this::aliasesOf)
                .refuse(
                        CollectionsGrpc.getCollectionClusterInfoMethod(),
                        "cluster.collection",
                        CollectionClusterInfoRequest::getCollectionName,
                        OperatorsOnly::cluster)
                .refuse(
                        CollectionsGrpc.getUpdateCollectionClusterSetupMethod(),
                        "cluster.update",
                        UpdateCollectionClusterSetupRequest::getCollectionName,
                        OperatorsOnly::cluster)
                .refuse(
                        CollectionsGrpc.getCreateShardKeyMethod(),
                        "shards.create",
                        CreateShardKeyRequest::getCollectionName,
                        OperatorsOnly::cluster)
                .refuse(
                        CollectionsGrpc.getDeleteShardKeyMethod(),
                        "shards.delete",
                        DeleteShardKeyRequest::getCollectionName,
                        OperatorsOnly::cluster)
                .refuse(
                        CollectionsGrpc.getListShardKeysMethod(),
                        "shards.list",
                        ListShardKeysRequest::getCollectionName,
                        OperatorsOnly::cluster)
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

    private CollectionOperationResponse changeAliases(TenantCall call, ChangeAliases request) {
        collections.changeAliases(call, Aliases.of(request));
        return done(call, true);
    }

    private ListAliasesResponse aliases(TenantCall call, ListAliasesRequest request) {
        return shown(call, collections.aliases(call));
    }

    private ListAliasesResponse aliasesOf(TenantCall call, ListCollectionAliasesRequest request) {
        return shown(call, collections.aliases(call, request.getCollectionName()));
    }

    private static ListAliasesResponse shown(TenantCall call, List<Alias> aliases) {
        ListAliasesResponse.Builder answer = ListAliasesResponse.newBuilder();
        for (Alias alias : aliases) {
            answer.addAliases(
                    AliasDescription.newBuilder().setAliasName(alias.name()).setCollectionName(alias.collection()));
        }
        return answer.setTime(call.arrival().elapsedSeconds()).build();
    }

    private static CollectionOperationResponse done(TenantCall call, boolean result) {
        return CollectionOperationResponse.newBuilder()
                .setResult(result)
                .setTime(call.arrival().elapsedSeconds())
                .build();
    }
}
