package dev.vectorhub.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.StoreException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineStoreTest {
    private static final UUID TENANT = UUID.fromString("0190a1b2-0000-7000-8000-0000000000aa");
    private static final UUID COLLECTION = UUID.fromString("0190a1b2-0000-7000-8000-0000000000bb");
    private static final UUID COMMAND = new UUID(4, 4);

    @TempDir
    Path directory;

    private long index;

    private EngineStore open() {
        return EngineStore.open(directory, EngineStorePropertyTest.small());
    }

    private void place(EngineStore store, UUID tenant, UUID collection, IsolationMode mode) {
        store.placeTenant(++index, tenant, 1, COMMAND, mode);
        store.createCollection(++index, tenant, collection, CollectionConfig.single(2, Distance.DOT));
    }

    private static List<PointRecord> points(int from, int to, String payload) {
        List<PointRecord> points = new ArrayList<>();
        for (int i = from; i < to; i++) {
            points.add(PointRecord.of(PointId.of(i), new float[] {i, 1}, payload));
        }
        return points;
    }

    private void upsert(EngineStore store, UUID tenant, UUID collection, int from, int to, String payload) {
        store.upsert(++index, tenant, collection, points(from, to, payload), Ceilings.NONE);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile)
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    // ---- where things lie

    @Test
    void packedCollectionsOfManyTenantsShareFiles() throws Exception {
        try (EngineStore store = open()) {
            for (int t = 0; t < 50; t++) {
                place(store, RandomOps.tenant(t), RandomOps.collection(t, 0), IsolationMode.NONE);
                upsert(store, RandomOps.tenant(t), RandomOps.collection(t, 0), 0, 5, "{\"t\":" + t + "}");
            }
            store.checkpoint();
            List<String> slabs =
                    files().stream().filter(f -> f.startsWith("shared/slabs/")).toList();
            assertEquals(1, slabs.size(), slabs::toString);
            assertEquals(
                    List.of(),
                    files().stream().filter(f -> f.startsWith("tenants/")).toList());
        }
        try (EngineStore store = open()) {
            for (int t = 0; t < 50; t++) {
                Filter own = Filter.must(new Condition.Match("t", new Condition.MatchValue.Int(t)));
                assertEquals(5, store.count(RandomOps.tenant(t), RandomOps.collection(t, 0), own));
            }
        }
    }

    @Test
    void emptiedSlabsGoAndWastefulOnesAreRewritten() throws Exception {
        try (EngineStore store = open()) {
            for (int t = 0; t < 4; t++) {
                place(store, RandomOps.tenant(t), RandomOps.collection(t, 0), IsolationMode.NONE);
                upsert(store, RandomOps.tenant(t), RandomOps.collection(t, 0), 0, 20, "{}");
            }
            store.checkpoint();
            Path first;
            try (Stream<Path> slabs = Files.list(directory.resolve("shared/slabs"))) {
                first = slabs.findFirst().orElseThrow();
            }
            for (int t = 0; t < 3; t++) {
                store.dropTenant(++index, RandomOps.tenant(t), 1, COMMAND);
            }
            store.checkpoint();
            assertTrue(Files.exists(first), "still holds the collection of tenant 3");
            store.checkpoint();
            assertFalse(Files.exists(first), "three quarters of it were garbage");
            assertEquals(20, store.count(RandomOps.tenant(3), RandomOps.collection(3, 0), null));
        }
        try (EngineStore store = open()) {
            assertEquals(
                    20,
                    store.scroll(
                                    RandomOps.tenant(3),
                                    RandomOps.collection(3, 0),
                                    null,
                                    null,
                                    100,
                                    PayloadSelection.ALL,
                                    VectorSelection.ALL)
                            .points()
                            .size());
        }
    }

    @Test
    void collectionModeGivesFilesOfTheirOwn() throws Exception {
        try (EngineStore store = open()) {
            place(store, TENANT, COLLECTION, IsolationMode.COLLECTION);
            upsert(store, TENANT, COLLECTION, 0, 10, "{}");
            store.checkpoint();
            String home = "shared/collections/" + COLLECTION;
            assertEquals(2, files().stream().filter(f -> f.startsWith(home)).count(), files()::toString);
            assertEquals(
                    List.of(),
                    files().stream().filter(f -> f.startsWith("shared/slabs")).toList());
            store.dropCollection(++index, TENANT, COLLECTION);
            store.checkpoint();
            assertFalse(Files.exists(directory.resolve(home)));
        }
    }

    @Test
    void storageModeLeavesNothingElsewhereAndDropLeavesNothing() throws Exception {
        try (EngineStore store = open()) {
            place(store, TENANT, COLLECTION, IsolationMode.STORAGE);
            String secret = "{\"text\":\"kept apart from all others\"}";
            upsert(store, TENANT, COLLECTION, 0, 60, secret);
            store.checkpoint();
            store.awaitUpkeep();
            store.checkpoint();
            String own = "tenants/tenant_" + TENANT + "/";
            List<String> files = files();
            assertTrue(files.contains(own + "tenant.json"), files::toString);
            assertTrue(
                    files.stream().anyMatch(f -> f.startsWith(own + "collections/" + COLLECTION + "/segment-")),
                    files::toString);
            assertTrue(
                    files.stream().anyMatch(f -> f.startsWith(own + "indexes/" + COLLECTION + "/graph-")),
                    files::toString);
            for (String file : files) {
                if (!file.startsWith(own)) {
                    String bytes = Files.readString(directory.resolve(file), StandardCharsets.ISO_8859_1);
                    assertFalse(bytes.contains("kept apart"), file);
                }
            }
            TenantStatus status = store.tenantStats(TENANT).getFirst();
            long onDisk = 0;
            for (String file : files) {
                onDisk += file.contains("/segment-") || file.contains("/graph-")
                        ? Files.size(directory.resolve(file))
                        : 0;
            }
            assertEquals(onDisk, status.diskBytes());
            assertEquals(60L * (8 + 8 + secret.length()), status.logicalBytes());

            store.dropTenant(++index, TENANT, 1, COMMAND);
            assertEquals(List.of(), store.tenantStats(TENANT));
            store.checkpoint();
            assertFalse(Files.exists(directory.resolve(own)));
        }
        try (EngineStore store = open()) {
            assertThrows(StoreException.class, () -> store.count(TENANT, COLLECTION, null));
            store.dropTenant(index, TENANT, 1, COMMAND);
            assertCode(
                    Code.STALE_GENERATION, () -> store.placeTenant(index + 1, TENANT, 1, COMMAND, IsolationMode.NONE));
        }
    }

    @Test
    void oneDamagedCollectionIsQuarantinedAndTheRestServed() throws Exception {
        UUID other = UUID.fromString("0190a1b2-0000-7000-8000-0000000000cc");
        try (EngineStore store = open()) {
            place(store, TENANT, COLLECTION, IsolationMode.COLLECTION);
            store.createCollection(++index, TENANT, other, CollectionConfig.single(2, Distance.DOT));
            upsert(store, TENANT, COLLECTION, 0, 10, "{}");
            upsert(store, TENANT, other, 0, 10, "{}");
            store.checkpoint();
        }
        Path segment;
        try (Stream<Path> list = Files.list(directory.resolve("shared/collections/" + COLLECTION))) {
            segment = list.filter(p -> String.valueOf(p.getFileName()).startsWith("segment-"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
        try (EngineStore store = open()) {
            StoreException told = assertThrows(
                    StoreException.class,
                    () -> store.search(TENANT, COLLECTION, SearchSpec.nearest(new float[] {1, 1}, 1)));
            assertEquals(Code.UNAVAILABLE, told.code());
            assertTrue(
                    String.valueOf(told.getMessage())
                            .contains(segment.toRealPath().toString()),
                    told.getMessage());
            assertCode(Code.UNAVAILABLE, () -> upsert(store, TENANT, COLLECTION, 0, 1, "{}"));
            assertEquals(1, store.status().quarantined().size());
            assertEquals(10, store.count(TENANT, other, null));
            upsert(store, TENANT, other, 10, 12, "{}");
            store.checkpoint();
            assertEquals(12, store.count(TENANT, other, null));
            assertFalse(store.wantsCheckpoint());
            store.dropCollection(++index, TENANT, COLLECTION);
            assertTrue(store.wantsCheckpoint(), "its files go soon");
            store.checkpoint();
            assertFalse(store.wantsCheckpoint());
            assertFalse(Files.exists(segment.getParent()));
            assertEquals(List.of(), store.status().quarantined());
        }
    }

    // ---- commands

    private static void assertCode(Code code, Runnable command) {
        assertEquals(code, assertThrows(StoreException.class, command::run).code());
    }

    @Test
    void olderGenerationsAreRefusedAndRepeatedCommandsDoNothing() {
        try (EngineStore store = open()) {
            store.placeTenant(1, TENANT, 5, COMMAND, IsolationMode.NONE);
            store.placeTenant(2, TENANT, 5, COMMAND, IsolationMode.NONE);
            assertCode(
                    Code.STALE_GENERATION, () -> store.placeTenant(3, TENANT, 4, new UUID(1, 1), IsolationMode.NONE));
            assertCode(Code.STALE_GENERATION, () -> store.dropTenant(4, TENANT, 4, new UUID(1, 2)));
            store.createCollection(5, TENANT, COLLECTION, CollectionConfig.single(2, Distance.DOT));
            store.dropTenant(7, TENANT, 6, new UUID(1, 4));
            store.dropTenant(8, TENANT, 6, new UUID(1, 4));
            store.checkpoint();
        }
        try (EngineStore store = open()) {
            assertEquals(8, store.durableIndex());
            assertCode(Code.STALE_GENERATION, () -> store.placeTenant(9, TENANT, 6, COMMAND, IsolationMode.NONE));
            store.placeTenant(10, TENANT, 7, COMMAND, IsolationMode.NONE);
            assertEquals(7, store.tenantStats(TENANT).getFirst().generation());
        }
    }

    @Test
    void aRefusedUpsertChangesNothing() {
        try (EngineStore store = open()) {
            place(store, TENANT, COLLECTION, IsolationMode.NONE);
            upsert(store, TENANT, COLLECTION, 0, 5, "{\"a\":1}");
            List<PointRecord> wrong = new ArrayList<>(points(0, 10, "{\"a\":2}"));
            wrong.add(PointRecord.of(PointId.of(99), new float[] {1, 2, 3}));
            StoreException told = assertThrows(
                    StoreException.class, () -> store.upsert(++index, TENANT, COLLECTION, wrong, Ceilings.NONE));
            assertEquals(Code.INVALID_ARGUMENT, told.code());
            assertTrue(String.valueOf(told.getMessage()).contains("99"), told.getMessage());
            StoreException ceiling = assertThrows(
                    StoreException.class,
                    () -> store.upsert(++index, TENANT, COLLECTION, points(3, 8, "{}"), new Ceilings(7, 0)));
            assertEquals(Code.POINT_CEILING, ceiling.code());
            assertEquals(List.of(7L, 5L, 3L), List.of(ceiling.limit(), ceiling.used(), ceiling.requested()));
            assertEquals(5, store.count(TENANT, COLLECTION, null));
            Filter old = Filter.must(new Condition.Match("a", new Condition.MatchValue.Int(1)));
            assertEquals(5, store.count(TENANT, COLLECTION, old));
            // replacing is no growth: it goes on at the ceiling
            assertEquals(2, store.upsert(++index, TENANT, COLLECTION, points(3, 5, "{}"), new Ceilings(5, 0)));
            for (String payload : List.of("[1]", "{\"a\":1} x", "{\"a\":1,\"a\":2}", "{\"a\":", "{\"a\":\"\u0001\"}")) {
                assertCode(Code.INVALID_ARGUMENT, () -> upsert(store, TENANT, COLLECTION, 0, 1, payload));
            }
            assertCode(
                    Code.INVALID_ARGUMENT,
                    () -> store.upsert(
                            ++index,
                            TENANT,
                            COLLECTION,
                            List.of(PointRecord.of(PointId.of(1), new float[] {1, Float.NaN})),
                            Ceilings.NONE));
        }
    }

    @Test
    void payloadGrowsOnlyToTheTenantsCeiling() {
        try (EngineStore store = open()) {
            place(store, TENANT, COLLECTION, IsolationMode.NONE);
            upsert(store, TENANT, COLLECTION, 0, 4, "{\"a\":1}");
            long used = store.tenantStats(TENANT).getFirst().logicalBytes();
            PointSelector all =
                    new PointSelector.Ids(List.of(PointId.of(0), PointId.of(1), PointId.of(2), PointId.of(3)));
            byte[] longer = "{\"a\":12345}".getBytes(StandardCharsets.UTF_8);
            // each of four payloads would grow by four bytes
            for (boolean overwrite : new boolean[] {true, false}) {
                StoreException ceiling = assertThrows(
                        StoreException.class,
                        () -> store.setPayload(
                                ++index, TENANT, COLLECTION, all, longer, overwrite, "", new Ceilings(0, used + 15)));
                assertEquals(Code.BYTE_CEILING, ceiling.code());
                assertEquals(
                        List.of(used + 15, used, 16L), List.of(ceiling.limit(), ceiling.used(), ceiling.requested()));
            }
            assertEquals(used, store.tenantStats(TENANT).getFirst().logicalBytes());
            Ceilings exact = new Ceilings(0, used + 16);
            assertEquals(4, store.setPayload(++index, TENANT, COLLECTION, all, longer, true, "", exact));
            assertEquals(used + 16, store.tenantStats(TENANT).getFirst().logicalBytes());
            // over the ceiling, what takes away stays open
            Ceilings tight = new Ceilings(0, 1);
            byte[] shorter = "{}".getBytes(StandardCharsets.UTF_8);
            assertEquals(4, store.setPayload(++index, TENANT, COLLECTION, all, shorter, true, "", tight));
            assertEquals(4, store.clearPayload(++index, TENANT, COLLECTION, all));
        }
    }

    @Test
    void otherTenantsSeeNothing() {
        try (EngineStore store = open()) {
            place(store, TENANT, COLLECTION, IsolationMode.NONE);
            store.placeTenant(++index, RandomOps.tenant(1), 1, COMMAND, IsolationMode.NONE);
            StoreException foreign =
                    assertThrows(StoreException.class, () -> store.count(RandomOps.tenant(1), COLLECTION, null));
            StoreException missing =
                    assertThrows(StoreException.class, () -> store.count(RandomOps.tenant(2), COLLECTION, null));
            assertEquals(foreign.getMessage(), missing.getMessage());
            assertCode(Code.NOT_FOUND, () -> upsert(store, RandomOps.tenant(1), COLLECTION, 0, 1, "{}"));
            assertCode(Code.NOT_FOUND, () -> store.dropCollection(++index, RandomOps.tenant(1), COLLECTION));
        }
    }

    @Test
    void whatTheBackgroundMadeIsRecordedThoughNothingIsWritten() throws Exception {
        try (EngineStore store = EngineStore.open(directory, EngineStorePropertyTest.small())) {
            UUID tenant = RandomOps.tenant(2);
            UUID collection = RandomOps.collection(2, 0);
            store.placeTenant(1, tenant, 1, new UUID(9, 9), IsolationMode.STORAGE);
            store.createCollection(2, tenant, collection, CollectionConfig.single(2, Distance.EUCLID));
            List<PointRecord> points = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                points.add(PointRecord.of(PointId.of(i), new float[] {i, 1}));
            }
            store.upsert(3, tenant, collection, points, Ceilings.NONE);
            assertFalse(store.wantsCheckpoint(), "the log says when");
            store.checkpoint();
            store.awaitUpkeep();
            assertTrue(store.wantsCheckpoint(), "a graph was built");
            store.checkpoint();
            store.awaitUpkeep();
            assertFalse(store.wantsCheckpoint());
        }
    }

    @Test
    void aFailedCheckpointLosesNothing() throws Exception {
        try (EngineStore store = open()) {
            place(store, TENANT, COLLECTION, IsolationMode.COLLECTION);
            upsert(store, TENANT, COLLECTION, 0, 10, "{}");
            Path home = directory.resolve("shared/collections/" + COLLECTION);
            Files.move(home, directory.resolve("away"));
            assertCode(Code.UNAVAILABLE, store::checkpoint);
            assertEquals(0, store.durableIndex());
            assertEquals(10, store.count(TENANT, COLLECTION, null));
            Files.move(directory.resolve("away"), home);
            assertEquals(index, store.checkpoint());
        }
        try (EngineStore store = open()) {
            assertEquals(10, store.count(TENANT, COLLECTION, null));
        }
    }

    @Test
    void oneCheckpointAtATimeWhileCommandsGoOn() {
        try (EngineStore store = open()) {
            place(store, TENANT, COLLECTION, IsolationMode.STORAGE);
            upsert(store, TENANT, COLLECTION, 0, 10, "{}");
            EngineStore.PendingCheckpoint pending = store.beginCheckpoint(index);
            long fixed = index;
            upsert(store, TENANT, COLLECTION, 5, 15, "{}");
            store.deletePoints(++index, TENANT, COLLECTION, new PointSelector.Ids(List.of(PointId.of(0))));
            assertThrows(IllegalStateException.class, () -> store.beginCheckpoint(index));
            assertEquals(fixed, pending.complete());
            assertEquals(14, store.count(TENANT, COLLECTION, null));
        }
        try (EngineStore store = open()) {
            assertEquals(10, store.count(TENANT, COLLECTION, null), "the state at the fixed index");
            assertEquals(
                    1,
                    store.retrieve(
                                    TENANT,
                                    COLLECTION,
                                    List.of(PointId.of(0)),
                                    PayloadSelection.NONE,
                                    VectorSelection.NONE)
                            .size());
        }
    }

    @Test
    void aCollectionMadeAnewUnderItsIdIsAnotherOne() {
        for (int t = 0; t < IsolationMode.values().length; t++) {
            UUID tenant = RandomOps.tenant(t);
            UUID collection = RandomOps.collection(t, 0);
            try (EngineStore store = open()) {
                place(store, tenant, collection, RandomOps.mode(t));
                upsert(store, tenant, collection, 0, 10, "{}");
                store.checkpoint();
                store.dropCollection(++index, tenant, collection);
                store.createCollection(++index, tenant, collection, CollectionConfig.single(3, Distance.EUCLID));
                EngineStore.PendingCheckpoint pending = store.beginCheckpoint(index);
                store.dropCollection(++index, tenant, collection);
                store.createCollection(++index, tenant, collection, CollectionConfig.single(2, Distance.EUCLID));
                pending.complete();
                upsert(store, tenant, collection, 100, 103, "{}");
                store.checkpoint();
            }
            try (EngineStore store = open()) {
                assertEquals(3, store.count(tenant, collection, null));
                assertEquals(
                        2,
                        store.info(tenant, collection)
                                .config()
                                .vectors()
                                .getFirst()
                                .size());
                assertEquals(List.of(), store.status().quarantined());
            }
        }
    }

    @Test
    void statusCountsWhatIsThere() {
        try (EngineStore store = open()) {
            place(store, TENANT, COLLECTION, IsolationMode.NONE);
            upsert(store, TENANT, COLLECTION, 0, 10, "{}");
            StoreStatus status = store.status();
            assertEquals(1, status.tenants());
            assertEquals(1, status.collections());
            assertEquals(10, status.points());
            assertEquals(index, status.appliedIndex());
            assertTrue(status.heldBack().isEmpty());
            assertNotNull(status.kernel());
            assertTrue(status.diskFreeBytes() > 0);
        }
    }
}
