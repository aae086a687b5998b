package dev.vectorhub.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

// The registry that Quarkus ships is the deprecated one; ours must hold on it.
@SuppressWarnings("deprecation")
class OperationalMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void scrapeHasTheGuidesNamesAndNoTags() {
        OperationalMetrics metrics = new OperationalMetrics(registry);
        metrics.searched(Duration.ofMillis(12));
        Set<String> names = new TreeSet<>();
        for (String line : registry.scrape().lines().toList()) {
            if (!line.startsWith("#")) {
                names.add(line.replaceAll("[{ ].*", ""));
                assertTrue(line.indexOf('{') < 0 || line.contains("{le=\""), line);
            }
        }
        assertEquals(
                Set.of(
                        "vectorizer_cpu_usage",
                        "vectorizer_memory_limit",
                        "vectorizer_memory_usage",
                        "vectorizer_request_queue_depth",
                        "vectorizer_search_latency_p99",
                        "vectorizer_search_latency_seconds_bucket",
                        "vectorizer_search_latency_seconds_count",
                        "vectorizer_search_latency_seconds_max",
                        "vectorizer_search_latency_seconds_sum"),
                names);
    }

    @Test
    void p99IsInSecondsAndForgets() {
        MockClock clock = new MockClock();
        OperationalMetrics metrics = new OperationalMetrics(registry, clock);
        assertEquals(0, value("vectorizer_search_latency_p99"));
        for (int i = 0; i < 990; i++) {
            metrics.searched(Duration.ofMillis(5));
        }
        for (int i = 0; i < 10; i++) {
            metrics.searched(Duration.ofMillis(200));
        }
        metrics.searched(Duration.ofMillis(200));
        assertEquals(0.2, value("vectorizer_search_latency_p99"), 0.01);
        assertEquals(1001, value("vectorizer_search_latency_seconds_count"));
        clock.add(Duration.ofSeconds(75));
        metrics.searched(Duration.ofMillis(5));
        assertEquals(0.005, value("vectorizer_search_latency_p99"), 0.0005);
    }

    @Test
    void queueDepthCountsWaitingRequests() {
        OperationalMetrics metrics = new OperationalMetrics(registry);
        metrics.queued();
        metrics.queued();
        metrics.dequeued();
        assertEquals(1, value("vectorizer_request_queue_depth"));
    }

    @Test
    void resourcesAreWithinTheirLimits() {
        new OperationalMetrics(registry);
        double cpu = value("vectorizer_cpu_usage");
        assertTrue(cpu >= 0 && cpu <= 1, () -> "cpu " + cpu);
        double memory = value("vectorizer_memory_usage");
        assertTrue(memory > 10 << 20, () -> "memory " + memory);
        assertTrue(value("vectorizer_memory_limit") >= memory);
    }

    @Test
    void processorsFollowTheControlGroup() {
        assertEquals(0.5, ProcessResources.processors(List.of("50000 100000"), 4));
        assertEquals(4, ProcessResources.processors(List.of("max 100000"), 4));
        assertEquals(4, ProcessResources.processors(List.of("900000 100000"), 4));
        assertEquals(4, ProcessResources.processors(List.of(), 4));
        assertEquals(4, ProcessResources.processors(List.of("0 0"), 4));
        assertEquals(0.5, ProcessResources.share(500, 1000, 1));
        assertEquals(1.0, ProcessResources.share(5000, 1000, 2));
        assertEquals(0.0, ProcessResources.share(-5, 1000, 2));
    }

    private double value(String name) {
        for (String line : registry.scrape().lines().toList()) {
            if (line.startsWith(name + " ")) {
                return Double.parseDouble(line.substring(name.length() + 1));
            }
        }
        throw new AssertionError(name + " is not in the scrape");
    }
}
