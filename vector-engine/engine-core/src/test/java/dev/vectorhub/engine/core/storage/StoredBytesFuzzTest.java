package dev.vectorhub.engine.core.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.storage.CollectionRecord.GraphRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** Whatever the bytes of a manifest are, also under a checksum that is right, the answer is a record or its file's name. */
class StoredBytesFuzzTest {
    private static final int FRAME_BEFORE_BODY = 16;
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 400);

    @FuzzTest(maxDuration = "3m")
    void catalog(byte @Nullable [] data) throws IOException {
        read(ManifestFile.Kind.CATALOG, Records::catalog, data == null ? new byte[0] : data);
    }

    @FuzzTest(maxDuration = "3m")
    void store(byte @Nullable [] data) throws IOException {
        read(ManifestFile.Kind.STORE, Records::store, data == null ? new byte[0] : data);
    }

    @FuzzTest(maxDuration = "3m")
    void collection(byte @Nullable [] data) throws IOException {
        read(ManifestFile.Kind.COLLECTION, Records::collection, data == null ? new byte[0] : data);
    }

    @FuzzTest(maxDuration = "3m")
    void tenant(byte @Nullable [] data) {
        try {
            Records.tenant(data == null ? new byte[0] : data);
        } catch (StoreException e) {
            assertEquals(StoreException.Code.UNAVAILABLE, e.code());
        }
    }

    /** Puts the body into a sound frame. */
    private static boolean read(ManifestFile.Kind kind, ManifestFile.Decoder<?> decoder, byte[] body)
            throws IOException {
        Path file = Files.createTempFile("manifest", "-1");
        try {
            ManifestFile.write(file, kind, out -> out.write(body));
            ManifestFile.read(file, kind, decoder);
            return true;
        } catch (StoreException e) {
            assertEquals(StoreException.Code.UNAVAILABLE, e.code());
            assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("not told: " + e, e);
        } finally {
            Files.delete(file);
        }
    }

    private static CollectionRecord record() {
        PartRecord part = new PartRecord(
                3,
                new BlobRef(1, 64, 4096),
                100,
                RoaringBitmap.bitmapOf(1, 5, 70_000),
                List.of(new GraphRecord(0, new BlobRef(2, 0, 512))),
                null);
        return new CollectionRecord(
                new UUID(1, 2),
                new UUID(3, 4),
                CollectionConfig.single(8, Distance.COSINE),
                Map.of(),
                98,
                9800,
                7,
                4,
                List.of(part));
    }

    private static byte[] body(ManifestFile.Kind kind, ManifestFile.Body body) throws IOException {
        Path file = Files.createTempFile("manifest", "-1");
        try {
            ManifestFile.write(file, kind, body);
            byte[] framed = Files.readAllBytes(file);
            return Arrays.copyOfRange(framed, FRAME_BEFORE_BODY, framed.length - 4);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void changedBodiesUnderARightChecksumAreToldOrRead() throws IOException {
        TenantRecord tenant = new TenantRecord(
                new UUID(1, 2),
                5,
                new UUID(6, 7),
                IsolationMode.NONE,
                List.of(CollectionEntry.of(record(), IsolationMode.NONE, CollectionEntry.PACKED, true)));
        byte[] bytes = Records.tenant(tenant);
        assertEquals(tenant, Records.tenant(bytes));
        CatalogRecord catalog = new CatalogRecord(
                CatalogTotals.of(tenant), Map.of(1L, 4096L), Set.of(tenant.tenant()), Map.of(tenant.tenant(), bytes));
        byte[] sound = body(ManifestFile.Kind.CATALOG, out -> Records.catalog(out, catalog));
        byte[] collection = body(ManifestFile.Kind.COLLECTION, out -> Records.collection(out, record()));
        Random random = new Random(4);
        int told = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = (i % 2 == 0 ? sound : collection).clone();
            int at = random.nextInt(changed.length);
            switch (i % 3) {
                case 0 -> changed[at] = (byte) random.nextInt();
                case 1 -> changed = Arrays.copyOf(changed, at);
                default -> Arrays.fill(changed, at, Math.min(changed.length, at + 8), (byte) 0xFF);
            }
            boolean read = i % 2 == 0
                    ? read(ManifestFile.Kind.CATALOG, Records::catalog, changed)
                    : read(ManifestFile.Kind.COLLECTION, Records::collection, changed);
            told += read ? 0 : 1;
            tenant(changed);
        }
        assertTrue(told > ROUNDS / 4, "told " + told);
    }
}
