package dev.vectorhub.api.grpc;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.vectorhub.api.Calls;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.LookupLocation;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryPointGroups;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RecommendPoints;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.WithLookup;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.SnapshotsGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every method of Qdrant's services, called with each kind of credential that must not get through. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class GrpcAuthorisationIT {

    private static final String COLLECTION = "ledger";
    private static final String DOOR = "other-door";

    /** Say that there is no such collection without an error. */
    private static final Set<String> NOTHING =
            Set.of("qdrant.Collections/CollectionExists", "qdrant.Collections/Delete");

    private static final Set<String> WRITES = Set.of(
            "Create",
            "Update",
            "Delete",
            "UpdateAliases",
            "Upsert",
            "UpdateVectors",
            "DeleteVectors",
            "SetPayload",
            "OverwritePayload",
            "DeletePayload",
            "ClearPayload",
            "CreateVectorName",
            "DeleteVectorName",
            "CreateFieldIndex",
            "DeleteFieldIndex",
            "UpdateBatch");
    private static final Set<String> MANAGED = Set.of(
            "UpdateCollectionClusterSetup", "CreateShardKey", "DeleteShardKey", "CreateFull", "ListFull", "DeleteFull");

    @Inject
    Tenants tenants;

    @Inject
    TenantService states;

    @Inject
    PlanService plans;

    @Inject
    GrpcServer server;

    @Test
    void noMethodOpensToAWrongCredential() throws Exception {
        plans.put(
                new PlanSpec(
                        "grpc-matrix",
                        "grpc-matrix",
                        new Limits(10, 1_000, 1L << 30, 1_000_000),
                        IsolationMode.COLLECTION),
                Change.by(Tenants.TEST, "test"));
        ManagedChannel channel = Calls.channel(server.port());
        TenantId tenant = tenants.active("GrpcFirst", "grpc-matrix");
        TenantId suspended = tenants.active("GrpcSuspended", "grpc-matrix");
        String suspendedKey = tenants.key(suspended).secret();
        states.suspend(suspended, Change.by(Tenants.TEST, "test"));
        String elsewhere = tenants.key(tenant, EnumSet.allOf(KeyScope.class), List.of("other-*"), null)
                .secret();
        await().atMost(Duration.ofSeconds(3))
                .until(() ->
                        call(channel, CollectionsGrpc.getListMethod(), suspendedKey) == Status.Code.PERMISSION_DENIED);
        List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
        methods.addAll(CollectionsGrpc.getServiceDescriptor().getMethods());
        methods.addAll(PointsGrpc.getServiceDescriptor().getMethods());
        methods.addAll(SnapshotsGrpc.getServiceDescriptor().getMethods());
        String own = tenants.key(tenant).secret();
        fill(channel, own);
        assertTrue(methods.size() > 40, methods::toString);
        try {
            for (MethodDescriptor<?, ?> method : methods) {
                String name = method.getFullMethodName();
                assertEquals(Status.Code.UNAUTHENTICATED, call(channel, method, ""), name);
                assertEquals(Status.Code.UNAUTHENTICATED, call(channel, method, "vhk_test_what"), name);
                assertEquals(Status.Code.PERMISSION_DENIED, call(channel, method, suspendedKey), name);
                String lacking = tenants.key(tenant, EnumSet.complementOf(EnumSet.of(scope(method))), List.of(), null)
                        .secret();
                assertEquals(Status.Code.PERMISSION_DENIED, call(channel, method, lacking), name);
                if (collection(prototype(method)) != null) {
                    assertEquals(Status.Code.PERMISSION_DENIED, call(channel, method, elsewhere), name);
                    // An alias that the key reaches, of a collection that it does not.
                    count(channel, own);
                    Status.Code through = call(channel, method, elsewhere, DOOR);
                    assertEquals(NOTHING.contains(name), through == Status.Code.OK, name + " answered " + through);
                }
            }
            assertEquals(1, count(channel, own));
            noLookupLeavesThePatterns(PointsGrpc.newBlockingStub(keyed(channel, elsewhere)));
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private static void noLookupLeavesThePatterns(PointsGrpc.PointsBlockingStub points) {
        LookupLocation secret =
                LookupLocation.newBuilder().setCollectionName(COLLECTION).build();
        QueryPoints.Builder query =
                QueryPoints.newBuilder().setCollectionName("other-a").setQuery(nearest(id(7)));
        assertEquals(0, points.query(query.build()).getResultCount());
        refused(() -> points.query(query.clone().setLookupFrom(secret).build()));
        refused(() -> points.query(QueryPoints.newBuilder()
                .setCollectionName("other-a")
                .addPrefetch(PrefetchQuery.newBuilder().setQuery(nearest(id(7))).setLookupFrom(secret))
                .setQuery(nearest(1, 0))
                .build()));
        refused(() -> points.queryGroups(QueryPointGroups.newBuilder()
                .setCollectionName("other-a")
                .setQuery(nearest(1, 0))
                .setGroupBy("group")
                .setWithLookup(WithLookup.newBuilder().setCollection(COLLECTION))
                .build()));
        refused(() -> points.recommend(RecommendPoints.newBuilder()
                .setCollectionName("other-a")
                .addPositive(id(7))
                .setLookupFrom(secret)
                .setLimit(3)
                .build()));
    }

    private static void refused(Executable call) {
        StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, call);
        assertEquals(Status.Code.NOT_FOUND, refusal.getStatus().getCode(), refusal::getMessage);
    }

    private static KeyScope scope(MethodDescriptor<?, ?> method) {
        String name = String.valueOf(method.getBareMethodName());
        return MANAGED.contains(name) ? KeyScope.MANAGE : WRITES.contains(name) ? KeyScope.WRITE : KeyScope.READ;
    }

    /** One collection with one point, its alias, and a collection that the other key reaches. */
    private static void fill(ManagedChannel channel, String key) {
        CollectionsGrpc.CollectionsBlockingStub collections = CollectionsGrpc.newBlockingStub(keyed(channel, key));
        PointsGrpc.PointsBlockingStub points = PointsGrpc.newBlockingStub(keyed(channel, key));
        for (String name : List.of(COLLECTION, "other-a")) {
            collections.create(CreateCollection.newBuilder()
                    .setCollectionName(name)
                    .setVectorsConfig(VectorsConfig.newBuilder()
                            .setParams(VectorParams.newBuilder().setSize(2).setDistance(Distance.Dot)))
                    .build());
            points.upsert(UpsertPoints.newBuilder()
                    .setCollectionName(name)
                    .setWait(true)
                    .addPoints(PointStruct.newBuilder()
                            .setId(id(7))
                            .setVectors(vectors(1, 0))
                            .putPayload("group", value(7)))
                    .build());
        }
        collections.updateAliases(ChangeAliases.newBuilder()
                .addActions(AliasOperations.newBuilder()
                        .setCreateAlias(CreateAlias.newBuilder()
                                .setCollectionName(COLLECTION)
                                .setAliasName(DOOR)))
                .build());
    }

    /** Through the alias: what is remembered of it now is not for all keys. */
    private static long count(ManagedChannel channel, String key) {
        return PointsGrpc.newBlockingStub(keyed(channel, key))
                .count(CountPoints.newBuilder().setCollectionName(DOOR).build())
                .getResult()
                .getCount();
    }

    private static Channel keyed(ManagedChannel channel, String key) {
        return key.isEmpty() ? channel : ClientInterceptors.intercept(channel, Calls.with(key));
    }

    private static Message prototype(MethodDescriptor<?, ?> method) {
        return (Message)
                ((MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller()).getMessagePrototype();
    }

    private static @Nullable FieldDescriptor collection(Message prototype) {
        return prototype.getDescriptorForType().findFieldByName("collection_name");
    }

    private static <Q, R> Status.Code call(ManagedChannel channel, MethodDescriptor<Q, R> method, String key) {
        return call(channel, method, key, COLLECTION);
    }

    private static <Q, R> Status.Code call(
            ManagedChannel channel, MethodDescriptor<Q, R> method, String key, String name) {
        Message prototype = prototype(method);
        FieldDescriptor collection = collection(prototype);
        @SuppressWarnings("unchecked") // the method's own prototype
        Q request = (Q)
                (collection == null
                        ? prototype
                        : prototype.toBuilder().setField(collection, name).build());
        try {
            ClientCalls.blockingUnaryCall(
                    keyed(channel, key), method, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
