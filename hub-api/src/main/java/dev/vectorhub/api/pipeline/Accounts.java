package dev.vectorhub.api.pipeline;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.billing.usage.UsageRecorder;
import dev.vectorhub.metrics.OperationalMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Opens an account for each request and closes it when the answer has ended, whichever way it ended and whatever
 * transport it came by. Usage is recorded here and nowhere else, so a request is recorded once.
 */
@ApplicationScoped
public class Accounts {

    private static final int REQUEST_ID_CHARS_MAX = 128;

    private final UsageRecorder usage;
    private final OperationalMetrics metrics;
    private final TenantRequests requests;
    private final RefusedWrites refused;
    private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator(new SecureRandom());

    @Inject
    Accounts(UsageRecorder usage, OperationalMetrics metrics, TenantRequests requests, RefusedWrites refused) {
        this.usage = usage;
        this.metrics = metrics;
        this.requests = requests;
        this.refused = refused;
    }

    /**
     * Opens the account of a request that arrives.
     *
     * @param requestId as the caller sent it, or null; replaced unless it is acceptable
     */
    public Arrival open(@Nullable String requestId) {
        String id = requestId != null && acceptable(requestId)
                ? requestId
                : ids.generate().toString();
        metrics.queued();
        return new Arrival(id, System.nanoTime());
    }

    /** A worker has the request, or it ended without one. */
    public void taken(Arrival arrival) {
        if (arrival.take()) {
            metrics.dequeued();
        }
    }

    /**
     * The answer has ended.
     *
     * @param status of the answer, as HTTP has it
     * @param bytesIn of the request, {@code bytesOut} of the answer
     */
    public void close(Arrival arrival, int status, long bytesIn, long bytesOut) {
        arrival.end();
        taken(arrival);
        TenantCall call = arrival.call();
        if (call == null) {
            return;
        }
        long nanos = System.nanoTime() - arrival.nanos();
        requests.count(call.scope().tenant(), arrival.endpoint(), status, nanos);
        refused.count(call.operation(), status);
        if (call.billed(status)) {
            usage.record(call.usage(bytesIn, bytesOut));
        }
        if (call.operation().operationClass() == OperationClass.SEARCH && status < 300) {
            metrics.searched(Duration.ofNanos(nanos));
        }
    }

    /** Visible ASCII without quotes or backslashes, bounded: an id goes into logs and audit rows. */
    static boolean acceptable(String id) {
        if (id.isEmpty() || id.length() > REQUEST_ID_CHARS_MAX) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
