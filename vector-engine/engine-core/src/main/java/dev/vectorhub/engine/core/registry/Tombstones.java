package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.storage.StoreRecord.DroppedTenant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Generations of dropped tenants, so that older commands stay refused; the oldest are forgotten first. */
final class Tombstones {
    private static final int COUNT_MAX = 1_000_000;

    private final Map<UUID, DroppedTenant> dropped = new LinkedHashMap<>();

    Tombstones(Collection<DroppedTenant> known) {
        known.forEach(tombstone -> dropped.put(tombstone.tenant(), tombstone));
    }

    @Nullable
    DroppedTenant find(UUID tenant) {
        return dropped.get(tenant);
    }

    void add(DroppedTenant tombstone) {
        dropped.remove(tombstone.tenant());
        dropped.put(tombstone.tenant(), tombstone);
        if (dropped.size() > COUNT_MAX) {
            dropped.remove(dropped.keySet().iterator().next());
        }
    }

    List<DroppedTenant> list() {
        return List.copyOf(dropped.values());
    }
}
