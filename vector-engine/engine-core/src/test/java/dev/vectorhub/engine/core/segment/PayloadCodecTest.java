package dev.vectorhub.engine.core.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.segment.PayloadCodec.Block;
import dev.vectorhub.engine.core.storage.BlobWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaringbitmap.RoaringBitmap;

/** Each of {@code storage.compression} is what lies on disk, and its level counts. */
class PayloadCodecTest {
    private static final List<String> WORDS =
            List.of("river", "stone", "a", "the", "of", "light", "walks", "\"blue\":", "harbour", "{\"n\":", "12", "7");

    @TempDir
    Path directory;

    private static byte[] text(int bytes) {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return text.substring(0, bytes).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "LZ4, 1", "ZSTD, 2"})
    void whatIsCompressedComesBack(Compression compression, int codec) {
        byte[] raw = text(8_000);
        Block block = PayloadCodec.compress(raw, compression, 3);
        assertEquals(codec, block.codec());
        byte[] back = new byte[raw.length];
        if (codec == PayloadCodec.NONE) {
            back = block.bytes();
        } else {
            assertTrue(block.bytes().length < raw.length / 2);
        }
        PayloadCodec.decompress(codec, block.bytes(), block.bytes().length, back, raw.length);
        assertArrayEquals(raw, back);
        byte[] noise = new byte[500];
        new Random(1).nextBytes(noise);
        assertEquals(
                PayloadCodec.NONE, PayloadCodec.compress(noise, compression, 3).codec(), "would not shrink");
        assertThrows(
                RuntimeException.class,
                () -> PayloadCodec.decompress(
                        codec, block.bytes(), block.bytes().length, new byte[raw.length + 1], raw.length + 1));
    }

    @Test
    void aHigherLevelTakesFewerBytes() {
        byte[] raw = text(8_000);
        int quick = PayloadCodec.compress(raw, Compression.ZSTD, 1).bytes().length;
        int thorough = PayloadCodec.compress(raw, Compression.ZSTD, 19).bytes().length;
        assertTrue(thorough < quick, thorough + " bytes at 19, " + quick + " at 1");
    }

    /** By what the file says of itself: frames of zstd begin with their magic number. */
    @Test
    void theSegmentHoldsWhatWasAskedFor() throws IOException {
        List<Long> sizes = new ArrayList<>();
        for (Compression compression : Compression.values()) {
            Path file = directory.resolve(compression.name());
            try (BlobWriter out = new BlobWriter(file, 1)) {
                SegmentWriter.write(
                        out,
                        PointOrder.of(List.of(new RowsPart(2_000, 2)), List.of(new RoaringBitmap())),
                        List.of(),
                        compression,
                        3);
                out.force();
            }
            String hex = HexFormat.of().formatHex(Files.readAllBytes(file));
            assertEquals(compression == Compression.ZSTD, hex.contains("28b52ffd"), compression.name());
            sizes.add(Files.size(file));
        }
        assertTrue(sizes.get(1) < sizes.get(0) && sizes.get(2) < sizes.get(0), sizes.toString());
    }
}
