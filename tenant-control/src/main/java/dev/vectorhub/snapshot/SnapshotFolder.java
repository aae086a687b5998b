package dev.vectorhub.snapshot;

import dev.vectorhub.node.StoredBeside;
import dev.vectorhub.tenant.TenantId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where the snapshots of this node lie.
 *
 * <pre>
 * &lt;hub.snapshot.dir&gt;/
 *   incoming/                         being written or received; emptied at the start
 *   &lt;tenant&gt;/&lt;collection&gt;/            first 32 digits of the SHA-256 of the collection's name
 *     &lt;name&gt;.snapshot                  sealed: see {@link Seal}
 *     &lt;name&gt;.snapshot.sha256           its checksum
 * </pre>
 *
 * A file is there when it is whole and on stable storage. What tenants store is counted once, at the first use, and kept up
 * from then on.
 */
@Singleton
public class SnapshotFolder implements StoredBeside {
    private static final String CHECKSUM = ".sha256";
    private static final String INCOMING = "incoming";
    private static final int DIGITS = 32;

    private final Path root;
    private final Map<UUID, Long> stored = new ConcurrentHashMap<>();

    @Inject
    SnapshotFolder(
            @ConfigProperty(name = "hub.snapshot.dir") Optional<Path> dir,
            @ConfigProperty(name = "storage.data_dir", defaultValue = "data") Path dataDir) {
        this(dir.orElseGet(() -> dataDir.resolve("snapshots")));
    }

    SnapshotFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(this.root);
            empty(this.root.resolve(INCOMING));
            Files.createDirectories(this.root.resolve(INCOMING));
            stored.putAll(count());
        } catch (IOException e) {
            throw new UncheckedIOException("snapshots cannot be kept in " + this.root, e);
        }
    }

    /** Bytes of all snapshots of the tenant. */
    public long bytes(TenantId tenant) {
        return stored.getOrDefault(tenant.value(), 0L);
    }

    @Override
    public Map<UUID, Long> bytes() {
        return Map.copyOf(stored);
    }

    /** Of one collection, oldest first. */
    List<Snapshot> list(TenantId tenant, String collection) throws IOException {
        Path folder = folder(tenant, collection);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Snapshot> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SnapshotNames.SUFFIX)) {
            for (Path file : files) {
                snapshot(file).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(Snapshot::createdAt).thenComparing(Snapshot::name));
        return found;
    }

    /** The file of a snapshot of the tenant's; empty where there is none of the name. */
    Optional<Path> find(TenantId tenant, String collection, String name) {
        if (!SnapshotNames.valid(name)) {
            return Optional.empty();
        }
        Path file = folder(tenant, collection).resolve(name);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file) : Optional.empty();
    }

    /** A file to write to, which nobody finds; the caller removes it unless {@link #keep} takes it. */
    Path incoming() throws IOException {
        return Files.createTempFile(root.resolve(INCOMING), "", ".part");
    }

    long usableBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** Takes a file that is whole and on stable storage under its name. */
    Snapshot keep(Path written, TenantId tenant, String collection, String name, String checksum) throws IOException {
        Path folder = Files.createDirectories(folder(tenant, collection));
        Path file = folder.resolve(name);
        Path sum = beside(file);
        Files.writeString(sum, checksum, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        for (Path changed : List.of(folder, folder.resolveSibling("."), root)) {
            force(changed);
        }
        Snapshot kept = snapshot(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
        stored.merge(tenant.value(), kept.bytes(), Long::sum);
        return kept;
    }

    /** False where there is none of the name. */
    boolean delete(TenantId tenant, String collection, String name) throws IOException {
        Optional<Path> file = find(tenant, collection, name);
        if (file.isEmpty()) {
            return false;
        }
        long bytes = Files.size(file.get());
        boolean deleted = Files.deleteIfExists(file.get());
        Files.deleteIfExists(beside(file.get()));
        if (deleted) {
            stored.computeIfPresent(tenant.value(), (id, all) -> all > bytes ? Long.valueOf(all - bytes) : null);
            force(file.get().resolveSibling("."));
        }
        return deleted;
    }

    /** Everything of a tenant that is no more. */
    void erase(UUID tenant) throws IOException {
        empty(root.resolve(tenant.toString()));
        stored.remove(tenant);
    }

    private Path folder(TenantId tenant, String collection) {
        byte[] hash = sha256().digest(collection.getBytes(StandardCharsets.UTF_8));
        return root.resolve(tenant.toString())
                .resolve(HexFormat.of().formatHex(hash).substring(0, DIGITS));
    }

    private static Optional<Snapshot> snapshot(Path file) throws IOException {
        try {
            return Optional.of(new Snapshot(
                    file.getFileName().toString(),
                    Files.getLastModifiedTime(file).toInstant(),
                    Files.size(file),
                    Files.readString(beside(file), StandardCharsets.US_ASCII)));
        } catch (NoSuchFileException e) {
            // Deleted while the folder was read.
            return Optional.empty();
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + CHECKSUM);
    }

    private Map<UUID, Long> count() throws IOException {
        Map<UUID, Long> bytes = new HashMap<>();
        try (DirectoryStream<Path> tenants = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path tenant : tenants) {
                String name = tenant.getFileName().toString();
                if (!name.equals(INCOMING)) {
                    bytes.put(UUID.fromString(name), count(tenant));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(root + " holds a folder that is no tenant's: " + e.getMessage(), e);
        }
        bytes.values().removeIf(sum -> sum == 0);
        return bytes;
    }

    private static long count(Path folder) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(SnapshotNames.SUFFIX)) {
                    sum += Files.size(file);
                }
            }
        }
        return sum;
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : deepestFirst) {
            Files.deleteIfExists(one);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
