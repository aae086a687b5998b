package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.EngineStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Places the tenants and writes their points, with a checkpoint as often as a node makes one. */
final class FillTenants implements Job {
    private static final long CHECKPOINT_BYTES = 64L << 20;

    @Override
    public Map<String, Double> run(List<String> arguments) throws Exception {
        TenantPoints tenants = TenantPoints.of(arguments);
        CollectionConfig config = CollectionConfig.single(
                tenants.set().dimensions(), tenants.set().metric().distance());
        long bytesOfOne = (long) tenants.points() * tenants.set().dimensions() * Float.BYTES;
        long start = System.nanoTime();
        try (EngineStore store = EngineStore.open(tenants.folder(), EngineIndex.settings())) {
            long index = 1;
            long unsaved = 0;
            for (int number = 0; number < tenants.tenants(); number++) {
                UUID tenant = TenantPoints.tenant(number);
                UUID collection = TenantPoints.collection(number);
                store.placeTenant(index++, tenant, 1, new UUID(1, number), tenants.mode());
                store.createCollection(index++, tenant, collection, config);
                store.upsert(index++, tenant, collection, tenants.records(number), Ceilings.NONE);
                unsaved += bytesOfOne;
                if (unsaved >= CHECKPOINT_BYTES) {
                    store.checkpoint();
                    unsaved = 0;
                }
            }
            store.checkpoint();
            store.awaitUpkeep();
            store.checkpoint();
        }
        return Map.of("rate", tenants.tenants() / ((System.nanoTime() - start) / 1e9));
    }
}
