package dev.vectorhub.servers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Unpacks tar archives; files keep their execute bit, links stay links. */
final class Archives {
    private static final int OWNER_EXECUTE = 0100;
    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private Archives() {}

    /**
     * @param compressor {@code gz} or {@code xz}
     * @param strip leading path components to drop
     */
    static void unpack(InputStream source, String compressor, Path target, int strip) throws IOException {
        Path root = target.toAbsolutePath().normalize();
        try (InputStream plain = new CompressorStreamFactory()
                        .createCompressorInputStream(compressor, new BufferedInputStream(source, 1 << 16));
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path relative = Path.of(entry.getName()).normalize();
                if (relative.getNameCount() <= strip || relative.toString().isEmpty()) {
                    continue;
                }
                Path file = root.resolve(relative.subpath(strip, relative.getNameCount()))
                        .normalize();
                if (!file.startsWith(root)) {
                    throw new IOException("archive entry leaves its folder: " + entry.getName());
                }
                write(tar, entry, file, root);
            }
        } catch (CompressorException e) {
            throw new IOException("cannot read a " + compressor + " archive", e);
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file, Path root)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (entry.isSymbolicLink()) {
            Path link = Path.of(entry.getLinkName());
            if (!file.resolveSibling(link).normalize().startsWith(root)) {
                throw new IOException("archive link leaves its folder: " + entry.getName());
            }
            Files.createSymbolicLink(file, link);
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & OWNER_EXECUTE) != 0) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            permissions.addAll(EXECUTE);
            Files.setPosixFilePermissions(file, permissions);
        }
    }
}
