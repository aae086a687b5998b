package dev.vectorhub.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class EngineClientTest {
    private static final ByteString TENANT =
            ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    private static final CountRequest COUNT = CountRequest.newBuilder()
            .setCollection(CollectionRef.newBuilder().setTenant(TENANT))
            .build();
    private static final Command COMMAND =
            Command.newBuilder().setTenant(TENANT).build();

    private final FakeTransport a = new FakeTransport("a");
    private final FakeTransport b = new FakeTransport("b");
    private final MovingRouting routing = new MovingRouting();

    @Test
    void oneTransportTakesEverything() throws Exception {
        try (var client = new EngineClient(Routing.single("a", a))) {
            client.count(COUNT);
            assertFalse(client.submit(COMMAND).get().hasRejection());
            assertEquals("a", client.status("a").getNodeId());
            assertEquals(2, a.calls);
        }
        assertTrue(a.closed);
    }

    @Test
    void aStaleTableIsRefreshedOnceAndTheReadRetried() {
        var client = new EngineClient(routing);
        move("b", 1);
        client.count(COUNT);
        assertEquals(1, a.calls);
        assertEquals(1, b.calls);
        assertEquals(2, routing.loads);
        client.count(COUNT);
        assertEquals(2, b.calls);
        assertEquals(2, routing.loads);
    }

    @Test
    void aStaleTableIsRefreshedOnceAndTheCommandRetried() throws Exception {
        var client = new EngineClient(routing);
        move("b", 1);
        assertFalse(client.submit(COMMAND).get().hasRejection());
        assertEquals(1, b.calls);
    }

    @Test
    void withoutANewerEpochTheRefusalStands() throws Exception {
        var client = new EngineClient(routing);
        a.holdsSlots = false;
        var refused = assertThrows(EngineException.class, () -> client.count(COUNT));
        assertEquals(RejectionCode.WRONG_NODE, refused.code());
        assertEquals(
                RejectionCode.WRONG_NODE,
                client.submit(COMMAND).get().getRejection().getCode());
        assertEquals(2, a.calls);
    }

    @Test
    void aSecondRefusalIsNotRetriedAgain() {
        var client = new EngineClient(routing);
        move("b", 1);
        b.holdsSlots = false;
        assertThrows(EngineException.class, () -> client.count(COUNT));
        assertEquals(1, a.calls);
        assertEquals(1, b.calls);
    }

    @Test
    void anEmptyTenantAsksEveryNode() {
        var half = Collections.nCopies(Slots.COUNT / 2, "a");
        var other = Collections.nCopies(Slots.COUNT / 2, "b");
        routing.table = new RoutingTable(3, concat(half, other));
        var client = new EngineClient(routing);
        assertEquals(
                2, client.tenantStats(TenantStatsRequest.getDefaultInstance()).getTenantsCount());
        assertEquals(
                1,
                client.tenantStats(TenantStatsRequest.newBuilder()
                                .setTenant(TENANT)
                                .build())
                        .getTenantsCount());
    }

    @Test
    void aMalformedTenantIsRefusedWithoutACall() {
        var client = new EngineClient(routing);
        var failed = assertThrows(
                ExecutionException.class,
                () -> client.submit(Command.getDefaultInstance()).get());
        assertEquals(
                RejectionCode.INVALID_ARGUMENT,
                assertInstanceOf(EngineException.class, failed.getCause()).code());
        assertEquals(0, a.calls);
    }

    @Test
    void noFactoryAndTwoFactoriesAreSaid() {
        var none = assertThrows(IllegalStateException.class, () -> EmbeddedEngines.only(List.of()));
        assertTrue(String.valueOf(none.getMessage()).contains("engine-node"), none::getMessage);
        assertThrows(IllegalStateException.class, () -> EmbeddedEngines.only(List.of(settings -> a, settings -> b)));
    }

    private void move(String node, long epoch) {
        a.holdsSlots = false;
        routing.table = new RoutingTable(epoch, Collections.nCopies(Slots.COUNT, node));
    }

    private static List<String> concat(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private final class MovingRouting implements Routing {
        private final Map<String, EngineTransport> transports = Map.of("a", a, "b", b);
        private RoutingTable table = RoutingTable.single("a");
        private int loads;

        @Override
        public RoutingTable load() {
            loads++;
            return table;
        }

        @Override
        public EngineTransport transport(String node) {
            return Objects.requireNonNull(transports.get(node));
        }

        @Override
        public void close() {}
    }
}
