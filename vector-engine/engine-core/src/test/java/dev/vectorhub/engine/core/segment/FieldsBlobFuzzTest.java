package dev.vectorhub.engine.core.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.index.FieldIndexBuilder;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.MappedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no index of payload fields are refused by name; they answer nothing, and nothing else is thrown. */
class FieldsBlobFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 300);
    private static final int POINTS = 50;
    private static final Map<String, FieldSpec> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("a", FieldSpec.of(FieldType.KEYWORD));
        FIELDS.put("b[].c", FieldSpec.of(FieldType.INTEGER));
    }

    private static byte[] sound() throws IOException {
        ByteBuffersDirectory index =
                Objects.requireNonNull(FieldIndexBuilder.build(new CountedPart(POINTS), FIELDS, () -> false));
        Path path = Files.createTempFile("fields", "");
        Files.delete(path);
        try (BlobWriter out = new BlobWriter(path, 1)) {
            FieldsBlob.write(out, index, POINTS, FIELDS);
            out.force();
            return Files.readAllBytes(path);
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** Null if the bytes were refused. */
    private static @Nullable Integer answer(byte[] bytes) throws IOException {
        Path path = Files.createTempFile("fields", "");
        try {
            Files.write(path, bytes);
            MappedFiles files = new MappedFiles(Runnable::run);
            try {
                FieldsBlob blob = FieldsBlob.open(files.acquire(path), new BlobRef(1, 0, bytes.length), POINTS);
                var bounds = blob.index(FIELDS)
                        .bounds(FieldPath.parse("a"), new Condition.Match("a", new Condition.MatchValue.Keyword("x7")));
                blob.file().release();
                return bounds == null ? 0 : bounds.sure().getCardinality();
            } catch (StoreException e) {
                assertEquals(StoreException.Code.UNAVAILABLE, e.code());
                assertTrue(String.valueOf(e.getMessage()).contains(path.toString()));
                return null;
            }
        } finally {
            Files.delete(path);
        }
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 8);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, (int) crc.getValue());
        return bytes;
    }

    @Test
    void anyFlippedByteIsFound() throws IOException {
        byte[] sound = sound();
        assertEquals(5, answer(sound));
        Random random = new Random(5);
        for (int i = 0; i < 150; i++) {
            byte[] flipped = sound.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 + random.nextInt(255));
            assertEquals(null, answer(flipped));
        }
        for (int i = 0; i < 40; i++) {
            assertEquals(null, answer(java.util.Arrays.copyOf(sound, random.nextInt(sound.length))));
        }
    }

    /** With a checksum that fits, tables may say anything. */
    @Test
    void tablesAreNotBelieved() throws IOException {
        byte[] sound = sound();
        Random random = new Random(6);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] forged = sound.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                forged[8 + random.nextInt(400)] = (byte) random.nextInt();
            }
            Integer answer = answer(sealed(forged));
            assertTrue(answer == null || answer >= 0);
        }
    }

    static Stream<byte[]> seeds() throws IOException {
        return Stream.of(sound());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "3m")
    void anyBytes(byte @Nullable [] data) throws IOException {
        byte[] bytes = data == null ? new byte[0] : data;
        if (bytes.length >= 8) {
            answer(sealed(bytes.clone()));
        }
        answer(bytes);
    }
}
