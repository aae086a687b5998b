package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.point.RefCounted;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;

/** A file mapped read-only, shared by all the blobs in it; holds no descriptor. */
public final class MappedFile extends RefCounted {
    private final Path path;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final Runnable forget;
    private final Executor closer;

    /**
     * @param forget told when the last reference goes
     * @param closer unmaps: closing a shared arena stops threads for up to 300 µs
     */
    MappedFile(Path path, Runnable forget, Executor closer) {
        this.path = path;
        this.forget = forget;
        this.closer = closer;
        try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            // the class that other native memory has: with one more class, the compiled kernels call where they could
            // load
            memory = MemorySegment.ofAddress(mapped.address())
                    .reinterpret(mapped.byteSize(), arena, null)
                    .asReadOnly();
        } catch (IOException e) {
            arena.close();
            throw Damage.in(path, "cannot be read", e);
        }
    }

    public Path path() {
        return path;
    }

    /** The blob's bytes; what is not within the file is damage. */
    public MemorySegment blob(BlobRef ref) {
        long size = memory.byteSize();
        if (ref.offset() < 0 || ref.length() < 0 || ref.offset() > size || ref.length() > size - ref.offset()) {
            throw Damage.in(path, "is cut short: " + size + " bytes, " + (ref.offset() + ref.length()) + " wanted");
        }
        return memory.asSlice(ref.offset(), ref.length());
    }

    /** CRC32C of native memory, in pieces that a buffer can hold. */
    public static int checksum(MemorySegment bytes, long length) {
        CRC32C crc = new CRC32C();
        long piece = 1L << 30;
        for (long at = 0; at < length; at += piece) {
            crc.update(bytes.asSlice(at, Math.min(piece, length - at)).asByteBuffer());
        }
        return (int) crc.getValue();
    }

    @Override
    protected void dispose() {
        forget.run();
        closer.execute(arena::close);
    }
}
