package dev.vectorhub.api.grpc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
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
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.PointsGrpc;
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

/** Every method of Qdrant's services, called with each kind of credential that must not get through. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class GrpcAuthorisationIT {

    private static final String COLLECTION = "ledger";
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
    private static final Set<String> MANAGED =
            Set.of("UpdateCollectionClusterSetup", "CreateShardKey", "DeleteShardKey");

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
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
                .build();
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
                if (collection(prototype(method)) != null && served(method)) {
                    assertEquals(Status.Code.PERMISSION_DENIED, call(channel, method, elsewhere), name);
                }
            }
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private static KeyScope scope(MethodDescriptor<?, ?> method) {
        String name = String.valueOf(method.getBareMethodName());
        return MANAGED.contains(name) ? KeyScope.MANAGE : WRITES.contains(name) ? KeyScope.WRITE : KeyScope.READ;
    }

    /** Those that are not served yet name no collection to the pipeline. */
    private static boolean served(MethodDescriptor<?, ?> method) {
        String name = String.valueOf(method.getBareMethodName());
        return !name.startsWith("SearchMatrix");
    }

    private static Message prototype(MethodDescriptor<?, ?> method) {
        return (Message)
                ((MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller()).getMessagePrototype();
    }

    private static @Nullable FieldDescriptor collection(Message prototype) {
        return prototype.getDescriptorForType().findFieldByName("collection_name");
    }

    private static <Q, R> Status.Code call(ManagedChannel channel, MethodDescriptor<Q, R> method, String key) {
        Message prototype = prototype(method);
        FieldDescriptor collection = collection(prototype);
        @SuppressWarnings("unchecked") // the method's own prototype
        Q request = (Q)
                (collection == null
                        ? prototype
                        : prototype.toBuilder().setField(collection, COLLECTION).build());
        Metadata headers = new Metadata();
        if (!key.isEmpty()) {
            headers.put(Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER), key);
        }
        try {
            ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                    method,
                    CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                    request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
