package dev.vectorhub.engine.core.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.UpsertMode;
import dev.vectorhub.engine.core.registry.StoreFrame;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Background threads look at views that commands have left behind meanwhile. */
class RewritePolicyTest {
    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID COLLECTION = new UUID(2, 2);

    @TempDir
    Path directory;

    @Test
    void aPartThatWasSealedAfterTheViewIsNotRewrittenAsTheViewShowsIt() {
        StoreSettings settings =
                new StoreSettings(1, Compression.LZ4, 3, new HnswConfig(4, 20, 900), 50, 20_000, 1_000_000);
        try (StoreFrame frame = StoreFrame.open(directory, settings)) {
            frame.start(Runnable::run);
            frame.tenantCommands().place(TENANT, 1, new UUID(9, 9), IsolationMode.NONE);
            frame.collectionCommands().create(1, TENANT, COLLECTION, CollectionConfig.single(2, Distance.DOT));
            LiveCollection collection = frame.registry().collection(TENANT, COLLECTION);
            upsert(collection, 0, 10);
            View before = collection.acquire();
            try {
                // more than a part takes
                upsert(collection, 10, 400);
                assertEquals(List.of(), RewritePolicy.upkeep(collection, before));
                assertEquals(List.of(), RewritePolicy.full(collection, before));
                View after = collection.acquire();
                try {
                    LivePart sealed = after.parts().getFirst();
                    assertEquals(List.of(sealed), RewritePolicy.upkeep(collection, after));
                } finally {
                    after.release();
                }
            } finally {
                before.release();
            }
        }
    }

    private static void upsert(LiveCollection collection, int from, int points) {
        List<PointRecord> batch = IntStream.range(from, from + points)
                .mapToObj(id -> PointRecord.of(PointId.of(id), new float[] {1, 2}))
                .toList();
        Commands.upsert(collection, 1, batch, UpsertMode.UPSERT, null, Ceilings.NONE, () -> 0);
    }
}
