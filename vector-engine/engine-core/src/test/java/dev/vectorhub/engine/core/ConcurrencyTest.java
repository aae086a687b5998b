package dev.vectorhub.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers beside the applying thread, checkpoints and upkeep: each read sees the state between two commands. */
class ConcurrencyTest {
    private static final int POINTS = 40;
    private static final int ROUNDS = 600;
    private static final UUID TENANT = RandomOps.tenant(0);
    private static final UUID COLLECTION = RandomOps.collection(0, 0);

    @TempDir
    Path directory;

    @Test
    void eachReadSeesOneState() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        try (EngineStore store = EngineStore.open(directory, EngineStorePropertyTest.small());
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            store.placeTenant(1, TENANT, 1, new UUID(1, 1), IsolationMode.COLLECTION);
            store.createCollection(2, TENANT, COLLECTION, CollectionConfig.single(4, Distance.EUCLID));
            store.upsert(3, TENANT, COLLECTION, round(0), Ceilings.NONE);
            List<Future<?>> readers = new ArrayList<>();
            for (int r = 0; r < 2; r++) {
                readers.add(threads.submit(() -> {
                    while (!done.get()) {
                        read(store);
                        reads.incrementAndGet();
                    }
                }));
            }
            Future<?> checkpoint = null;
            for (int k = 1; k <= ROUNDS; k++) {
                store.upsert(3 + k, TENANT, COLLECTION, round(k), Ceilings.NONE);
                if (checkpoint == null || checkpoint.isDone()) {
                    if (checkpoint != null) {
                        checkpoint.get();
                    }
                    EngineStore.PendingCheckpoint pending = store.beginCheckpoint(3 + k);
                    checkpoint = threads.submit(pending::complete);
                }
            }
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
            if (checkpoint != null) {
                checkpoint.get();
            }
            store.checkpoint();
        }
        assertTrue(reads.get() > 10, "reads: " + reads.get());
        try (EngineStore store = EngineStore.open(directory, EngineStorePropertyTest.small())) {
            assertEquals(ROUNDS, read(store));
        }
    }

    /** All points are replaced together: their vectors and payloads carry the number of the round. */
    private static List<PointRecord> round(int k) {
        List<PointRecord> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(PointRecord.of(PointId.of(i), new float[] {k, k, k, i}, "{\"k\":" + k + "}"));
        }
        return points;
    }

    private static int read(EngineStore store) {
        ScrollPage page = store.scroll(TENANT, COLLECTION, null, null, 100, PayloadSelection.ALL, VectorSelection.ALL);
        assertEquals(POINTS, page.points().size());
        String payload = new String(page.points().getFirst().payloadJson(), StandardCharsets.UTF_8);
        int k = Integer.parseInt(payload.replaceAll("\\D", ""));
        for (PointRecord point : page.points()) {
            assertEquals(payload, new String(point.payloadJson(), StandardCharsets.UTF_8));
            assertEquals(
                    (float) k, ((VectorValue.Dense) point.vectors().getFirst().value()).components()[0]);
        }
        SearchHits hits = store.search(
                TENANT,
                COLLECTION,
                SearchSpec.nearest(new float[] {k, k, k, 7}, POINTS).exactly());
        assertEquals(POINTS, hits.points().size());
        long version = hits.points().getFirst().version();
        hits.points().forEach(hit -> assertEquals(version, hit.version()));
        return k;
    }
}
