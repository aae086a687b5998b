package dev.vectorhub.api.pipeline;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** A request from its arrival on: its id and its time. Every request has one, whatever answers it. */
public final class Arrival {

    private static final String KEY = "hub.arrival";

    private final String requestId;
    private final long nanos;
    // Written by the worker that takes the request, read when the answer has ended: never at the same time.
    private boolean taken;
    private String endpoint = "";
    private @Nullable TenantCall call;
    private volatile boolean ended;

    Arrival(String requestId, long nanos) {
        this.requestId = requestId;
        this.nanos = nanos;
    }

    /** The arrival of a request that came over HTTP. */
    public static Arrival of(RoutingContext http) {
        Arrival arrival = http.get(KEY);
        if (arrival == null) {
            throw new IllegalStateException("the outer filter did not see " + http.normalizedPath());
        }
        return arrival;
    }

    void putOn(RoutingContext http) {
        http.put(KEY, this);
    }

    /** As the answer carries it in {@code x-request-id}. */
    public String requestId() {
        return requestId;
    }

    /** {@link System#nanoTime()} when the request line and headers were there. */
    public long nanos() {
        return nanos;
    }

    /** Seconds since then. */
    public double elapsedSeconds() {
        return (System.nanoTime() - nanos) * 1e-9;
    }

    /** Where it arrived: {@code POST /collections/{collection_name}/points}, or a gRPC method's full name. */
    public void at(String where) {
        endpoint = where;
    }

    String endpoint() {
        return endpoint;
    }

    /** A worker takes the request. True for the first call only. */
    boolean take() {
        boolean first = !taken;
        taken = true;
        return first;
    }

    /** The answer has ended, or its caller went away before. */
    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    void admitted(TenantCall admitted) {
        this.call = admitted;
    }

    @Nullable
    TenantCall call() {
        return call;
    }
}
