package dev.vectorhub.engine.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A handful of values that survive a crash. The file is text, one {@code key=value} a line under a line that names format
 * and version, and ends with {@code crc32c=} over all bytes before it, in hexadecimal. It is replaced as a whole: write
 * beside it, fsync, rename, fsync the directory.
 */
final class StateFile {
    private static final String CHECKSUM = "crc32c=";
    private static final int BYTES_MAX = 64 << 10;

    private final Path file;
    private final String header;

    StateFile(Path file, String header) {
        this.file = file;
        this.header = header;
    }

    /**
     * The values, or null without the file.
     *
     * @throws IOException also for a file that is not ours or is damaged; the message names it
     */
    @Nullable
    Map<String, String> read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        if (Files.size(file) > BYTES_MAX) {
            throw damaged("too long");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf(CHECKSUM);
        if (!text.startsWith(header + "\n") || end < 0) {
            throw damaged("not a file of the form '" + header + "'");
        }
        String body = text.substring(0, end);
        if (!text.substring(end).equals(CHECKSUM + checksum(body) + "\n")) {
            throw damaged("wrong checksum");
        }
        SortedMap<String, String> values = new TreeMap<>();
        body.lines().skip(1).forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
        return values;
    }

    /** @param values keys and values of ASCII without line ends */
    void write(SortedMap<String, String> values) throws IOException {
        var body = new StringBuilder(header).append('\n');
        values.forEach(
                (key, value) -> body.append(key).append('=').append(value).append('\n'));
        String text = body + CHECKSUM + checksum(body.toString()) + "\n";
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(file.toAbsolutePath().getParent());
    }

    /** Makes the names in a directory durable. */
    static void syncDirectory(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private IOException damaged(String how) {
        return new IOException(file + ": " + how);
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(crc.getValue());
    }
}
