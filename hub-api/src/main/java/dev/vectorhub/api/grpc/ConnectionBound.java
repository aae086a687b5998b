package dev.vectorhub.api.grpc;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds no more than so many connections: one above is closed before it can call anything. */
final class ConnectionBound extends ServerTransportFilter {

    private static final Attributes.Key<Boolean> COUNTED = Attributes.Key.create("hub.counted");

    private final int connectionsMax;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionBound(int connectionsMax) {
        this.connectionsMax = connectionsMax;
    }

    @Override
    public Attributes transportReady(Attributes transport) {
        if (open.incrementAndGet() > connectionsMax) {
            open.decrementAndGet();
            // The transport ends with what its listener throws.
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("no more than " + connectionsMax + " connections")
                    .asRuntimeException();
        }
        return transport.toBuilder().set(COUNTED, true).build();
    }

    @Override
    public void transportTerminated(Attributes transport) {
        if (transport != null && transport.get(COUNTED) != null) {
            open.decrementAndGet();
        }
    }

    int open() {
        return open.get();
    }
}
