package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreStatus;
import dev.vectorhub.engine.core.TenantStatus;
import dev.vectorhub.engine.core.TenantStatus.CollectionUsage;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Upkeep;
import dev.vectorhub.engine.core.storage.CatalogTotals;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.TenantRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts what is there, without waking who sleeps. */
public final class StoreStatistics {
    private StoreStatistics() {}

    public static List<TenantStatus> tenants(Registry registry, @Nullable UUID only) {
        List<TenantStatus> all = new ArrayList<>();
        if (only != null) {
            Tenant awake = registry.peek(only);
            TenantRecord record =
                    registry.isAwakeOrGone(only) ? null : registry.catalog().find(only);
            if (awake != null) {
                all.add(status(awake));
            } else if (record != null) {
                all.add(status(record));
            }
            return all;
        }
        // one that is let go or woken meanwhile counts once
        Set<UUID> counted = new HashSet<>();
        for (Tenant tenant : registry.awake()) {
            counted.add(tenant.id());
            all.add(status(tenant));
        }
        registry.catalog().forEach(record -> {
            if (!counted.contains(record.tenant())) {
                all.addAll(tenants(registry, record.tenant()));
            }
        });
        return all;
    }

    private static TenantStatus status(Tenant tenant) {
        List<CollectionUsage> usage = new ArrayList<>();
        for (LiveCollection collection : tenant.collections()) {
            usage.add(new CollectionUsage(
                    collection.id(),
                    collection.points(),
                    collection.logicalBytes(),
                    collection.diskBytes(),
                    !tenant.isInPlace(collection),
                    message(collection.quarantined())));
        }
        return TenantStatus.of(tenant.id(), tenant.generation(), tenant.mode(), message(tenant.quarantine()), usage);
    }

    private static TenantStatus status(TenantRecord record) {
        List<CollectionUsage> usage = new ArrayList<>();
        for (CollectionEntry entry : record.collections()) {
            usage.add(new CollectionUsage(
                    entry.record().collection(),
                    entry.record().points(),
                    entry.record().logicalBytes(),
                    entry.diskBytes(),
                    record.isMisplaced(entry),
                    null));
        }
        return TenantStatus.of(record.tenant(), record.generation(), record.mode(), null, usage);
    }

    private static @Nullable String message(@Nullable StoreException fault) {
        return fault == null ? null : fault.getMessage();
    }

    /** The catalog's sums, with those in use counted as they are now. */
    private static CatalogTotals totals(Registry registry) {
        CatalogTotals totals = registry.catalog().totals();
        for (Tenant tenant : registry.awakeOrGone()) {
            TenantRecord durable = registry.catalog().find(tenant.id());
            if (durable != null) {
                totals = totals.minus(CatalogTotals.of(durable));
            }
            if (!tenant.isDropped()) {
                totals = totals.plus(now(tenant));
            }
        }
        return totals;
    }

    private static CatalogTotals now(Tenant tenant) {
        long points = 0;
        long disk = 0;
        for (LiveCollection collection : tenant.collections()) {
            points += collection.points();
            disk += collection.diskBytes();
        }
        return new CatalogTotals(1, tenant.collections().size(), points, disk);
    }

    public static StoreStatus status(StoreFrame frame, long applied) {
        Registry registry = frame.registry();
        CatalogTotals totals = totals(registry);
        Map<UUID, Long> backlogs = new HashMap<>();
        List<String> quarantined = new ArrayList<>();
        registry.catalog().damages().forEach(fault -> quarantined.add("tenants: " + fault.getMessage()));
        int hurt = 0;
        for (Tenant tenant : registry.awake()) {
            int before = quarantined.size();
            StoreException fault = tenant.quarantine();
            if (fault != null) {
                quarantined.add("tenant " + tenant.id() + ": " + fault.getMessage());
            }
            for (LiveCollection collection : tenant.collections()) {
                backlogs.merge(tenant.id(), Upkeep.backlog(collection), Long::sum);
                StoreException damage = collection.quarantined();
                if (damage != null) {
                    quarantined.add("collection " + collection.id() + ": " + damage.getMessage());
                }
            }
            hurt += quarantined.size() > before ? 1 : 0;
        }
        backlogs.values().removeIf(points -> points == 0);
        Map<UUID, Long> heldBack = heldBack(backlogs, frame.around().settings().backlogPointsMax());
        return new StoreStatus(
                totals.tenants(),
                totals.collections(),
                totals.points(),
                totals.diskBytes(),
                frame.around().layout().root().toFile().getUsableSpace(),
                applied,
                frame.checkpoints().durableIndex(),
                frame.around().kernel().name(),
                sum(backlogs),
                heldBack,
                heldBack.keySet().stream().anyMatch(tenant -> isInMemory(registry.peek(tenant))),
                quarantined,
                hurt);
    }

    private static boolean isInMemory(@Nullable Tenant tenant) {
        return tenant != null && tenant.collections().stream().anyMatch(Upkeep::isInMemory);
    }

    /** Over the bound, those with more than an equal share of it: at least one has, and who waits for another's graphs writes on. */
    static Map<UUID, Long> heldBack(Map<UUID, Long> backlogs, long pointsMax) {
        if (sum(backlogs) <= pointsMax) {
            return Map.of();
        }
        Map<UUID, Long> over = new HashMap<>(backlogs);
        over.values().removeIf(points -> points <= pointsMax / backlogs.size());
        return over;
    }

    private static long sum(Map<UUID, Long> backlogs) {
        return backlogs.values().stream().mapToLong(Long::longValue).sum();
    }
}
