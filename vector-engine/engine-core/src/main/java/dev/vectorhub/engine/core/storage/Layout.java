package dev.vectorhub.engine.core.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where everything lies. Names are made here from numbers and UUIDs, never from what a client sent; directories are entered
 * without following links.
 *
 * <pre>
 * shared/store.manifest, store.lock      the last checkpoint; one process at a time
 * shared/catalog/catalog-BUCKET-N        tenants of the modes NONE and COLLECTION, collections of the mode NONE
 * shared/slabs/slab-NUMBER               segments and graphs of many collections of the mode NONE
 * shared/collections/UUID/               mode COLLECTION: manifest-N, segment-NUMBER, graph-NUMBER
 * tenants/tenant_UUID/                   mode STORAGE: tenant.json, manifest-N,
 *     collections/UUID/                      manifest-N, segment-NUMBER
 *     indexes/UUID/                          graph-NUMBER
 * </pre>
 *
 * N is the number of the checkpoint that wrote the file. A directory that is being erased is first renamed to
 * {@code erased_…}, so that it vanishes at once or not at all.
 */
public final class Layout {
    public static final String TENANT_PREFIX = "tenant_";
    public static final String MANIFEST = "manifest";
    private static final String ERASED_PREFIX = "erased_";

    private final Path root;
    private final Path shared;
    private final Path slabs;
    private final Path catalog;
    private final Path collections;
    private final Path tenants;

    private Layout(Path root) {
        this.root = root;
        this.shared = root.resolve("shared");
        this.slabs = shared.resolve("slabs");
        this.catalog = shared.resolve("catalog");
        this.collections = shared.resolve("collections");
        this.tenants = root.resolve("tenants");
    }

    /** Resolves the root once and makes the fixed directories. */
    public static Layout at(Path dataDir) {
        try {
            Files.createDirectories(dataDir);
            Layout layout = new Layout(dataDir.toRealPath());
            layout.refuseForeign();
            for (Path fixed :
                    List.of(layout.shared, layout.slabs, layout.catalog, layout.collections, layout.tenants)) {
                layout.makeDirectory(fixed);
            }
            return layout;
        } catch (IOException e) {
            throw Damage.in(dataDir, "cannot be used as a data directory", e);
        }
    }

    private void refuseForeign() throws IOException {
        if (Files.exists(storeManifest(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path own : List.of(slabs, catalog, collections, tenants)) {
            if (Files.exists(own, LinkOption.NOFOLLOW_LINKS) && !list(own).isEmpty()) {
                throw Damage.in(
                        storeManifest(), "is missing, yet " + own + " holds data: not a directory of this engine");
            }
        }
    }

    public Path root() {
        return root;
    }

    public Path storeManifest() {
        return shared.resolve("store.manifest");
    }

    public Path lockFile() {
        return shared.resolve("store.lock");
    }

    public Path slabs() {
        return slabs;
    }

    public Path slab(long number) {
        return slabs.resolve("slab-" + number);
    }

    public Path catalog() {
        return catalog;
    }

    public Path sharedCollections() {
        return collections;
    }

    public Path sharedCollection(UUID collection) {
        return collections.resolve(collection.toString());
    }

    public Path tenants() {
        return tenants;
    }

    public Path tenant(UUID tenant) {
        return tenants.resolve(TENANT_PREFIX + tenant);
    }

    public Path tenantCollection(UUID tenant, UUID collection) {
        return tenant(tenant).resolve("collections").resolve(collection.toString());
    }

    public Path tenantIndex(UUID tenant, UUID collection) {
        return tenant(tenant).resolve("indexes").resolve(collection.toString());
    }

    /** Makes the directory and those above it, down from the root; each must be a real directory, not a link. */
    public void makeDirectory(Path directory) {
        Path at = root;
        try {
            for (Path name : root.relativize(directory)) {
                at = at.resolve(name);
                if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(at);
                }
            }
        } catch (IOException e) {
            throw Damage.writing(at, e);
        }
        requireDirectory(directory);
    }

    /** Throws unless every step from the root is a directory and none a link. */
    public void requireDirectory(Path directory) {
        if (!directory.startsWith(root)) {
            throw Damage.in(directory, "lies outside of " + root);
        }
        Path at = root;
        for (Path name : root.relativize(directory)) {
            at = at.resolve(name);
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                throw Damage.in(at, "is missing or no directory");
            }
        }
    }

    /** Makes what was created or renamed in a directory durable. */
    public static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    public static List<Path> list(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        entries.sort(null);
        return entries;
    }

    /** Renames the directory away, for good once this returns. Nothing happens if there is none. */
    public Path detach(Path directory) {
        Path erased = directory.resolveSibling(ERASED_PREFIX + UUID.randomUUID());
        try {
            if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                return erased;
            }
            requireDirectory(directory);
            Files.move(directory, erased, StandardCopyOption.ATOMIC_MOVE);
            Path parent = directory.getParent();
            if (parent != null) {
                forceDirectory(parent);
            }
            return erased;
        } catch (IOException e) {
            throw Damage.writing(directory, e);
        }
    }

    public static boolean isErased(Path directory) {
        return name(directory).startsWith(ERASED_PREFIX);
    }

    public static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Removes a directory with all in it; links are removed, not followed. */
    public static void erase(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
