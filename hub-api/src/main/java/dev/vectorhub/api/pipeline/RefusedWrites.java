package dev.vectorhub.api.pipeline;

import dev.vectorhub.billing.usage.OperationClass;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Counts the writes that were asked for and not done for want of room or of time, whichever transport they came by. */
@ApplicationScoped
class RefusedWrites {
    private final Counter full;
    private final Counter unavailable;

    @Inject
    RefusedWrites(MeterRegistry registry) {
        full = counter(registry, "507");
        unavailable = counter(registry, "503");
    }

    private static Counter counter(MeterRegistry registry, String status) {
        return Counter.builder("hub.writes.refused")
                .description("Writes answered 507 (the disk is full) or 503 (held back, or a file is damaged)")
                .tag("status", status)
                .register(registry);
    }

    /** Takes note of an answer to any operation. */
    void count(Operation operation, int status) {
        if (status == 507) {
            full.increment();
        } else if (status == 503 && operation.operationClass() == OperationClass.WRITE) {
            unavailable.increment();
        }
    }
}
