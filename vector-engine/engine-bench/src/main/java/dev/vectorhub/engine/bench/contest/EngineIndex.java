package dev.vectorhub.engine.bench.contest;

import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.VectorConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/** The engine: a store with one collection, filled by commands, checkpointed, its background work awaited. */
public final class EngineIndex implements Index {
    public static final UUID TENANT = new UUID(0, 1);
    public static final UUID COLLECTION = new UUID(0, 2);
    private static final int BATCH = 500;

    private final DataSet set;
    private final EngineStore store;

    /** @param folder an empty one, or one that an index was built in: then it answers at once */
    public EngineIndex(DataSet set, Path folder) {
        this.set = set;
        this.store = EngineStore.open(folder, settings());
    }

    /** Defaults, with one thread for background work: one core is what there is. */
    public static StoreSettings settings() {
        StoreSettings defaults = StoreSettings.defaults();
        return StoreSettings.of(
                1, defaults.compression(), defaults.compressionLevel(), defaults.hnsw(), defaults.efSearch());
    }

    @Override
    public void build(int m, int efConstruct) throws InterruptedException {
        build(new HnswConfig(m, efConstruct, 0), List.of(), row -> "");
    }

    /**
     * Loads all base rows and waits until they are sealed and indexed.
     *
     * @param fields to be indexed as integers
     * @param payload of a base row, as JSON; empty for none
     */
    public void build(HnswConfig hnsw, List<String> fields, IntFunction<String> payload) throws InterruptedException {
        long index = 1;
        store.placeTenant(index++, TENANT, 1, new UUID(0, 3), IsolationMode.COLLECTION);
        store.createCollection(
                index++,
                TENANT,
                COLLECTION,
                new CollectionConfig(
                        List.of(new VectorConfig(
                                "", set.dimensions(), set.metric().distance())),
                        hnsw,
                        IsolationMode.COLLECTION));
        for (String field : fields) {
            store.createFieldIndex(index++, TENANT, COLLECTION, field, FieldSpec.of(FieldType.INTEGER));
        }
        DataSet.Vectors vectors = set.vectors();
        for (int from = 0; from < set.base(); from += BATCH) {
            List<PointRecord> batch = new ArrayList<>(BATCH);
            for (int row = from; row < Math.min(set.base(), from + BATCH); row++) {
                batch.add(PointRecord.of(PointId.of(row), vectors.base(row), payload.apply(row)));
            }
            store.upsert(index++, TENANT, COLLECTION, batch, Ceilings.NONE);
        }
        settle();
    }

    /** Everything on disk, all background work done. */
    public void settle() throws InterruptedException {
        store.checkpoint();
        store.awaitUpkeep();
        store.checkpoint();
    }

    @Override
    public void search(float[] query, int ef, int k, int[] rows, int at) {
        List<ScoredPoint> hits = store.search(
                        TENANT, COLLECTION, SearchSpec.nearest(query, k).withEf(ef))
                .points();
        for (int i = 0; i < hits.size(); i++) {
            rows[at + i] = row(hits.get(i).id());
        }
    }

    public EngineStore store() {
        return store;
    }

    public SearchHits search(float[] query, int ef) {
        return store.search(
                TENANT, COLLECTION, SearchSpec.nearest(query, Truth.K).withEf(ef));
    }

    /** Points are numbered by their base row. */
    public static int row(PointId id) {
        return switch (id) {
            case PointId.Num(long value) -> Math.toIntExact(value);
            case PointId.Uuid uuid -> throw new IllegalStateException("a point that was never written: " + uuid);
        };
    }

    @Override
    public long diskBytes() {
        return store.info(TENANT, COLLECTION).diskBytes();
    }

    @Override
    public void close() {
        store.close();
    }
}
