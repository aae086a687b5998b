package dev.vectorhub.engine.core.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.MappedFiles;
import dev.vectorhub.engine.core.vector.RowForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.roaringbitmap.RoaringBitmap;

/** A segment whose tables say anything, under a checksum that is right, is refused by name or read within its bounds. */
class SegmentFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 400);
    private static final int DIMENSIONS = 5;
    private static final List<VectorConfig> VECTORS = List.of(new VectorConfig("", DIMENSIONS, Distance.MANHATTAN));

    private static byte[] sound() throws IOException {
        Path path = Files.createTempFile("segment", "");
        Files.delete(path);
        try (BlobWriter out = new BlobWriter(path, 1)) {
            SegmentWriter.write(
                    out,
                    PointOrder.of(List.of(new RowsPart(120, DIMENSIONS)), List.of(new RoaringBitmap())),
                    List.of(new SegmentWriter.Column(VectorKind.DENSE, RowForm.FLOAT32, DIMENSIONS, Metric.L1)),
                    Compression.LZ4,
                    3);
            out.force();
            return Files.readAllBytes(path);
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** False if the bytes were refused. */
    private static boolean read(byte[] bytes) throws IOException {
        Path path = Files.createTempFile("segment", "");
        try {
            Files.write(path, bytes);
            Segment segment = Segment.open(
                    new MappedFiles(Runnable::run).acquire(path), new BlobRef(1, 0, bytes.length), VECTORS);
            try {
                readAll(segment);
            } finally {
                segment.memory().release();
            }
            return true;
        } catch (StoreException e) {
            assertEquals(StoreException.Code.UNAVAILABLE, e.code());
            assertTrue(String.valueOf(e.getMessage()).contains(path.toString()), e.getMessage());
            return false;
        } finally {
            Files.delete(path);
        }
    }

    private static void readAll(Segment segment) {
        Part.PayloadCursor payloads = segment.payloads();
        float[] row = new float[DIMENSIONS];
        for (int ordinal = 0; ordinal < segment.size(); ordinal++) {
            segment.find(segment.id(ordinal));
            assertEquals(segment.version(ordinal), segment.version(ordinal));
            assertEquals(segment.payloadLength(ordinal), payloads.payload(ordinal).length);
            if (segment.has(0, ordinal)) {
                segment.rows(0).copyTo(ordinal, row);
            }
        }
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 8);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, (int) crc.getValue());
        return bytes;
    }

    @Test
    void tablesAreNotBelieved() throws IOException {
        byte[] sound = sound();
        assertTrue(read(sound));
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] forged = sound.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                int at = random.nextInt(forged.length - 8);
                switch (random.nextInt(3)) {
                    case 0 -> forged[at] = (byte) random.nextInt();
                    case 1 -> forged[at] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
                    // the table and the footer are a small part of the file
                    default -> forged[forged.length - 9 - random.nextInt(320)] = (byte) random.nextInt();
                }
            }
            refused += read(sealed(forged)) ? 0 : 1;
        }
        assertTrue(refused > ROUNDS / 8, "refused " + refused);
    }

    static Stream<byte[]> seeds() throws IOException {
        return Stream.of(sound());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "3m")
    void anyBytes(byte @Nullable [] data) throws IOException {
        byte[] bytes = data == null ? new byte[0] : data;
        if (bytes.length >= 8) {
            read(sealed(bytes.clone()));
        }
        read(bytes);
    }
}
