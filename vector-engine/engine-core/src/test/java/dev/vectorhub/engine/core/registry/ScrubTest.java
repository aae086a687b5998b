package dev.vectorhub.engine.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.collection.FileCheck;
import dev.vectorhub.engine.core.collection.FileSweep;
import dev.vectorhub.engine.core.collection.LiveCollection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScrubTest {
    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID COLLECTION = new UUID(2, 2);
    private static final StoreSettings SETTINGS =
            StoreSettings.of(1, Compression.NONE, 3, new HnswConfig(8, 40, 500), 100);

    @TempDir
    Path directory;

    private void fill(IsolationMode mode) throws InterruptedException {
        try (EngineStore store = EngineStore.open(directory, SETTINGS)) {
            store.placeTenant(1, TENANT, 1, new UUID(3, 3), mode);
            store.createCollection(
                    2,
                    TENANT,
                    COLLECTION,
                    new CollectionConfig(
                            List.of(new VectorConfig("a", 2, Distance.EUCLID), new VectorConfig("b", 3, Distance.DOT)),
                            HnswConfig.DEFAULT,
                            IsolationMode.NONE));
            List<PointRecord> points = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                points.add(new PointRecord(
                        PointId.of(i),
                        List.of(new NamedVector("a", new float[] {i, 1}), new NamedVector("b", new float[] {1, i, 2})),
                        new byte[0]));
            }
            store.upsert(3, TENANT, COLLECTION, points, Ceilings.NONE);
            store.checkpoint();
            store.awaitUpkeep();
            store.checkpoint();
        }
    }

    /** What is durable is older than the vectors are now, and sound all the same. */
    @ParameterizedTest
    @EnumSource(IsolationMode.class)
    void aPlaceThatAnotherVectorTookIsNoDamage(IsolationMode mode) throws InterruptedException {
        fill(mode);
        try (StoreFrame frame = StoreFrame.open(directory, SETTINGS)) {
            frame.start(Runnable::run);
            CollectionCommands commands = frame.collectionCommands();
            LiveCollection collection = frame.registry().collection(TENANT, COLLECTION);
            commands.removeVector(TENANT, COLLECTION, "b");
            frame.upkeep().look(collection);
            frame.awaitUpkeep();
            commands.addVector(TENANT, COLLECTION, VectorConfig.multi("b", 5, Distance.DOT));
            assertEquals(2, collection.config().vectors().size(), "the place is taken anew");
            assertTrue(FileCheck.check(collection) > 0);
            assertNull(collection.quarantined());
        }
    }

    /** Until the next checkpoint the directory is the old one's: a store that is opened then finds it whole. */
    @ParameterizedTest
    @EnumSource(
            value = IsolationMode.class,
            names = {"COLLECTION", "STORAGE"})
    void whatTheLastCheckpointHasIsNotSweptForOneOfTheSameId(IsolationMode mode) throws Exception {
        fill(mode);
        try (StoreFrame frame = StoreFrame.open(directory, SETTINGS)) {
            frame.start(Runnable::run);
            CollectionCommands commands = frame.collectionCommands();
            commands.drop(TENANT, COLLECTION);
            commands.create(9, TENANT, COLLECTION, CollectionConfig.single(2, Distance.DOT));
            FileSweep.sweep(frame.registry().collection(TENANT, COLLECTION));
        }
        try (StoreFrame frame = StoreFrame.open(directory, SETTINGS)) {
            LiveCollection collection = frame.registry().collection(TENANT, COLLECTION);
            collection.ensureLoaded();
            assertNull(collection.quarantined());
            assertEquals(2_000, collection.points());
        }
    }
}
