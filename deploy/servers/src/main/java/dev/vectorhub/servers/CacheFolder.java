package dev.vectorhub.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where unpacked distributions lie, shared by all hubs of a user: {@code $HUB_CACHE}, else
 * {@code $XDG_CACHE_HOME/vectorizer-hub}, else {@code ~/.cache/vectorizer-hub}. An entry is made beside its place and
 * renamed, so that it is there whole or not at all.
 */
final class CacheFolder {
    private static final Object IN_PROCESS = new Object();

    private CacheFolder() {}

    /** Fills an empty folder; what it leaves there becomes the entry. */
    @FunctionalInterface
    interface Filler {
        void fill(Path folder) throws IOException;
    }

    static Path root() {
        String own = System.getProperty("hub.cache", System.getenv("HUB_CACHE"));
        if (own != null && !own.isBlank()) {
            return Path.of(own).toAbsolutePath();
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("vectorizer-hub").toAbsolutePath();
    }

    /** The entry of that name, made first if it is absent; one process makes it, others wait. */
    static Path once(String name, Filler filler) {
        Path entry = root().resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        // A file lock is held by the whole process: threads of one process need their own.
        synchronized (IN_PROCESS) {
            try {
                Files.createDirectories(root());
                try (FileChannel channel = FileChannel.open(
                                root().resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    assert lock.isValid();
                    if (!Files.isDirectory(entry)) {
                        fill(entry, filler);
                    }
                }
            } catch (IOException e) {
                throw new ServerException("cannot prepare " + entry + ": " + e.getMessage(), e);
            }
        }
        return entry;
    }

    private static void fill(Path entry, Filler filler) throws IOException {
        Path partial = entry.resolveSibling(entry.getFileName() + ".partial");
        deleteTree(partial);
        Files.createDirectories(partial);
        filler.fill(partial);
        Files.move(partial, entry, StandardCopyOption.ATOMIC_MOVE);
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
