package dev.vectorhub.engine.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors come to a collection and go from it while it has points. */
class VectorsOfCollectionTest {
    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID COLLECTION = new UUID(2, 2);
    private static final int POINTS = 2_000;

    @TempDir
    Path directory;

    private EngineStore store;
    private long index;

    @BeforeEach
    void open() {
        store = EngineStore.open(directory, settings());
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Sealed parts, graphs and all, with few points. */
    private static StoreSettings settings() {
        return StoreSettings.of(1, Compression.NONE, 3, new HnswConfig(8, 40, 500), 100);
    }

    private void create(IsolationMode mode) {
        store.placeTenant(++index, TENANT, 1, new UUID(3, 3), mode);
        store.createCollection(
                ++index,
                TENANT,
                COLLECTION,
                new CollectionConfig(
                        List.of(new VectorConfig("a", 4, Distance.EUCLID), new VectorConfig("b", 8, Distance.DOT)),
                        HnswConfig.DEFAULT,
                        IsolationMode.NONE));
    }

    private void fill(String name, int size, float from) {
        List<PointRecord> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            float[] vector = new float[size];
            for (int c = 0; c < size; c++) {
                vector[c] = from + i + c;
            }
            points.add(new PointRecord(PointId.of(i), List.of(new NamedVector(name, vector)), new byte[0]));
        }
        if (store.info(TENANT, COLLECTION).points() == 0) {
            store.upsert(++index, TENANT, COLLECTION, points, Ceilings.NONE);
        } else {
            store.updateVectors(++index, TENANT, COLLECTION, points, null, Ceilings.NONE);
        }
    }

    private List<NamedVector> vectors(int id) {
        return store.retrieve(TENANT, COLLECTION, List.of(PointId.of(id)), PayloadSelection.NONE, VectorSelection.ALL)
                .getFirst()
                .vectors();
    }

    private void reopen() {
        store.close();
        store = EngineStore.open(directory, settings());
    }

    private static SearchSpec near(String using, float[] vector) {
        SearchSpec spec = SearchSpec.nearest(vector, 3);
        return new SearchSpec(
                using,
                spec.query(),
                null,
                3,
                0,
                null,
                0,
                false,
                false,
                QuantizationSearch.DEFAULT,
                PayloadSelection.NONE,
                VectorSelection.NONE);
    }

    @ParameterizedTest
    @EnumSource(IsolationMode.class)
    void aNewVectorIsMissingUntilItIsGiven(IsolationMode mode) {
        create(mode);
        fill("a", 4, 0);
        store.checkpoint();
        VectorConfig late = new VectorConfig("late", 2, Distance.EUCLID);
        store.addVector(++index, TENANT, COLLECTION, late);
        store.addVector(++index, TENANT, COLLECTION, late);
        StoreException refused = assertThrows(
                StoreException.class,
                () -> store.addVector(++index, TENANT, COLLECTION, new VectorConfig("late", 3, Distance.EUCLID)));
        assertEquals("Vector `late` already exists with a different configuration", refused.getMessage());
        assertEquals(List.of("a"), vectors(7).stream().map(NamedVector::name).toList());
        assertTrue(store.search(TENANT, COLLECTION, near("late", new float[] {1, 1}))
                .points()
                .isEmpty());
        store.updateVectors(
                ++index,
                TENANT,
                COLLECTION,
                List.of(new PointRecord(
                        PointId.of(7), List.of(new NamedVector("late", new float[] {1, 2})), new byte[0])),
                null,
                Ceilings.NONE);
        for (int round = 0; round < 2; round++) {
            assertEquals(
                    List.of("a", "late"),
                    vectors(7).stream().map(NamedVector::name).toList());
            assertEquals(
                    List.of(PointId.of(7)),
                    store.search(TENANT, COLLECTION, near("late", new float[] {1, 1})).points().stream()
                            .map(ScoredPoint::id)
                            .toList());
            store.checkpoint();
            reopen();
        }
    }

