package dev.vectorhub.api.pipeline;

import dev.vectorhub.billing.usage.RequestUsage;
import dev.vectorhub.engine.wire.Patience;
import dev.vectorhub.tenant.TenantScope;
import io.vertx.ext.web.RoutingContext;

/**
 * An admitted request of the tenant API: who calls, what for, and what it has used so far. Belongs to one request; the
 * resource adds to it before it answers, the pipeline reads it when the answer has been sent.
 */
public final class TenantCall {

    private final TenantScope scope;
    private final Operation operation;
    private final Arrival arrival;

    private long requests = 1;
    private long timeoutSeconds;
    private Patience patience;
    private long vectorsScanned;
    private long bytesRead;
    private long bytesWritten;
    private long inferenceTokens;

    TenantCall(TenantScope scope, Operation operation, Arrival arrival) {
        this.scope = scope;
        this.operation = operation;
        this.arrival = arrival;
        this.patience = presence();
    }

    /**
     * The call that the pipeline admitted on this request.
     *
     * @throws IllegalStateException where the pipeline did not run: the resource is not a declared operation
     */
    public static TenantCall of(RoutingContext http) {
        TenantCall call = Arrival.of(http).call();
        if (call == null) {
            throw new IllegalStateException("no admitted call on " + http.normalizedPath());
        }
        return call;
    }

    /** Tenant, limits and rights of the caller: the argument of every call that touches tenant data. */
    public TenantScope scope() {
        return scope;
    }

    public Operation operation() {
        return operation;
    }

    /** The request's id and time; for the {@code time} of Qdrant's envelope. */
    public Arrival arrival() {
        return arrival;
    }

    /** The caller waits no longer than so many seconds from now on, whatever is done for it; 0 for as long as it takes. */
    public void within(long seconds) {
        timeoutSeconds = seconds;
        patience = Patience.of(seconds, arrival::hasEnded);
    }

    public long timeoutSeconds() {
        return timeoutSeconds;
    }

    /** Until the caller goes away. */
    public Patience presence() {
        return Patience.of(0, arrival::hasEnded);
    }

    /** What is left of the time that the caller said; until it goes away. */
    public Patience patience() {
        return patience;
    }

    /** The request stands for so many: the entries of a batch. Billed, and set by {@link TenantPipeline#charge}. */
    void countAs(long entries) {
        requests = entries;
    }

    /** Adds what the engine reports of a search or a read. */
    public void read(long scanned, long bytes) {
        vectorsScanned += scanned;
        bytesRead += bytes;
    }

    /** Adds bytes that were written to the engine: vectors, ids and payload as the quota counts them. */
    public void wrote(long bytes) {
        bytesWritten += bytes;
    }

    /** Adds tokens of texts that a model embedded. */
    public void embedded(long tokens) {
        inferenceTokens += tokens;
    }

    public long inferenceTokens() {
        return inferenceTokens;
    }

    public long vectorsScanned() {
        return vectorsScanned;
    }

    public long bytesRead() {
        return bytesRead;
    }

    public long bytesWritten() {
        return bytesWritten;
    }

    /**
     * Whether a request with this answer is billed. Refused by us is not billed: 401, 403, 429 and 5xx, wherever they
     * arise. What the caller got wrong (other 4xx) was worked on and counts as one request.
     */
    boolean billed(int status) {
        return status >= 200 && status < 500 && status != 401 && status != 403 && status != 429;
    }

    RequestUsage usage(long bytesIn, long bytesOut) {
        return new RequestUsage(
                scope.tenant().value(),
                scope.keyId(),
                operation.operationClass(),
                requests,
                vectorsScanned,
                bytesRead,
                bytesWritten,
                bytesIn,
                bytesOut,
                inferenceTokens);
    }
}
