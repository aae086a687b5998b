package dev.vectorhub.api.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * What the engine's nodes say of themselves, summed over those that answer: what they cannot serve, how far indexing lags and
 * how the query cache does.
 */
@ApplicationScoped
class EngineMeters {
    /** One scrape reads several figures: the nodes are asked once for all of them. */
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    private final MeterRegistry registry;
    private final LoadingCache<EngineClient, NodeStatus> sums =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build(EngineMeters::ask);
    private final EngineClient engine;

    @Inject
    EngineMeters(MeterRegistry registry, EngineClient engine) {
        this.registry = registry;
        this.engine = engine;
    }

    void register(@Observes StartupEvent event) {
        gauge(
                "hub.engine.quarantined",
                "Tenants and collections that cannot be served because a file is damaged",
                NodeStatus::getQuarantinedCount);
        gauge(
                "hub.engine.backlog.points",
                "Points that wait for their graph; far above, writes are refused",
                NodeStatus::getBacklogPoints);
        gauge("hub.engine.pending.commands", "Commands that wait for the log", NodeStatus::getPendingCommands);
        counter("hub.engine.query.cache.hits", "Searches answered from the cache", NodeStatus::getQueryCacheHits);
        counter(
                "hub.engine.query.cache.misses",
                "Searches that the cache could not answer",
                NodeStatus::getQueryCacheMisses);
    }

    private void gauge(String name, String description, ToLongFunction<NodeStatus> figure) {
        Gauge.builder(name, this, self -> figure.applyAsLong(self.sums.get(self.engine)))
                .description(description)
                .register(registry);
    }

    private void counter(String name, String description, ToLongFunction<NodeStatus> figure) {
        FunctionCounter.builder(name, this, self -> figure.applyAsLong(self.sums.get(self.engine)))
                .description(description)
                .register(registry);
    }

    private static NodeStatus ask(EngineClient engine) {
        NodeStatus.Builder sum = NodeStatus.newBuilder();
        for (String node : engine.table().nodes()) {
            try {
                NodeStatus one = engine.status(node);
                sum.addAllQuarantined(one.getQuarantinedList());
                sum.setBacklogPoints(sum.getBacklogPoints() + one.getBacklogPoints());
                sum.setPendingCommands(sum.getPendingCommands() + one.getPendingCommands());
                sum.setQueryCacheHits(sum.getQueryCacheHits() + one.getQueryCacheHits());
                sum.setQueryCacheMisses(sum.getQueryCacheMisses() + one.getQueryCacheMisses());
            } catch (EngineException e) {
                // the health check tells of a node that does not answer
            }
        }
        return sum.build();
    }
}
