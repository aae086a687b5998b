package dev.vectorhub.api.malformed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import dev.vectorhub.api.Calls;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.grpc.GrpcServer;
import dev.vectorhub.plan.Limits;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.ClientCalls;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.SnapshotsGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Messages of every method of Qdrant's services, random in their fields or in their bytes: the answer is the caller's fault or
 * none. {@code -Dhub.test.malformed=N} sends N messages per method, {@code -Dhub.test.seed=S} others.
 */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class MalformedMessagesIT {

    private static final int MESSAGES = Integer.getInteger("hub.test.malformed", 80);
    private static final long SEED = Long.getLong("hub.test.seed", 20_26);
    private static final int SHOWN_MAX = 200;

    /** What a client may be told that its message is wrong with; none of these is about the hub. */
    private static final Set<Status.Code> REFUSALS = EnumSet.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.NOT_FOUND,
            Status.Code.ALREADY_EXISTS,
            Status.Code.PERMISSION_DENIED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.UNIMPLEMENTED);

    /** What changes points or indexes of a collection. */
    private static final Set<String> WRITES = Set.of(
            "Upsert",
            "Delete",
            "UpdateVectors",
            "DeleteVectors",
            "SetPayload",
            "OverwritePayload",
            "DeletePayload",
            "ClearPayload",
            "CreateFieldIndex",
            "DeleteFieldIndex",
            "CreateVectorName",
            "DeleteVectorName");

    @Inject
    Tenants tenants;

    @Inject
    GrpcServer server;

    private ManagedChannel channel;
    private Channel calls;
    private final List<String> failures = new ArrayList<>();

    @BeforeEach
    void connect() {
        Limits limits = new Limits(1_000, 100_000, 1L << 30, 100_000_000);
        channel = Calls.channel(server.port());
        String key = tenants.key(tenants.limited("messages", limits)).secret();
        calls = ClientInterceptors.intercept(channel, Calls.with(key));
        ledger();
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    /** There again, if a message took it away. */
    private void ledger() {
        try {
            CollectionsGrpc.newBlockingStub(calls)
                    .create(CreateCollection.newBuilder()
                            .setCollectionName("ledger")
                            .setVectorsConfig(VectorsConfig.newBuilder()
                                    .setParams(VectorParams.newBuilder()
                                            .setSize(Target.DIMENSIONS)
                                            .setDistance(Distance.Dot)))
                            .build());
        } catch (StatusRuntimeException e) {
            assertEquals(Status.Code.ALREADY_EXISTS, e.getStatus().getCode(), e.getMessage());
        }
    }

    @Test
    void noMessageIsTheHubsFault() {
        Random random = new Random(SEED);
        Messages messages = new Messages(random);
        Map<String, Map<Status.Code, Integer>> told = new TreeMap<>();
        for (ServiceDescriptor service : List.of(
                CollectionsGrpc.getServiceDescriptor(),
                PointsGrpc.getServiceDescriptor(),
                SnapshotsGrpc.getServiceDescriptor())) {
            for (MethodDescriptor<?, ?> method : service.getMethods()) {
                Descriptor type = ((ProtoMethodDescriptorSupplier) Objects.requireNonNull(method.getSchemaDescriptor()))
                        .getMethodDescriptor()
                        .getInputType();
                Map<Status.Code, Integer> codes =
                        told.computeIfAbsent(method.getBareMethodName(), name -> new TreeMap<>());
                boolean writes = WRITES.contains(method.getBareMethodName());
                String before = writes ? state() : "";
                for (int i = 0; i < MESSAGES; i++) {
                    var message = messages.make(type);
                    byte[] bytes = message.toByteArray();
                    boolean spoilt = i % 4 == 0;
                    Status status = send(method, spoilt ? spoilt(bytes, random) : bytes);
                    codes.merge(status.getCode(), 1, Integer::sum);
                    String after = writes ? state() : "";
                    if (!status.isOk() && !after.equals(before)) {
                        failures.add(method.getBareMethodName() + " was refused and changed " + before + " into "
                                + after + " ← " + shown(message.toString()));
                    }
                    before = after;
                    if (!status.isOk() && !REFUSALS.contains(status.getCode())) {
                        failures.add(method.getBareMethodName() + " " + status + " ← " + (spoilt ? "spoilt " : "")
                                + shown(message.toString()));
                    } else if (!status.isOk()
                            && Objects.requireNonNullElse(status.getDescription(), "")
                                    .isBlank()) {
                        failures.add(method.getBareMethodName() + " said nothing ← " + shown(message.toString()));
                    }
                }
                ledger();
            }
        }
        if (Boolean.getBoolean("hub.test.malformed-shown")) {
            told.forEach((method, codes) -> System.out.println("TOLD " + method + " " + codes));
        }
        assertEquals(
                "",
                String.join("\n", failures.subList(0, Math.min(SHOWN_MAX, failures.size()))),
                () -> failures.size() + " failures");
    }

    /** The ledger's points with all that they have, and its indexes. */
    private String state() {
        PointsGrpc.PointsBlockingStub points = PointsGrpc.newBlockingStub(calls);
        try {
            // behind all that nobody has waited for
            points.delete(DeletePoints.newBuilder()
                    .setCollectionName("ledger")
                    .setWait(true)
                    .setPoints(PointsSelector.newBuilder().setPoints(PointsIdsList.getDefaultInstance()))
                    .build());
            return points.scroll(ScrollPoints.newBuilder()
                                    .setCollectionName("ledger")
                                    .setLimit(1_000)
                                    .setWithPayload(WithPayloadSelectorFactory.enable(true))
                                    .setWithVectors(WithVectorsSelectorFactory.enable(true))
                                    .build())
                            .getResultList()
                            .toString()
                    + CollectionsGrpc.newBlockingStub(calls)
                            .get(GetCollectionInfoRequest.newBuilder()
                                    .setCollectionName("ledger")
                                    .build())
                            .getResult()
                            .getConfig();
        } catch (StatusRuntimeException e) {
            // a message may have taken the ledger away, or filled it beyond an answer
            return e.getStatus().getCode().toString();
        }
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.substring(0, Math.min(700, line.length()));
    }

    /** Filters within filters, below and above what the parser bears. */
    @Test
    void deepMessagesAreRefused() {
        for (int levels : new int[] {30, 60, 90, 1_000, 20_000}) {
            ByteString filter = Filter.newBuilder().build().toByteString();
            for (int i = 0; i < levels; i++) {
                filter = wrapped(Filter.MUST_FIELD_NUMBER, wrapped(Condition.FILTER_FIELD_NUMBER, filter));
            }
            ByteString count = CountPoints.newBuilder()
                    .setCollectionName("ledger")
                    .build()
                    .toByteString()
                    .concat(wrapped(CountPoints.FILTER_FIELD_NUMBER, filter));
            Status status = send(PointsGrpc.getCountMethod(), count.toByteArray());
            assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode(), levels + " " + status);
        }
    }

    private static ByteString wrapped(int field, ByteString message) {
        ByteString.Output out = ByteString.newOutput();
        varint(out, field << 3 | 2);
        varint(out, message.size());
        return out.toByteString().concat(message);
    }

    private static void varint(ByteString.Output out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    @Test
    void whatIsNoMessageIsRefused() {
        byte[] bytes = {0x0A, 0x7F, 'l'};
        Status status = send(PointsGrpc.getCountMethod(), bytes);
        assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode(), status::toString);
        assertTrue(Objects.requireNonNull(status.getDescription()).contains("message"), status::toString);
    }

    /** Bytes cut off, flipped, doubled or random. */
    private static byte[] spoilt(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                byte[] twice = java.util.Arrays.copyOf(bytes, bytes.length * 2);
                System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
                return twice;
            }
            default -> {
                int from = random.nextInt(bytes.length);
                byte[] noise = new byte[Math.min(16, bytes.length - from)];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, from, noise.length);
            }
        }
        return bytes;
    }

    private Status send(MethodDescriptor<?, ?> method, byte[] message) {
        MethodDescriptor<byte[], byte[]> raw = MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method.getFullMethodName())
                .build();
        try {
            ClientCalls.blockingUnaryCall(
                    calls, raw, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), message);
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        INSTANCE;

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
