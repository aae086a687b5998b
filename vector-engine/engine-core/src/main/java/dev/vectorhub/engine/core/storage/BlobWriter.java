package dev.vectorhub.engine.core.storage;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Writes a new file of one or more blobs, little-endian. Each blob starts at a multiple of {@link #ALIGNMENT}, where a mapping
 * keeps its rows on cache lines, and carries its own checksum.
 */
public final class BlobWriter implements Closeable {
    public static final int ALIGNMENT = 64;
    private static final int BUFFER_BYTES = 1 << 18;

    private final Path path;
    private final long number;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private long flushed;
    private long blobStart;

    /** @param number of the file in its directory; the file must not exist */
    public BlobWriter(Path path, long number) throws IOException {
        this.path = path;
        this.number = number;
        this.channel = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    public Path path() {
        return path;
    }

    public long number() {
        return number;
    }

    /** Whether nothing has been written. */
    public boolean isEmpty() {
        return flushed + buffer.position() == 0;
    }

    public void beginBlob() throws IOException {
        alignFile();
        flush();
        crc.reset();
        blobStart = flushed;
    }

    private void alignFile() throws IOException {
        while ((flushed + buffer.position()) % ALIGNMENT != 0) {
            require(1);
            buffer.put((byte) 0);
        }
    }

    /** Bytes of the current blob so far. */
    public long position() {
        return flushed + buffer.position() - blobStart;
    }

    public void align() throws IOException {
        while (position() % ALIGNMENT != 0) {
            putByte(0);
        }
    }

    public void putByte(int value) throws IOException {
        require(1);
        buffer.put((byte) value);
    }

    public void putShort(int value) throws IOException {
        require(2);
        buffer.putShort((short) value);
    }

    public void putInt(int value) throws IOException {
        require(4);
        buffer.putInt(value);
    }

    public void putLong(long value) throws IOException {
        require(8);
        buffer.putLong(value);
    }

    public void put(byte[] bytes) throws IOException {
        put(MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    public void put(MemorySegment source, long offset, long length) throws IOException {
        long at = offset;
        long end = offset + length;
        while (at < end) {
            require(1);
            int count = (int) Math.min(buffer.remaining(), end - at);
            MemorySegment.copy(
                    source, ValueLayout.JAVA_BYTE, at, MemorySegment.ofBuffer(buffer), ValueLayout.JAVA_BYTE, 0, count);
            buffer.position(buffer.position() + count);
            at += count;
        }
    }

    public void putZeros(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            putByte(0);
        }
    }

    /** CRC32C of the current blob so far. */
    public int checksum() throws IOException {
        flush();
        return (int) crc.getValue();
    }

    public BlobRef endBlob() {
        return new BlobRef(number, blobStart, position());
    }

    private void require(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        crc.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            flushed += channel.write(buffer);
        }
        buffer.clear();
    }

    /** Writes what is left and fsyncs; the directory is the caller's. */
    public void force() throws IOException {
        flush();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
