package dev.vectorhub.api.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * What the engine's nodes say of themselves, over those that answer: what they cannot serve, how much room they have, how far
 * indexing lags and how the query cache does.
 */
@ApplicationScoped
class EngineMeters {
    /** One scrape reads several figures: the nodes are asked once for all of them. */
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    private final MeterRegistry registry;
    /**
     * What all say.
     *
     * @param diskFreeBytes of the node that has least; NaN if none answers
     */
    private record Said(NodeStatus sum, double diskFreeBytes) {}

    private final LoadingCache<EngineClient, Said> said =
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
                "hub.engine.quarantined.tenants",
                "Tenants of which something cannot be served because a file is damaged",
                NodeStatus::getQuarantinedTenants);
        Gauge.builder("hub.engine.disk.free", this, self -> self.said().diskFreeBytes())
                .description("Free bytes on the volume of storage.data_dir; of the node that has least")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
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
        Gauge.builder(name, this, self -> figure.applyAsLong(self.said().sum()))
                .description(description)
                .register(registry);
    }

    private void counter(String name, String description, ToLongFunction<NodeStatus> figure) {
        FunctionCounter.builder(
                        name, this, self -> figure.applyAsLong(self.said().sum()))
                .description(description)
                .register(registry);
    }

    private Said said() {
        return said.get(engine);
    }

    private static Said ask(EngineClient engine) {
        NodeStatus.Builder sum = NodeStatus.newBuilder();
        double free = Double.NaN;
        for (String node : engine.table().nodes()) {
            try {
                NodeStatus one = engine.status(node);
                sum.addAllQuarantined(one.getQuarantinedList());
                sum.setQuarantinedTenants(sum.getQuarantinedTenants() + one.getQuarantinedTenants());
                free = Double.isNaN(free) ? one.getDiskFreeBytes() : Math.min(free, one.getDiskFreeBytes());
                sum.setBacklogPoints(sum.getBacklogPoints() + one.getBacklogPoints());
                sum.setPendingCommands(sum.getPendingCommands() + one.getPendingCommands());
                sum.setQueryCacheHits(sum.getQueryCacheHits() + one.getQueryCacheHits());
                sum.setQueryCacheMisses(sum.getQueryCacheMisses() + one.getQueryCacheMisses());
            } catch (EngineException e) {
                // the health check tells of a node that does not answer
            }
        }
        return new Said(sum.build(), free);
    }
}
