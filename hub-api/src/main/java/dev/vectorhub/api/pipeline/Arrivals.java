package dev.vectorhub.api.pipeline;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.billing.usage.UsageRecorder;
import dev.vectorhub.metrics.OperationalMetrics;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * The outermost filter: gives each request its id and its {@link Arrival}, and closes the account when the answer has
 * ended, whichever way it ended. Usage is recorded here and nowhere else, so a request is recorded once.
 */
@ApplicationScoped
class Arrivals {

    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
    private static final int REQUEST_ID_CHARS_MAX = 128;

    private final UsageRecorder usage;
    private final OperationalMetrics metrics;
    private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator(new SecureRandom());

    @Inject
    Arrivals(UsageRecorder usage, OperationalMetrics metrics) {
        this.usage = usage;
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::arrive, FilterPriorities.ARRIVAL);
    }

    private void arrive(RoutingContext http) {
        String presented = http.request().getHeader(REQUEST_ID);
        String id = presented != null && acceptable(presented)
                ? presented
                : ids.generate().toString();
        Arrival arrival = new Arrival(id, System.nanoTime());
        arrival.putOn(http);
        http.response().putHeader(REQUEST_ID, id);
        metrics.queued();
        http.addEndHandler(ended -> end(http, arrival));
        http.next();
    }

    private void end(RoutingContext http, Arrival arrival) {
        taken(arrival);
        TenantCall call = arrival.call();
        if (call == null) {
            return;
        }
        int status = http.response().getStatusCode();
        if (call.billed(status)) {
            usage.record(call.usage(http.request().bytesRead(), http.response().bytesWritten()));
        }
        if (call.operation().operationClass() == OperationClass.SEARCH && status < 300) {
            metrics.searched(Duration.ofNanos(System.nanoTime() - arrival.nanos()));
        }
    }

    /** A worker has the request, or it ended without one. */
    void taken(Arrival arrival) {
        if (arrival.take()) {
            metrics.dequeued();
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
