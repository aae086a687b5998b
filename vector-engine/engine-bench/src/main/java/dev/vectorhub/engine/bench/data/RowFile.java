package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.bench.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Vectors on disk that grow at the end: rows of binary32, little-endian, nothing else. What is committed stands in a file
 * beside it ({@code rows checksum}, CRC-32C of those rows); what lies behind it is a broken run's and is cut off.
 */
final class RowFile implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 22;

    private final Path file;
    private final Path commitFile;
    private final int dimensions;
    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer row;
    private int rows;

    private RowFile(Path file, int dimensions) throws IOException {
        this.file = file;
        this.commitFile = file.resolveSibling(file.getFileName() + ".commit");
        this.dimensions = dimensions;
        this.row = ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Verifies what is committed; a file that differs from its checksum is begun anew. */
    static RowFile open(Path file, int dimensions) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        RowFile opened = new RowFile(file, dimensions);
        opened.recover();
        return opened;
    }

    private void recover() throws IOException {
        if (Files.exists(commitFile)) {
            String[] words = Files.readString(commitFile).strip().split(" ", -1);
            int committed = words.length == 2 ? Integer.parseInt(words[0]) : 0;
            long bytes = (long) committed * dimensions * Float.BYTES;
            if (words.length == 2 && channel.size() >= bytes && sum(bytes).equals(words[1])) {
                rows = committed;
            } else {
                checksum.reset();
            }
        }
        channel.truncate((long) rows * dimensions * Float.BYTES);
        channel.position(channel.size());
    }

    private String sum(long bytes) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (long at = 0; at < bytes; at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, bytes - at));
            while (chunk.hasRemaining()) {
                if (channel.read(chunk, at + chunk.position()) < 0) {
                    throw new Failure(file + " ends early");
                }
            }
            checksum.update(chunk.flip());
        }
        return HexFormat.of().toHexDigits(checksum.getValue(), 8);
    }

    int rows() {
        return rows;
    }

    /** @param vector scaled to unit length first if {@code unit} */
    void append(float[] vector, boolean unit) throws IOException {
        if (vector.length != dimensions) {
            throw new Failure("a row of " + vector.length + " components for " + file + ", which has " + dimensions);
        }
        double scale = unit ? 1 / norm(vector) : 1;
        row.clear();
        for (float component : vector) {
            row.putFloat((float) (component * scale));
        }
        checksum.update(row.flip());
        row.rewind();
        while (row.hasRemaining()) {
            channel.write(row);
        }
        rows++;
    }

    private static double norm(float[] vector) {
        double sum = 0;
        for (float component : vector) {
            sum += (double) component * component;
        }
        return Math.sqrt(sum);
    }

    /** What has been appended survives this process. */
    void commit() throws IOException {
        channel.force(true);
        Path next = commitFile.resolveSibling(commitFile.getFileName() + ".new");
        Files.writeString(next, rows + " " + HexFormat.of().toHexDigits(checksum.getValue(), 8) + "\n");
        Files.move(next, commitFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
