package dev.vectorhub.api.grpc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.api.Calls;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionBoundIT {

    @Test
    void oneConnectionTooManyIsClosedAndTheOthersStay() throws Exception {
        ConnectionBound bound = new ConnectionBound(3);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addTransportFilter(bound)
                .addService(PublicServices.version())
                .build()
                .start();
        List<ManagedChannel> channels = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                channels.add(connect(server));
                ask(channels.getLast());
            }
            assertEquals(3, bound.open());
            ManagedChannel fourth = connect(server);
            channels.add(fourth);
            assertThrows(StatusRuntimeException.class, () -> ask(fourth));
            for (int i = 0; i < 3; i++) {
                ask(channels.get(i));
            }
            channels.removeFirst().shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
            fourth.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(10)).until(() -> bound.open() == 2);
            channels.add(connect(server));
            ask(channels.getLast());
            assertEquals(3, bound.open());
        } finally {
            for (ManagedChannel channel : channels) {
                channel.shutdownNow();
            }
            server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private static ManagedChannel connect(Server server) {
        return Calls.channel(server.getPort());
    }

    private static void ask(ManagedChannel channel) {
        QdrantGrpc.newBlockingStub(channel)
                .withDeadlineAfter(5, TimeUnit.SECONDS)
                .healthCheck(HealthCheckRequest.getDefaultInstance());
    }
}
