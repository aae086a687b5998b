package dev.vectorhub.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** The meters that the scaling guide names. */
public final class OperationalMetrics {
    public OperationalMetrics(MeterRegistry registry) {
        throw new UnsupportedOperationException(registry.toString());
    }

    /** A search was answered. */
    public void searched(Duration latency) {
        throw new UnsupportedOperationException();
    }

    /** A request waits for its turn; pair each call with {@link #dequeued()}. */
    public void queued() {
        throw new UnsupportedOperationException();
    }

    public void dequeued() {
        throw new UnsupportedOperationException();
    }
}