    /** Such a collection is payload alone, until it is given a vector. */
    @ParameterizedTest
    @EnumSource(IsolationMode.class)
    void aCollectionMayHaveNone(IsolationMode mode) throws Exception {
        store.placeTenant(++index, TENANT, 1, new UUID(3, 3), mode);
        store.createCollection(
                ++index, TENANT, COLLECTION, new CollectionConfig(List.of(), HnswConfig.DEFAULT, IsolationMode.NONE));
        List<PointRecord> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(new PointRecord(
                    PointId.of(i), List.of(), ("{\"n\":" + i % 5 + "}").getBytes(StandardCharsets.UTF_8)));
        }
        store.upsert(++index, TENANT, COLLECTION, points, Ceilings.NONE);
        Filter third = Filter.must(new Condition.Match("n", new Condition.MatchValue.Int(3)));
        for (int round = 0; round < 3; round++) {
            assertEquals(POINTS, store.info(TENANT, COLLECTION).points());
            assertEquals(POINTS / 5, store.count(TENANT, COLLECTION, third));
            assertEquals(List.of(), vectors(7));
            store.checkpoint();
            store.awaitUpkeep();
            reopen();
        }
        store.addVector(++index, TENANT, COLLECTION, new VectorConfig("a", 4, Distance.EUCLID));
        store.updateVectors(
                ++index,
                TENANT,
                COLLECTION,
                List.of(new PointRecord(PointId.of(7), List.of(new NamedVector("a", new float[4])), new byte[0])),
                null,
                Ceilings.NONE);
        store.checkpoint();
        reopen();
        assertEquals(
                List.of(PointId.of(7)),
                store.search(TENANT, COLLECTION, near("a", new float[4])).points().stream()
                        .map(ScoredPoint::id)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(IsolationMode.class)
    void whatIsRemovedIsGoneAndDoesNotComeBackUnderItsName(IsolationMode mode) throws Exception {
        create(mode);
        fill("a", 4, 0);
        fill("b", 8, 0);
        store.checkpoint();
        store.awaitUpkeep();
        store.checkpoint();
        long bytes = store.info(TENANT, COLLECTION).logicalBytes();
        long disk = store.tenantStats(TENANT).getFirst().diskBytes();
        store.removeVector(++index, TENANT, COLLECTION, "b");
        store.removeVector(++index, TENANT, COLLECTION, "b");
        assertEquals(bytes - POINTS * 32L, store.info(TENANT, COLLECTION).logicalBytes());
        assertThrows(StoreException.class, () -> store.search(TENANT, COLLECTION, near("b", new float[8])));
        store.addVector(++index, TENANT, COLLECTION, VectorConfig.multi("b", 8, Distance.DOT));
        for (int round = 0; round < 3; round++) {
            assertEquals(
                    List.of("a"), vectors(11).stream().map(NamedVector::name).toList());
            assertTrue(store.search(TENANT, COLLECTION, near("b", new float[8]))
                    .points()
                    .isEmpty());
            assertEquals(
                    PointId.of(11),
                    store.search(TENANT, COLLECTION, near("a", new float[] {11, 12, 13, 14}))
                            .points()
                            .getFirst()
                            .id());
            if (round == 1) {
                store.checkpoint();
                store.awaitUpkeep();
            }
            reopen();
            if (round == 0) {
                // no checkpoint has seen the commands: the log has them applied again
                replay();
            }
        }
        store.checkpoint();
        store.awaitUpkeep();
        store.checkpoint();
        assertTrue(store.tenantStats(TENANT).getFirst().diskBytes() <= disk - POINTS * 32L, "the bytes are gone");
        fill("b", 8, 5);
        assertArrayEquals(
                new float[] {16, 17, 18, 19, 20, 21, 22, 23},
                ((VectorValue.Multi) vectors(11).get(1).value()).components());
    }

    /** The commands since the last checkpoint, as the log has them. */
    private void replay() {
        long from = store.durableIndex();
        if (from < index) {
            store.removeVector(index - 2, TENANT, COLLECTION, "b");
            store.removeVector(index - 1, TENANT, COLLECTION, "b");
            store.addVector(index, TENANT, COLLECTION, VectorConfig.multi("b", 8, Distance.DOT));
        }
    }

    /** What a checkpoint writes is the state that it was begun with, whatever becomes of the vectors until it is complete. */
    @ParameterizedTest
    @EnumSource(IsolationMode.class)
    void aVectorThatIsAddedWhileACheckpointIsWrittenIsNoneOfIt(IsolationMode mode) {
        create(mode);
        fill("a", 4, 0);
        EngineStore.PendingCheckpoint checkpoint = store.beginCheckpoint(index);
        store.addVector(index + 1, TENANT, COLLECTION, new VectorConfig("late", 2, Distance.EUCLID));
        checkpoint.complete();
        reopen();
        assertEquals(List.of(), store.status().quarantined());
        assertEquals(List.of("a"), vectors(7).stream().map(NamedVector::name).toList());
        store.addVector(++index, TENANT, COLLECTION, new VectorConfig("late", 2, Distance.EUCLID));
        fill("late", 2, 3);
        assertEquals(
                List.of("a", "late"), vectors(7).stream().map(NamedVector::name).toList());
    }

    @ParameterizedTest
    @EnumSource(IsolationMode.class)
    void aVectorThatIsRemovedWhileACheckpointIsWrittenIsInIt(IsolationMode mode) {
        create(mode);
        fill("a", 4, 0);
        fill("b", 8, 0);
        long bytes = store.info(TENANT, COLLECTION).logicalBytes();
        EngineStore.PendingCheckpoint checkpoint = store.beginCheckpoint(index);
        store.removeVector(index + 1, TENANT, COLLECTION, "b");
        checkpoint.complete();
        assertEquals(List.of("a"), vectors(7).stream().map(NamedVector::name).toList());
        reopen();
        assertEquals(
                List.of("a", "b"), vectors(7).stream().map(NamedVector::name).toList());
        store.removeVector(++index, TENANT, COLLECTION, "b");
        assertEquals(bytes - POINTS * 32L, store.info(TENANT, COLLECTION).logicalBytes());
        assertEquals(List.of("a"), vectors(7).stream().map(NamedVector::name).toList());
    }

    /** Nobody had the vector, so that its place is free at once, also while parts of its time are being written. */
    @ParameterizedTest
    @EnumSource(IsolationMode.class)
    void aPlaceIsTakenWhileACheckpointIsWritten(IsolationMode mode) throws Exception {
        create(mode);
        fill("a", 4, 0);
        EngineStore.PendingCheckpoint checkpoint = store.beginCheckpoint(index);
        store.removeVector(++index, TENANT, COLLECTION, "b");
        store.addVector(++index, TENANT, COLLECTION, VectorConfig.multi("b", 3, Distance.DOT));
        checkpoint.complete();
        for (int round = 0; round < 2; round++) {
            store.checkpoint();
            store.awaitUpkeep();
            reopen();
            assertEquals(
                    List.of("a"), vectors(7).stream().map(NamedVector::name).toList());
        }
        assertEquals(List.of(), store.status().quarantined());
        fill("b", 3, 5);
        store.checkpoint();
        reopen();
        assertArrayEquals(
                new float[] {12, 13, 14}, ((VectorValue.Multi) vectors(7).get(1).value()).components());
    }

    @Test
    void aCollectionCanLoseAndGetAnyNumberOfVectors() throws Exception {
        create(IsolationMode.COLLECTION);
        fill("a", 4, 0);
        for (int i = 0; i < 300; i++) {
            store.addVector(++index, TENANT, COLLECTION, new VectorConfig("x", 1 + i % 3, Distance.DOT));
            store.removeVector(++index, TENANT, COLLECTION, "x");
        }
        for (int i = 0; i < 62; i++) {
            store.addVector(++index, TENANT, COLLECTION, new VectorConfig("x" + i, 2, Distance.DOT));
        }
        StoreException refused = assertThrows(
                StoreException.class,
                () -> store.addVector(++index, TENANT, COLLECTION, new VectorConfig("y", 2, Distance.DOT)));
        assertEquals("vectors: a collection has at most 64", refused.getMessage());
        store.removeVector(++index, TENANT, COLLECTION, "a");
        assertEquals(List.of(), vectors(3));
        assertEquals(POINTS, store.info(TENANT, COLLECTION).points());
    }

    @Test
    void theGraphOfOneVectorCanBeChanged() throws Exception {
        create(IsolationMode.COLLECTION);
        fill("a", 4, 0);
        store.checkpoint();
        store.awaitUpkeep();
        store.updateCollection(
                ++index,
                TENANT,
                COLLECTION,
                HnswConfig.DEFAULT,
                Map.of("a", new HnswConfig(6, 30, 0, QuantizationConfig.BINARY)));
        assertTrue(!store.info(TENANT, COLLECTION).optimized(), "to be built anew");
        store.awaitUpkeep();
        assertTrue(store.info(TENANT, COLLECTION).optimized());
        assertThrows(
                StoreException.class,
                () -> store.updateCollection(
                        ++index, TENANT, COLLECTION, HnswConfig.DEFAULT, Map.of("none", HnswConfig.DEFAULT)));
    }
}
