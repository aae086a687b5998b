package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The frame of every manifest. Integers are big-endian.
 *
 * <pre>
 * u32 magic "VHMF"   u16 kind   u16 format version 2   u64 bytes of the body   the body   u32 CRC32C of all before
 * </pre>
 *
 * A manifest of a collection or a catalog bucket is a new file with the number of its checkpoint in its name. It
 * counts once {@code store.manifest}, which is replaced by rename, names the catalog's buckets and those name it; then older ones
 * go. So all manifests that count together are the state at one log index.
 */
public final class ManifestFile {
    private static final int MAGIC = 0x56484D46;
    private static final int VERSION = 2;
    private static final int FRAME_BYTES = 4 + 2 + 2 + 8 + 4;
    private static final long BYTES_MAX = 1L << 30;

    /** What a body holds. */
    public enum Kind {
        STORE(0),
        CATALOG(1),
        COLLECTION(2);

        /** Part of the format. */
        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** Reads a body; may throw anything on damage. */
    @FunctionalInterface
    public interface Decoder<T> {
        T read(DataInputStream in) throws IOException;
    }

    private ManifestFile() {}

    private static byte[] frame(Kind kind, Body body) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        body.writeTo(new DataOutputStream(content));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.size() + FRAME_BYTES);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeShort(kind.code);
        out.writeShort(VERSION);
        out.writeLong(content.size());
        content.writeTo(out);
        CRC32C crc = new CRC32C();
        crc.update(bytes.toByteArray());
        out.writeInt((int) crc.getValue());
        return bytes.toByteArray();
    }

    private static void writeForced(Path path, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Writes and fsyncs a manifest that no checkpoint names yet; the directory is the caller's. */
    public static void write(Path path, Kind kind, Body body) {
        try {
            writeForced(path, frame(kind, body));
        } catch (IOException e) {
            throw Damage.writing(path, e);
        }
    }

    /** Replaces a manifest: write beside it, fsync, rename, fsync the directory. */
    public static void replace(Path path, Kind kind, Body body) {
        Path fresh = path.resolveSibling(Layout.name(path) + ".new");
        try {
            writeForced(fresh, frame(kind, body));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Path directory = path.getParent();
            if (directory != null) {
                Layout.forceDirectory(directory);
            }
        } catch (IOException e) {
            throw Damage.writing(path, e);
        }
    }

    /** Throws {@code UNAVAILABLE}, naming the file, unless it is whole and sound. */
    public static <T> T read(Path path, Kind kind, Decoder<T> decoder) {
        byte[] bytes = bytes(path);
        if (bytes.length < FRAME_BYTES) {
            throw Damage.in(path, "is cut short");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (header.getInt() != MAGIC) {
            throw Damage.in(path, "is no manifest of this engine");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        if (header.getInt(bytes.length - 4) != (int) crc.getValue()
                || header.getLong(8) != bytes.length - FRAME_BYTES) {
            throw Damage.in(path, "fails its checksum");
        }
        int version = header.getShort(6);
        if (version != VERSION || header.getShort(4) != kind.code) {
            throw Damage.in(
                    path,
                    "has manifest version " + version + " or kind " + header.getShort(4) + ", this engine reads "
                            + VERSION + " and expects " + kind.code);
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(bytes, 16, bytes.length - FRAME_BYTES))) {
            T value = decoder.read(in);
            if (in.read() >= 0) {
                throw Damage.in(path, "holds more than it should");
            }
            return value;
        } catch (StoreException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // bitmaps, lists and texts each fail in their own way
            throw Damage.in(path, "holds what this engine cannot read", e);
        }
    }

    private static byte[] bytes(Path path) {
        try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.size() > BYTES_MAX) {
                throw Damage.in(path, "is larger than a manifest can be");
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until it is full
            }
            return buffer.array();
        } catch (NoSuchFileException e) {
            throw Damage.in(path, "is missing");
        } catch (IOException e) {
            throw Damage.in(path, "cannot be read", e);
        }
    }

    public static Path numbered(Path directory, String prefix, long checkpoint) {
        return directory.resolve(prefix + "-" + checkpoint);
    }

    /** Removes the manifests of other checkpoints than this one: older ones, and those that were never completed. */
    public static void keepOnly(Path directory, String prefix, long counting) {
        try {
            for (Path path : Layout.list(directory)) {
                long number = numberOf(path, prefix);
                if (number >= 0 && number != counting) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw Damage.in(directory, "cannot be read", e);
        }
    }

    private static long numberOf(Path path, String prefix) {
        Long number = number(path, prefix);
        return number == null ? -1 : number;
    }

    /** The number at the end of {@code prefix-NUMBER}; null for another name. */
    public static @Nullable Long number(Path path, String prefix) {
        String name = Layout.name(path);
        if (!name.startsWith(prefix + "-")) {
            return null;
        }
        String digits = name.substring(prefix.length() + 1);
        boolean sound =
                !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(Character::isDigit);
        return sound ? Long.valueOf(digits) : null;
    }
}
