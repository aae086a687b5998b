package dev.vectorhub.engine.client;

import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes a backup so that a file of its name is whole: beside it, fsynced, read back, renamed. */
final class BackupFile {
    private static final int BUFFER_BYTES = 1 << 18;

    private BackupFile() {}

    static BackupReader.Summary write(EngineTransport node, BackupRequest request, Path file, LongConsumer written)
            throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                            part,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.TRUNCATE_EXISTING,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS));
                    OutputStream out = new BufferedOutputStream(
                            new Counted(Channels.newOutputStream(channel), written), BUFFER_BYTES)) {
                node.backup(request, out);
                out.flush();
                channel.force(true);
            }
            BackupReader.Summary summary = BackupReader.verify(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(file.toAbsolutePath().getParent());
            return summary;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Told of each buffer that is written. */
    private static final class Counted extends FilterOutputStream {
        private final LongConsumer written;
        private long bytes;

        Counted(OutputStream out, LongConsumer written) {
            super(out);
            this.written = written;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            bytes += length;
            written.accept(bytes);
        }
    }

    private static void forceDirectory(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
