package dev.vectorhub.api.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;

/** Counts what a call takes on the wire, for its account. */
final class WireBytes extends ServerStreamTracer {

    static final Context.Key<WireBytes> KEY = Context.key("hub.wire-bytes");

    static final Factory FACTORY = new Factory() {
        @Override
        public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
            return new WireBytes();
        }
    };

    // Written by the connection's thread only; read there too, when the call has ended.
    private long in;
    private long out;

    @Override
    public Context filterContext(Context context) {
        return context.withValue(KEY, this);
    }

    @Override
    public void inboundWireSize(long bytes) {
        in += bytes;
    }

    @Override
    public void outboundWireSize(long bytes) {
        out += bytes;
    }

    long in() {
        return in;
    }

    long out() {
        return out;
    }
}
