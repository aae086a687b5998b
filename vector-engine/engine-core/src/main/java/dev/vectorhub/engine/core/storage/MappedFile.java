package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.point.RefCounted;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A file mapped read-only, shared by all the blobs in it; holds a descriptor once it was {@link #read}. */
public final class MappedFile extends RefCounted {
    /** From here on a checksum is worth opening the file. */
    private static final long READ_BYTES_MIN = 1L << 20;

    private static final int READ_BYTES = 256 << 10;

    private final Path path;
    /** Which file the path named: another may lie there by now. */
    private final @Nullable Object key;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final Runnable forget;
    private final Executor closer;
    private final Object opening = new Object();
    private volatile boolean opened;
    /** Null before it is asked for, and where there is none. */
    private volatile @Nullable Descriptor descriptor;

    /**
     * @param forget told when the last reference goes
     * @param closer unmaps: closing a shared arena stops threads for up to 300 µs
     */
    MappedFile(Path path, Runnable forget, Executor closer) {
        this.path = path;
        this.forget = forget;
        this.closer = closer;
        try {
            // before the file is opened: one that comes between has another key, and is not taken for what is mapped
            key = key();
        } catch (IOException e) {
            arena.close();
            throw Damage.in(path, "cannot be read", e);
        }
        try (FileChannel channel = open()) {
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

    private FileChannel open() throws IOException {
        return FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
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

    /**
     * CRC32C of the blob's first bytes. What is large is read beside the mapping: what nobody searches stays out of the
     * process, and no thread waits for the disk where the collector would wait for it.
     */
    public int checksum(BlobRef ref, long length) {
        MemorySegment bytes = blob(ref);
        if (length >= READ_BYTES_MIN) {
            try (FileChannel channel = open()) {
                if (key != null && key.equals(key())) {
                    return checksum(channel, ref.offset(), length);
                }
            } catch (NoSuchFileException | ClosedByInterruptException e) {
                // removed, or the reader is to stop: the mapping has the bytes
            } catch (IOException e) {
                throw Damage.in(path, "cannot be read", e);
            }
        }
        CRC32C crc = new CRC32C();
        long piece = 1L << 30;
        for (long at = 0; at < length; at += piece) {
            crc.update(bytes.asSlice(at, Math.min(piece, length - at)).asByteBuffer());
        }
        return (int) crc.getValue();
    }

    private int checksum(FileChannel channel, long offset, long length) throws IOException {
        CRC32C crc = new CRC32C();
        try (Arena piece = Arena.ofConfined()) {
            ByteBuffer buffer = piece.allocate(READ_BYTES).asByteBuffer();
            long at = 0;
            while (at < length) {
                buffer.clear().limit((int) Math.min(READ_BYTES, length - at));
                int read = channel.read(buffer, offset + at);
                if (read < 0) {
                    throw Damage.in(path, "is cut short at " + (offset + at));
                }
                crc.update(buffer.flip());
                at += read;
            }
        }
        return (int) crc.getValue();
    }

    /**
     * Copies bytes of a blob without bringing them into this process, as a look at the mapping would, with sixteen pages around
     * them. To be called by holders of a reference.
     *
     * @param at in the blob
     * @return false where that cannot be: then the mapping has them
     */
    public boolean read(BlobRef ref, long at, MemorySegment into, long length) {
        Objects.checkFromIndexSize(at, length, ref.length());
        Objects.checkFromIndexSize(0, /* size= */ length, /* length= */ into.byteSize());
        Descriptor open = descriptor();
        return open != null && open.read(ref.offset() + at, into, length);
    }

    private @Nullable Descriptor descriptor() {
        if (!opened) {
            synchronized (opening) {
                if (!opened) {
                    descriptor = openedBeside();
                    opened = true;
                }
            }
        }
        return descriptor;
    }

    /** Not another file that took the path meanwhile. */
    private @Nullable Descriptor openedBeside() {
        Descriptor open = Descriptor.open(path);
        try {
            if (open == null || (key != null && key.equals(key()))) {
                return open;
            }
        } catch (IOException e) {
            // the file was removed
        }
        open.close();
        return null;
    }

    /** Lets the pages of a part of the mapping go that is not expected to be read from there. */
    public static void unload(MemorySegment part) {
        Descriptor.unload(part);
    }

    @Override
    protected void dispose() {
        forget.run();
        closer.execute(() -> {
            Descriptor open = descriptor;
            if (open != null) {
                open.close();
            }
            arena.close();
        });
    }
}
