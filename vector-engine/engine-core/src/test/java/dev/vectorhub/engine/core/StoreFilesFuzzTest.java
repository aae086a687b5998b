package dev.vectorhub.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vectorhub.engine.core.storage.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to any file is told with the file's name, and is never a wrong answer. */
class StoreFilesFuzzTest {
    private static final int MUTATIONS = 6;
    private static final UUID COMMAND = new UUID(9, 9);

    /** Each quarantine is logged: hundreds here. Held, since loggers are kept weakly. */
    private static final Logger QUARANTINES = Logger.getLogger("dev.vectorhub.engine.core");

    @TempDir
    Path temp;

    @BeforeAll
    static void silence() {
        QUARANTINES.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        QUARANTINES.setLevel(null);
    }

    private final Random random = new Random(5);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Damaged(String how, byte @Nullable [] bytes) {}

    @Test
    void damageIsToldOrHarmless() throws Exception {
        Path sound = temp.resolve("sound");
        prepare(sound);
        SortedMap<Path, byte[]> files = read(sound);
        Set<String> kinds = new TreeSet<>();
        int told = 0;
        for (Path file : files.keySet()) {
            String name = Layout.name(file);
            if (name.equals("store.lock")) {
                continue;
            }
            kinds.add(name.replaceAll("[0-9].*", ""));
            for (Damaged damage : mutations(files.get(file))) {
                told += tryDamaged(sound, files, file, damage) ? 1 : 0;
            }
        }
        assertEquals(
                Set.of(
                        "catalog-",
                        "fields-",
                        "graph-",
                        "manifest-",
                        "segment-",
                        "slab-",
                        "store.manifest",
                        "tenant.json"),
                kinds);
        assertTrue(told > files.size() * MUTATIONS / 2, "told " + told);
    }

