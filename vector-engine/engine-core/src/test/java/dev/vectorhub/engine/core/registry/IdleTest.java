package dev.vectorhub.engine.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.UpsertMode;
import dev.vectorhub.engine.core.collection.Commands;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Idle collections hold no mapping. */
class IdleTest {
    private static final UUID TENANT = new UUID(1, 1);

    @TempDir
    Path directory;

    @Test
    void idleCollectionsLetTheirFilesGo() {
        try (StoreFrame frame = StoreFrame.open(directory, StoreSettings.defaults())) {
            Registry registry = frame.registry();
            frame.start(Runnable::run);
            frame.tenantCommands().place(TENANT, 1, new UUID(2, 2), IsolationMode.NONE);
            for (int c = 0; c < 3; c++) {
                UUID id = new UUID(3, c);
                frame.collectionCommands().create(1, TENANT, id, CollectionConfig.single(2, Distance.DOT));
                LiveCollection collection = registry.collection(TENANT, id);
                assertEquals(1, upsert(collection, 5 + c));
                assertFalse(collection.unload(), "changes are only in memory");
            }
            frame.checkpoints().begin(10).complete();
            assertEquals(1, frame.around().files().count(), "one slab, one mapping");
            Tenant tenant = registry.tenant(TENANT);
            assertNotNull(tenant);
            for (LiveCollection collection : tenant.collections()) {
                assertTrue(collection.unload());
            }
            assertEquals(0, frame.around().files().count());
            new IdleTenants(registry, frame.checkpoints(), Runnable::run).letGo(tenant);
            assertEquals(List.of(), registry.awake());
            LiveCollection again = registry.collection(TENANT, new UUID(3, 1));
            assertEquals(1, Reading.info(again).points());
            assertEquals(1, frame.around().files().count());
            assertEquals(1, upsert(again, 100));
            assertEquals(2, Reading.count(again, null));
        }
    }

    private static int upsert(LiveCollection collection, int id) {
        return Commands.upsert(
                collection,
                1,
                List.of(PointRecord.of(PointId.of(id), new float[] {1, 2})),
                UpsertMode.UPSERT,
                null,
                Ceilings.NONE,
                () -> 0);
    }
}
