package dev.vectorhub.billing.usage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A queue of usage events on disk, first in first out: {@link #append} returns when the events are forced to the disk,
 * {@link #peek} gives the oldest frame and {@link #remove} takes it away once it is in the ledger. How far a segment was
 * read is not kept on disk: after a restart whole segments are read again, which the ledger's unique id makes harmless.
 *
 * <p>Files {@code <number>.spool} of at most {@link #SEGMENT_BYTES} and one frame ({@link SpoolFormat}), {@code
 * <number>.damaged} kept aside for a person, and {@code lock}, so that two processes never share a folder.
 */
final class UsageSpool implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(UsageSpool.class);
    private static final String SUFFIX = ".spool";

    /** A segment is closed when it has grown to this size: small enough to be read whole. */
    static final int SEGMENT_BYTES = 1 << 20;

    private final Path directory;
    private final long bytesMax;
    private final FileChannel lockChannel;
    private final FileLock lock;
    /** Oldest first; the last one may be open for writing. */
    private final Deque<Segment> segments = new ArrayDeque<>();

    private @Nullable FileChannel writer;
    private long nextNumber;
    private long pendingBytes;
    private long corruptFrames;
    private boolean closed;

    private static final class Segment {
        final Path file;
        int size;
        int readOffset = SpoolFormat.MAGIC.length;
        boolean damaged;
        byte @Nullable [] content;

        Segment(Path file, int size) {
            this.file = file;
            this.size = size;
        }
    }

    private UsageSpool(Path directory, long bytesMax, FileChannel lockChannel, FileLock lock) {
        this.directory = directory;
        this.bytesMax = bytesMax;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /**
     * Opens a folder, made if absent, with what earlier runs left in it.
     *
     * @throws IOException if another process has it open or it cannot be read
     */
    static UsageSpool open(Path directory, long bytesMax) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debugf(e, "%s is open in this process", directory);
        }
        if (lock == null) {
            channel.close();
            throw new IOException("the usage spool " + directory + " is in use by another process");
        }
        UsageSpool spool = new UsageSpool(directory, bytesMax, channel, lock);
        spool.recover();
        return spool;
    }

    private void recover() throws IOException {
        try (var files = Files.list(directory)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
            for (Path file : found) {
                long size = Files.size(file);
                if (size > SEGMENT_BYTES + SpoolFormat.PAYLOAD_BYTES_MAX + SpoolFormat.FRAME_HEADER_BYTES) {
                    throw new IOException(file + " has " + size + " bytes: not a usage spool segment");
                }
                segments.add(new Segment(file, (int) size));
                pendingBytes += size;
                nextNumber = Math.max(nextNumber, number(file) + 1);
            }
        }
    }

    private static long number(Path file) throws IOException {
        String name = file.getFileName().toString();
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            throw new IOException(file + " is not the name of a usage spool segment", e);
        }
    }

    /** Appends 1 to {@link SpoolFormat#FRAME_EVENTS_MAX} events and forces them to the disk. */
    synchronized void append(List<UsageEvent> events) throws IOException {
        ByteBuffer frame = SpoolFormat.encode(events);
        int bytes = frame.remaining();
        if (closed) {
            throw new IOException("the usage spool " + directory + " is closed");
        }
        if (pendingBytes + bytes > bytesMax) {
            throw new IOException("the usage spool " + directory + " is full: " + pendingBytes + " bytes");
        }
        FileChannel channel = writer;
        Segment segment = segments.peekLast();
        if (channel == null || segment == null || segment.size >= SEGMENT_BYTES) {
            closeWriter();
            segment = new Segment(directory.resolve("%016d%s".formatted(nextNumber++, SUFFIX)), 0);
            channel = FileChannel.open(segment.file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            writer = channel;
            segments.add(segment);
            writeFully(channel, ByteBuffer.wrap(SpoolFormat.MAGIC), 0);
            segment.size = SpoolFormat.MAGIC.length;
            channel.force(true);
            forceDirectory();
        }
        try {
            writeFully(channel, frame, segment.size);
            channel.force(false);
        } catch (IOException e) {
            closeWriter(); // after a failed force the state of the file is unknown: never write to it again
            throw e;
        }
        segment.size += bytes;
        pendingBytes += bytes;
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Makes the entry of a new file durable; some systems cannot open a folder and need no such step. */
    private void forceDirectory() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debugf(e, "cannot force the folder %s", directory);
        }
    }

    /** The events of the oldest frame; null if there is none. */
    synchronized @Nullable List<UsageEvent> peek() throws IOException {
        while (true) {
            Segment segment = segments.peekFirst();
            if (segment == null) {
                return null;
            }
            switch (SpoolFormat.read(content(segment), segment.readOffset, segment.size)) {
                case SpoolFormat.Read.Frame(List<UsageEvent> events, int end) -> {
                    return events;
                }
                case SpoolFormat.Read.Damaged(int end) -> {
                    corruptFrames++;
                    segment.damaged = true;
                    advance(segment, end);
                    LOG.errorf("damaged frame in the usage spool segment %s", segment.file);
                }
                case SpoolFormat.Read.End() -> {
                    if (segments.size() == 1 && writer != null) {
                        segment.content = null;
                        return null;
                    }
                    drop(segment);
                }
            }
        }
    }

    /** Removes the frame that {@link #peek} gave. */
    synchronized void remove() throws IOException {
        Segment segment = segments.getFirst();
        if (SpoolFormat.read(content(segment), segment.readOffset, segment.size)
                instanceof SpoolFormat.Read.Frame(List<UsageEvent> events, int end)) {
            advance(segment, end);
            if (end >= SEGMENT_BYTES && segments.size() == 1) {
                closeWriter();
            }
        }
    }

    private void advance(Segment segment, int end) {
        pendingBytes -= end - segment.readOffset;
        segment.readOffset = end;
    }

    private static byte[] content(Segment segment) throws IOException {
        byte[] content = segment.content;
        if (content == null || content.length < segment.size) {
            content = Files.readAllBytes(segment.file);
            segment.content = content;
            byte[] magic = SpoolFormat.MAGIC;
            boolean whole = content.length >= magic.length;
            if (whole && !Arrays.equals(content, 0, magic.length, magic, 0, magic.length)) {
                throw new IOException(segment.file + " does not begin like a usage spool segment");
            }
            segment.size = Math.min(segment.size, content.length);
        }
        return content;
    }

    private void drop(Segment segment) throws IOException {
        segments.removeFirst();
        pendingBytes -= Math.max(0, segment.size - segment.readOffset);
        if (segments.isEmpty()) {
            closeWriter();
            pendingBytes = 0;
        }
        if (segment.damaged) {
            String name = segment.file.getFileName().toString().replace(SUFFIX, ".damaged");
            Files.move(segment.file, segment.file.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(segment.file);
        }
    }

    private void closeWriter() throws IOException {
        FileChannel channel = writer;
        writer = null;
        if (channel != null) {
            channel.close();
        }
    }

    synchronized long pendingBytes() {
        return pendingBytes;
    }

    synchronized long corruptFrames() {
        return corruptFrames;
    }

    /** Closes the files; a spool whose frames were all removed leaves no segment behind. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        closeWriter();
        try {
            peek(); // with no writer, segments that were read to the end go away
        } finally {
            lock.release();
            lockChannel.close();
        }
    }
}
