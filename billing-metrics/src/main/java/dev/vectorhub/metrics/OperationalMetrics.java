package dev.vectorhub.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.TimeWindowPercentileHistogram;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The meters that the scaling guide scales and alerts by, under its names (in Prometheus' spelling): {@code
 * vectorizer_cpu_usage} (0 to 1 of what the process may use), {@code vectorizer_memory_usage} and {@code
 * vectorizer_memory_limit} (bytes), {@code vectorizer_search_latency_seconds} (histogram), {@code
 * vectorizer_search_latency_p99} (seconds, over the last minute or two) and {@code vectorizer_request_queue_depth}
 * (requests). None has tags: a tenant is no tag, its usage is billing data.
 */
public final class OperationalMetrics {
    private static final Duration P99_WINDOW = Duration.ofMinutes(1);
    private static final int P99_SLICES = 6;

    private final ProcessResources resources = new ProcessResources();
    private final Timer searches;
    private final TimeWindowPercentileHistogram recent;
    private final AtomicInteger queueDepth = new AtomicInteger();

    /** Registers all meters. One instance for a registry. */
    public OperationalMetrics(MeterRegistry registry) {
        this(registry, Clock.SYSTEM);
    }

    OperationalMetrics(MeterRegistry registry, Clock clock) {
        DistributionStatisticConfig window = DistributionStatisticConfig.builder()
                .percentiles(0.99)
                .expiry(P99_WINDOW)
                .bufferLength(P99_SLICES)
                .build()
                .merge(DistributionStatisticConfig.DEFAULT);
        this.recent = new TimeWindowPercentileHistogram(clock, window, false);
        this.searches = Timer.builder("vectorizer.search.latency")
                .description("Time from the arrival of a search to its answer")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        Gauge.builder("vectorizer.search.latency.p99", this, metrics -> metrics.p99Seconds())
                .description("99th percentile of the search latency over the last minute, in seconds")
                .strongReference(true)
                .register(registry);
        Gauge.builder("vectorizer.cpu.usage", resources, ProcessResources::cpuUsage)
                .description("Share of the processors that the process may use, 0 to 1")
                .strongReference(true)
                .register(registry);
        Gauge.builder("vectorizer.memory.usage", resources, ProcessResources::memoryUsage)
                .description("Resident memory of the process, in bytes")
                .strongReference(true)
                .register(registry);
        Gauge.builder("vectorizer.memory.limit", resources, ProcessResources::memoryLimit)
                .description("Memory that the process may use, in bytes")
                .strongReference(true)
                .register(registry);
        Gauge.builder("vectorizer.request.queue.depth", queueDepth, AtomicInteger::get)
                .description("Requests that wait for their turn")
                .strongReference(true)
                .register(registry);
    }

    /** A search was answered. */
    public void searched(Duration latency) {
        searches.record(latency);
        recent.recordLong(latency.toNanos());
    }

    /** A request begins to wait for its turn; pair each call with {@link #dequeued()}. */
    public void queued() {
        queueDepth.incrementAndGet();
    }

    /** A request waits no longer. */
    public void dequeued() {
        queueDepth.decrementAndGet();
    }

    /** Resident memory of the process in hundredths of what it may use. */
    public double memoryPercent() {
        double limit = resources.memoryLimit();
        return limit > 0 ? 100 * resources.memoryUsage() / limit : 0;
    }

    private double p99Seconds() {
        for (ValueAtPercentile value : recent.takeSnapshot(0, 0, 0).percentileValues()) {
            return value.value(TimeUnit.SECONDS);
        }
        return 0;
    }
}
