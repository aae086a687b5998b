package dev.vectorhub.node;

import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.CollectionStats;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.quota.StorageReading;
import dev.vectorhub.tenant.TenantId;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each node how it is and what each tenant stores there; quotas and meters live on the answers. */
@Singleton
public class NodeMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(NodeMonitor.class);
    private static final Duration ALL_EVERY = Duration.ofMinutes(1);

    private final EngineNodes engines;
    private final NodeService nodes;
    private final QuotaService quotas;
    private final StoredBeside beside;
    private final Iterable<StorageObserver> observers;
    private final Clock clock;
    private Map<TenantId, StorageReading> recorded = Map.of();
    private Instant allRecordedAt = Instant.EPOCH;

    @Inject
    public NodeMonitor(
            EngineNodes engines,
            NodeService nodes,
            QuotaService quotas,
            StoredBeside beside,
            Instance<StorageObserver> observers,
            Clock clock) {
        this(engines, nodes, quotas, beside, (Iterable<StorageObserver>) observers, clock);
    }

    NodeMonitor(
            EngineNodes engines,
            NodeService nodes,
            QuotaService quotas,
            StoredBeside beside,
            Iterable<StorageObserver> observers,
            Clock clock) {
        this.engines = engines;
        this.nodes = nodes;
        this.quotas = quotas;
        this.beside = beside;
        this.observers = observers;
        this.clock = clock;
    }

    /**
     * One round: heartbeats, storage gauges, and the states of tenants that are over their storage quota or fit again.
     * Answers how many nodes answered.
     */
    public int runOnce() {
        Map<TenantId, StorageReading> readings = new HashMap<>();
        Map<UUID, Long> others = new HashMap<>(beside.bytes());
        int answered = 0;
        for (String node : engines.ids()) {
            List<TenantStats> stats;
            try {
                stats = with(others, ask(node));
            } catch (RuntimeException e) {
                LOG.warn("node {} does not answer: {}", node, e.getMessage());
                nodes.unreachable(node, String.valueOf(e.getMessage()));
                continue;
            }
            answered++;
            for (TenantStats tenant : stats) {
                StorageReading reading = reading(tenant);
                readings.merge(reading.tenant(), reading, NodeMonitor::sum);
            }
            tell(node, stats);
        }
        if (answered == engines.ids().size()) {
            // With a node missing, sums over nodes would be too small and lift ceilings that hold.
            quotas.record(news(readings));
            quotas.enforceStorage();
        }
        return answered;
    }

    /** What differs from the last round; now and then all, for what others may have written meanwhile. */
    private List<StorageReading> news(Map<TenantId, StorageReading> readings) {
        Instant now = clock.instant();
        boolean all = now.isAfter(allRecordedAt.plus(ALL_EVERY));
        List<StorageReading> news = readings.values().stream()
                .filter(reading -> all || !reading.equals(recorded.get(reading.tenant())))
                .toList();
        recorded = readings;
        if (all) {
            allRecordedAt = now;
        }
        return news;
    }

    private List<TenantStats> ask(String node) {
        EngineTransport transport = engines.transport(node);
        nodes.heartbeat(node, transport.status(NodeStatusRequest.getDefaultInstance()));
        return transport.tenantStats(TenantStatsRequest.getDefaultInstance()).getTenantsList();
    }

    /** Adds what is stored beside, once: to what the first node that holds the tenant says. */
    private static List<TenantStats> with(Map<UUID, Long> others, List<TenantStats> stats) {
        if (others.isEmpty()) {
            return stats;
        }
        List<TenantStats> all = new ArrayList<>(stats.size());
        for (TenantStats tenant : stats) {
            Long bytes = others.remove(id(tenant));
            all.add(bytes == null ? tenant : with(bytes, tenant));
        }
        return all;
    }

    /** As if it were one more collection, with the tenant's id for its own. */
    private static TenantStats with(long bytes, TenantStats tenant) {
        return tenant.toBuilder()
                .setLogicalBytes(tenant.getLogicalBytes() + bytes)
                .setDiskBytes(tenant.getDiskBytes() + bytes)
                .addCollections(CollectionStats.newBuilder()
                        .setCollection(tenant.getTenant())
                        .setLogicalBytes(bytes)
                        .setDiskBytes(bytes))
                .build();
    }

    private void tell(String node, List<TenantStats> stats) {
        Instant now = clock.instant();
        for (StorageObserver observer : observers) {
            try {
                observer.observed(node, stats, now);
            } catch (RuntimeException e) {
                // The node is well; the next round tells the observer anew.
                LOG.error("an observer of storage failed on node {}", node, e);
            }
        }
    }

    private static StorageReading reading(TenantStats stats) {
        long points = 0;
        long fullest = 0;
        for (CollectionStats collection : stats.getCollectionsList()) {
            points += collection.getPoints();
            fullest = Math.max(fullest, collection.getPoints());
        }
        return new StorageReading(
                new TenantId(id(stats)), points, fullest, stats.getLogicalBytes(), stats.getDiskBytes());
    }

    private static UUID id(TenantStats stats) {
        ByteBuffer id = stats.getTenant().asReadOnlyByteBuffer();
        return new UUID(id.getLong(), id.getLong());
    }

    private static StorageReading sum(StorageReading one, StorageReading other) {
        return new StorageReading(
                one.tenant(),
                one.points() + other.points(),
                Math.max(one.fullestCollectionPoints(), other.fullestCollectionPoints()),
                one.logicalBytes() + other.logicalBytes(),
                one.diskBytes() + other.diskBytes());
    }
}