    private List<Damaged> mutations(byte[] bytes) {
        List<Damaged> mutations = new ArrayList<>();
        mutations.add(new Damaged("deleted", null));
        mutations.add(new Damaged("emptied", new byte[0]));
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] flipped = bytes.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            mutations.add(new Damaged("bit at " + at, flipped));
        }
        for (int i = 0; i < 2; i++) {
            int length = random.nextInt(bytes.length);
            mutations.add(new Damaged("cut to " + length, Arrays.copyOf(bytes, length)));
            byte[] zeroed = bytes.clone();
            Arrays.fill(zeroed, length, Math.min(bytes.length, length + 64), (byte) 0);
            mutations.add(new Damaged("zeros from " + length, zeroed));
        }
        return mutations;
    }

    /** True if the damage was told. */
    private boolean tryDamaged(Path directory, SortedMap<Path, byte[]> files, Path file, Damaged damage)
            throws IOException {
        String what = file + ": " + damage.how();
        Layout.erase(directory);
        for (var entry : files.entrySet()) {
            byte[] bytes = entry.getKey().equals(file) ? damage.bytes() : entry.getValue();
            Files.createDirectories(entry.getKey().getParent());
            if (bytes != null) {
                Files.write(entry.getKey(), bytes);
            }
        }
        boolean told = false;
        try (EngineStore store = EngineStore.open(directory, EngineStorePropertyTest.small())) {
            for (int t = 0; t < 3; t++) {
                try {
                    check(store, t, what);
                } catch (StoreException e) {
                    assertTold(e, file, what);
                    told = true;
                }
            }
        } catch (StoreException e) {
            assertTold(e, file, what);
            told = true;
        } catch (RuntimeException | Error e) {
            fail(what, e);
        }
        return told;
    }

    private static void assertTold(StoreException e, Path file, String what) {
        assertEquals(StoreException.Code.UNAVAILABLE, e.code(), what);
        String message = String.valueOf(e.getMessage());
        // a missing manifest is told by its directory
        boolean names = message.contains(file.toString()) || message.contains(String.valueOf(file.getParent()) + " ");
        assertTrue(names, () -> what + " told as: " + message);
    }

    private static PointRecord point(int i, float spread) {
        return new PointRecord(
                PointId.of(i),
                List.of(
                        new NamedVector("", new float[] {i * spread, 1, i % 7, -i}),
                        new NamedVector("rows", new VectorValue.Multi(new float[] {i, 1, 2, i}, 2)),
                        new NamedVector("words", new VectorValue.Sparse(new int[] {3, 5 + i}, new float[] {1, i + 1}))),
                ("{\"n\":" + i + ",\"even\":" + (i % 2 == 0) + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static void prepare(Path directory) throws Exception {
        try (EngineStore store = EngineStore.open(directory, EngineStorePropertyTest.small())) {
            long index = 1;
            for (int t = 0; t < 3; t++) {
                store.placeTenant(index++, RandomOps.tenant(t), 1, COMMAND, RandomOps.mode(t));
                store.createCollection(
                        index++,
                        RandomOps.tenant(t),
                        RandomOps.collection(t, 0),
                        new CollectionConfig(
                                List.of(
                                        new VectorConfig("", 4, Distance.EUCLID),
                                        VectorConfig.multi("rows", 2, Distance.DOT),
                                        VectorConfig.sparse("words", Modifier.NONE)),
                                HnswConfig.DEFAULT,
                                IsolationMode.NONE));
                store.createFieldIndex(
                        index++, RandomOps.tenant(t), RandomOps.collection(t, 0), "even", FieldSpec.of(FieldType.BOOL));
                for (int i = 0; i < 40; i++) {
                    store.upsert(
                            index++,
                            RandomOps.tenant(t),
                            RandomOps.collection(t, 0),
                            List.of(point(i, 1)),
                            Ceilings.NONE);
                }
            }
            store.checkpoint();
            for (int t = 0; t < 3; t++) {
                store.deletePoints(
                        index++,
                        RandomOps.tenant(t),
                        RandomOps.collection(t, 0),
                        new PointSelector.Ids(List.of(PointId.of(3))));
            }
            store.awaitUpkeep();
            store.checkpoint();
        }
    }

    private static void check(EngineStore store, int t, String what) {
        UUID tenant = RandomOps.tenant(t);
        UUID collection = RandomOps.collection(t, 0);
        ScrollPage page = store.scroll(tenant, collection, null, null, 100, PayloadSelection.ALL, VectorSelection.ALL);
        List<PointRecord> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            if (i != 3) {
                expected.add(point(i, 1));
            }
        }
        assertEquals(expected, page.points(), what);
        assertEquals(39, store.count(tenant, collection, null), what);
        SearchHits hits = store.search(tenant, collection, SearchSpec.nearest(new float[] {20, 1, 6, -20}, 1));
        assertEquals(PointId.of(20), hits.points().getFirst().id(), what);
        Filter even = Filter.must(new Condition.Match("even", new Condition.MatchValue.Bool(true)));
        assertEquals(20, store.count(tenant, collection, even), what);
    }

    private static SortedMap<Path, byte[]> read(Path directory) throws IOException {
        TreeMap<Path, byte[]> files = new TreeMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                files.put(file, Files.readAllBytes(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** What a directory that is not ours, or one in use, is answered. */
    @Test
    void foreignAndBusyDirectoriesAreRefused() throws Exception {
        Path foreign = temp.resolve("foreign");
        Files.createDirectories(foreign.resolve("tenants/someone"));
        StoreException refused =
                assertThrows(StoreException.class, () -> EngineStore.open(foreign, StoreSettings.defaults()));
        assertTrue(String.valueOf(refused.getMessage()).contains("store.manifest"), refused.getMessage());

        Path busy = temp.resolve("busy");
        try (EngineStore store = EngineStore.open(busy, StoreSettings.defaults())) {
            assertEquals(0, store.durableIndex());
            StoreException locked =
                    assertThrows(StoreException.class, () -> EngineStore.open(busy, StoreSettings.defaults()));
            assertTrue(String.valueOf(locked.getMessage()).contains("store.lock"), locked.getMessage());
        }

        Path linked = temp.resolve("linked");
        Files.createDirectories(linked);
        Files.createDirectories(temp.resolve("elsewhere"));
        Files.createSymbolicLink(linked.resolve("shared"), temp.resolve("elsewhere"));
        StoreException link =
                assertThrows(StoreException.class, () -> EngineStore.open(linked, StoreSettings.defaults()));
        assertTrue(String.valueOf(link.getMessage()).contains("shared"), link.getMessage());

        Path file = temp.resolve("file");
        Files.write(file, "text".getBytes(StandardCharsets.UTF_8));
        assertThrows(StoreException.class, () -> EngineStore.open(file, StoreSettings.defaults()));
    }
}
