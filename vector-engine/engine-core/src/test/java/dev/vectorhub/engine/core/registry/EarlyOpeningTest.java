package dev.vectorhub.engine.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.collection.LiveCollection;
import dev.vectorhub.engine.core.collection.Residency;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections with a graph are open before anybody asks; all others stay asleep. */
class EarlyOpeningTest {
    private static final UUID LARGE = new UUID(1, 1);
    private static final UUID SMALL = new UUID(1, 2);
    private static final UUID COLLECTION = new UUID(2, 2);
    private static final StoreSettings SETTINGS =
            StoreSettings.of(1, Compression.LZ4, 3, new HnswConfig(8, 40, 200), 100);

    @TempDir
    Path directory;

    @BeforeEach
    void fill() throws InterruptedException {
        try (EngineStore store = EngineStore.open(directory, SETTINGS)) {
            fill(store, LARGE, 2_000);
            fill(store, SMALL, 20);
            store.checkpoint();
            store.awaitUpkeep();
            store.checkpoint();
        }
    }

    private static void fill(EngineStore store, UUID tenant, int points) {
        Random random = new Random(points);
        store.placeTenant(1, tenant, 1, new UUID(3, 3), IsolationMode.STORAGE);
        store.createCollection(2, tenant, COLLECTION, CollectionConfig.single(64, Distance.EUCLID));
        List<PointRecord> batch = new ArrayList<>();
        for (int id = 0; id < points; id++) {
            float[] vector = new float[64];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = random.nextFloat();
            }
            batch.add(PointRecord.of(PointId.of(id), vector));
        }
        store.upsert(3, tenant, COLLECTION, batch, Ceilings.NONE);
    }

    @Test
    void whatHasAGraphIsOpenWithoutAQueryUntilMemoryIsShort() throws InterruptedException {
        try (StoreFrame frame = StoreFrame.open(directory, SETTINGS)) {
            frame.start(Runnable::run);
            frame.awaitUpkeep();
            Registry registry = frame.registry();
            Tenant large = registry.peek(LARGE);
            assertNotNull(large);
            LiveCollection collection = large.collection(COLLECTION);
            assertNotNull(collection);
            assertTrue(collection.hasGraph());
            assertTrue(collection.isOpen());
            assertNull(registry.peek(SMALL), "nobody has asked for it");

            IdleTenants idle = new IdleTenants(registry, frame.checkpoints(), Runnable::run);
            idle.close(0);
            assertTrue(collection.isOpen(), "opening it again takes too long");
            idle.trim(new Residency(-1, frame.around().files(), () -> {}));
            assertFalse(collection.isOpen());
            idle.close(0);
            assertEquals(List.of(), registry.awake());
        }
    }

    @Test
    void nothingIsOpenedBeyondTheBound() throws InterruptedException {
        try (StoreFrame frame = StoreFrame.open(directory, SETTINGS.withBounds(100_000, 1_000_000))) {
            frame.start(Runnable::run);
            frame.awaitUpkeep();
            assertNull(frame.registry().peek(LARGE));
            assertEquals(0, frame.around().residency().bytes());
        }
    }
}
