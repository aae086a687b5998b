package dev.vectorhub.api.grpc;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Listens for gRPC, on a port of its own, from the end of the start until the last call of the stop. */
@ApplicationScoped
public class GrpcServer {

    private static final Logger LOG = Logger.getLogger(GrpcServer.class);

    /** After the preparations of the start; and before usage is closed, when it ends. */
    private static final int LAST = 5_000;

    private static final int STOP_FIRST = 10;
    private static final int METADATA_BYTES_MAX = 32 << 10;
    /** Calls at once on one connection; a client that wants more waits for one to end. */
    private static final int CALLS_MAX = 256;

    private static final int WINDOW_BYTES = 1 << 20;
    private static final Duration KEEP_ALIVE_MIN = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final CollectionsMethods collections;
    private final PointsMethods points;
    private final SnapshotsMethods snapshots;
    private final String host;
    private final int port;
    private final int messageBytesMax;
    private final int connectionsMax;
    private final Duration idle;
    private @Nullable Server server;

    @Inject
    GrpcServer(
            CollectionsMethods collections,
            PointsMethods points,
            SnapshotsMethods snapshots,
            @ConfigProperty(name = "hub.api.grpc-host") String host,
            @ConfigProperty(name = "hub.api.grpc-port") int port,
            @ConfigProperty(name = "hub.api.max-body-size") MemorySize messageMax,
            @ConfigProperty(name = "server.keep_alive_ms", defaultValue = "60000") long keepAliveMillis,
            @ConfigProperty(name = "server.max_connections", defaultValue = "10000") int connectionsMax) {
        this.collections = collections;
        this.points = points;
        this.snapshots = snapshots;
        this.host = host;
        this.port = port;
        this.connectionsMax = connectionsMax;
        this.messageBytesMax = Math.toIntExact(messageMax.asLongValue());
        // A gRPC channel is made to stay open: idle is what no keep-alive and no call has touched.
        this.idle = Duration.ofMillis(keepAliveMillis).multipliedBy(10);
    }

    void onStart(@Observes @Priority(LAST) StartupEvent event) {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
                    // Events only pass messages on; whatever may block goes to a worker, in one hand-over.
                    .directExecutor()
                    .addStreamTracerFactory(WireBytes.FACTORY)
                    .addTransportFilter(new ConnectionBound(connectionsMax))
                    .maxInboundMessageSize(messageBytesMax)
                    .maxInboundMetadataSize(METADATA_BYTES_MAX)
                    .maxConcurrentCallsPerConnection(CALLS_MAX)
                    .initialFlowControlWindow(WINDOW_BYTES)
                    .permitKeepAliveTime(KEEP_ALIVE_MIN.toSeconds(), TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .maxConnectionIdle(idle.toMillis(), TimeUnit.MILLISECONDS)
                    .addService(collections.service())
                    .addService(points.service())
                    .addService(snapshots.service())
                    .addService(PublicServices.version())
                    .addService(PublicServices.health())
                    .addService(ProtoReflectionServiceV1.newInstance())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen for gRPC on " + host + ":" + port, e);
        }
        LOG.infof("gRPC listens on %s:%d", host, port());
    }

    void onStop(@Observes @Priority(STOP_FIRST) ShutdownEvent event) {
        Server running = server;
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            if (!running.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens; the one that was chosen where 0 was configured. */
    public int port() {
        Server running = server;
        if (running == null) {
            throw new IllegalStateException("gRPC is not started");
        }
        return running.getPort();
    }
}
