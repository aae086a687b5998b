package dev.vectorhub.backup;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where backups lie: {@code <hub.backup.dir>/<tenant>/<backup>.vhb}. Names are made of ids only, so that no name of anybody's
 * leads out of the folder. Several API processes must share the folder.
 */
@Singleton
class BackupFolder {
    private static final String SUFFIX = ".vhb";
    private static final int BUFFER_BYTES = 1 << 18;
    /** What the volume keeps free. */
    private static final long RESERVED_BYTES = 256L << 20;

    private final Path root;

    @Inject
    BackupFolder(
            @ConfigProperty(name = "hub.backup.dir") Optional<Path> dir,
            @ConfigProperty(name = "storage.data_dir", defaultValue = "data") Path dataDir) {
        this(dir.orElseGet(() -> dataDir.resolve("backups")));
    }

    BackupFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The file of a backup, whether it is there or not. */
    Path file(Backup backup) {
        return folder(backup).resolve(backup.id() + SUFFIX);
    }

    private Path folder(Backup backup) {
        return root.resolve(backup.tenant().toString());
    }

    /**
     * The file to write a backup to; its folder is there.
     *
     * @throws IOException if the volume has no room for so many bytes
     */
    Path toWrite(Backup backup, long bytes) throws IOException {
        Path file = file(backup);
        Files.createDirectories(root);
        // links within the folder are followed by nobody
        if (Files.isSymbolicLink(folder(backup))) {
            throw new IOException(folder(backup) + " is a link");
        }
        Files.createDirectories(folder(backup));
        long free = Files.getFileStore(root).getUsableSpace();
        if (free - RESERVED_BYTES < bytes) {
            throw new IOException(
                    "the volume of hub.backup.dir has " + free + " bytes free; the backup needs " + bytes);
        }
        return file;
    }

    /** @throws IOException if it is not there */
    Path toRead(Backup backup) throws IOException {
        Path file = file(backup);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        return file;
    }

    void delete(Backup backup) throws IOException {
        Path file = file(backup);
        Files.deleteIfExists(file);
        Path folder = folder(backup);
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (var left = Files.list(folder)) {
                if (left.findAny().isEmpty()) {
                    Files.deleteIfExists(folder);
                }
            }
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
