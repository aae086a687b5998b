package dev.vectorhub.engine.core.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.StoreException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checksums are those of the mapped bytes, whichever way they are read. */
class MappedFileTest {
    private static final int OFFSET = 1_000;
    private static final int LENGTH = (3 << 20) + 123;

    @TempDir
    Path directory;

    private final byte[] bytes = new byte[OFFSET + LENGTH + 77];
    private final BlobRef ref = new BlobRef(1, OFFSET, LENGTH + 10);
    private Path path;

    @BeforeEach
    void fill() throws IOException {
        new Random(1).nextBytes(bytes);
        path = Files.write(directory.resolve("file"), bytes);
    }

    private MappedFile map() {
        return new MappedFile(path, () -> {}, Runnable::run);
    }

    private static int expected(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, OFFSET, length);
        return (int) crc.getValue();
    }

    @Test
    void largeAndSmallBlobsAreSummed() {
        MappedFile file = map();
        for (int length : new int[] {0, 1, 5_000, 1 << 20, LENGTH}) {
            assertEquals(expected(bytes, length), file.checksum(ref, length));
        }
        file.release();
    }

    @Test
    void anotherFileInItsPlaceIsNotRead() throws IOException {
        MappedFile file = map();
        Path other = Files.write(directory.resolve("other"), new byte[bytes.length]);
        Files.delete(path);
        assertEquals(expected(bytes, LENGTH), file.checksum(ref, LENGTH), "removed");
        Files.move(other, path);
        assertEquals(expected(bytes, LENGTH), file.checksum(ref, LENGTH), "replaced");
        file.release();
    }

    @Test
    void readsBesideTheMapping() throws IOException {
        MappedFile file = map();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(5_000);
            // where the system has no such thing, the mapping is what is read
            if (file.read(ref, 100, into, 5_000)) {
                assertArrayEquals(
                        Arrays.copyOfRange(bytes, OFFSET + 100, OFFSET + 5_100), into.toArray(ValueLayout.JAVA_BYTE));
            }
            MappedFile.unload(file.blob(ref));
            assertEquals(expected(bytes, 5_000), file.checksum(ref, 5_000), "let go, not lost");
            assertFalse(file.read(new BlobRef(1, OFFSET, LENGTH + 100), LENGTH + 50, into, 50), "beyond the file");
            assertThrows(IndexOutOfBoundsException.class, () -> file.read(ref, LENGTH, into, 11), "beyond the blob");
            MappedFile late = map();
            Files.delete(path);
            assertFalse(late.read(ref, 0, into, 10), "removed before it was opened");
            late.release();
        }
        file.release();
    }

    @Test
    void anInterruptIsNoDamage() {
        MappedFile file = map();
        Thread.currentThread().interrupt();
        int sum = file.checksum(ref, LENGTH);
        assertTrue(Thread.interrupted(), "still to be seen by the caller");
        assertEquals(expected(bytes, LENGTH), sum);
        file.release();
    }

    @Test
    void whatIsCutShortIsDamage() throws IOException {
        MappedFile file = map();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(OFFSET + (2 << 20));
        }
        assertThrows(StoreException.class, () -> file.checksum(ref, LENGTH));
        file.release();
    }
}
