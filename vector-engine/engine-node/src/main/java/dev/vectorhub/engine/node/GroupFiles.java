package dev.vectorhub.engine.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one Raft group keeps its state.
 *
 * <pre>
 * &lt;data_dir&gt;/groups/&lt;group&gt;/
 *     lock       held by the process that has the group open
 *     node       who this replica is: the peer id in the log must not change
 *     applied    up to which entry the store is durable: replay starts after it, the log before it may be purged
 *     log/&lt;uuid&gt;/current/    Ratis: log_&lt;first&gt;-&lt;last&gt;, log_inprogress_&lt;first&gt;, raft-meta, raft-meta.conf
 *     removed/   Ratis: logs of removed groups
 * </pre>
 */
final class GroupFiles implements AutoCloseable {

    /**
     * @param term of the entry at {@code index}
     * @param index last log entry that the store held durably, configuration entries included
     * @param durable the log index as the store itself states it
     */
    record Applied(long term, long index, long durable) {}

    private static final Logger LOG = LoggerFactory.getLogger(GroupFiles.class);
    private static final String META = "raft-meta";

    private final Path root;
    private final UUID groupId;
    private final String nodeId;
    private final StateFile applied;
    private final FileChannel lock;

    private GroupFiles(Path root, UUID groupId, String nodeId, FileChannel lock) {
        this.root = root;
        this.lock = lock;
        this.groupId = groupId;
        this.nodeId = nodeId;
        this.applied = new StateFile(root.resolve("applied"), "vectorhub-applied 1");
    }

    /**
     * Makes the directories of a new group or checks those of a known one.
     *
     * @param group its name, server-generated: letters, digits and '-'
     * @throws IllegalStateException if the group was written by another node
     */
    static GroupFiles open(Path dataDir, String group, String nodeId) throws IOException {
        if (!nodeId.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "a node id has 1 to 64 letters, digits, '-' and '_', this one is '" + nodeId + "'");
        }
        var groupId = UUID.nameUUIDFromBytes(("vectorhub/group/" + group).getBytes(StandardCharsets.UTF_8));
        Path groups = dataDir.resolve("groups");
        Path root = groups.resolve(group);
        Files.createDirectories(root);
        FileChannel lock = lock(root.resolve("lock"));
        try {
            var files = new GroupFiles(root, groupId, nodeId, lock);
            Files.createDirectories(files.logStorage());
            Files.createDirectories(files.removed());
            files.checkIdentity();
            files.dropUnformattedStorage();
            for (Path made : List.of(root, groups, dataDir)) {
                StateFile.syncDirectory(made);
            }
            return files;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("this process holds the lock itself", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(file + " is locked: the engine of this directory is running already");
    }

    UUID groupId() {
        return groupId;
    }

    String nodeId() {
        return nodeId;
    }

    /** What Ratis calls its storage directory. */
    Path logStorage() {
        return root.resolve("log");
    }

    Path removed() {
        return root.resolve("removed");
    }

    /** Where the log's segment files lie. */
    Path logSegments() {
        return logStorage().resolve(groupId.toString()).resolve("current");
    }

    long diskFreeBytes() {
        return root.toFile().getUsableSpace();
    }

    /** What has to stay free: the bound, but no more than a twentieth of a small volume. */
    long diskReserveBytes(long boundBytes) {
        return Math.min(boundBytes, root.toFile().getTotalSpace() / 20);
    }

    @Nullable
    Applied readApplied() throws IOException {
        Map<String, String> values = applied.read();
        return values == null
                ? null
                : new Applied(number(values, "term"), number(values, "index"), number(values, "durable"));
    }

    void writeApplied(Applied mark) throws IOException {
        applied.write(new TreeMap<>(Map.of(
                "term", Long.toString(mark.term()),
                "index", Long.toString(mark.index()),
                "durable", Long.toString(mark.durable()))));
    }

    private void checkIdentity() throws IOException {
        var identity = new StateFile(root.resolve("node"), "vectorhub-node 1");
        Map<String, String> known = identity.read();
        if (known == null) {
            identity.write(new TreeMap<>(Map.of("id", nodeId)));
        } else if (!nodeId.equals(known.get("id"))) {
            throw new IllegalStateException(root + " belongs to the node '" + known.get("id") + "', not to '" + nodeId
                    + "'; a node keeps its id as long as its data directory");
        }
    }

    /** A kill during the very first start leaves a storage directory without its metadata, which Ratis then refuses. */
    private void dropUnformattedStorage() throws IOException {
        if (!Files.isDirectory(logSegments()) || Files.exists(logSegments().resolve(META))) {
            return;
        }
        try (Stream<Path> inside = Files.list(logSegments())) {
            for (Path file : inside.toList()) {
                if (!file.getFileName().toString().startsWith(META)) {
                    throw new IOException(logSegments() + " holds a log but no " + META + " file");
                }
                Files.delete(file);
            }
        }
    }

    private long number(Map<String, String> values, String key) {
        String value = values.get(key);
        try {
            return Long.parseLong(value == null ? "" : value);
        } catch (NumberFormatException e) {
            throw new UncheckedIOException(new IOException(root.resolve("applied") + ": no number '" + key + "'", e));
        }
    }
}
