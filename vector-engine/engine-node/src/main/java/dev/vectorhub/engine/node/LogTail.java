package dev.vectorhub.engine.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.server.raftlog.segmented.SegmentedRaftLogFormat;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;
import org.apache.ratis.util.SizeInBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts what a crash tore off the end of the log. Ratis itself copes with a last entry that the end of the file cuts, but
 * segments are preallocated: a torn entry usually ends in zeros or in bytes of a lost page, and then Ratis refuses to
 * start, or, with its lenient policy, drops entries of closed segments too. Here only the open segment is cut, at the
 * first entry whose frame, checksum or index is wrong: an entry there was never acknowledged unless everything before it
 * was on stable storage. Closed segments were synced before they were renamed; damage there stops the start.
 */
final class LogTail {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final String OPEN_PREFIX = "log_inprogress_";
    private static final int CHECKSUM_BYTES = 4;

    private LogTail() {}

    /** Cuts a torn tail off; returns the bytes cut, without the zeros that preallocation left. */
    static long repair(Path segments, int entryBytesMax) throws IOException {
        Optional<Path> open = openSegment(segments);
        return open.isEmpty() ? 0 : repairSegment(open.get(), entryBytesMax);
    }

    static Optional<Path> openSegment(Path segments) throws IOException {
        if (!Files.isDirectory(segments)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(segments)) {
            List<Path> open = files.filter(f -> f.getFileName().toString().startsWith(OPEN_PREFIX))
                    .toList();
            if (open.size() > 1) {
                throw new IOException(segments + " holds more than one open log segment: " + open);
            }
            return open.stream().findFirst();
        }
    }

    private static long repairSegment(Path file, int entryBytesMax) throws IOException {
        LogSegmentPath segment = LogSegmentPath.matchLogSegment(file);
        if (segment == null) {
            throw new IOException(file + " is not named as a log segment");
        }
        int header = SegmentedRaftLogFormat.getHeaderLength();
        if (Files.size(file) <= header) {
            return 0;
        }
        long[] end = {header};
        long[] next = {Long.parseLong(file.getFileName().toString().substring(OPEN_PREFIX.length()))};
        try {
            LogSegment.readSegmentFile(
                    file.toFile(),
                    segment.getStartEnd(),
                    SizeInBytes.valueOf(entryBytesMax),
                    CorruptionPolicy.EXCEPTION,
                    null,
                    entry -> {
                        if (entry.getIndex() != next[0]++) {
                            throw new IllegalStateException("entry " + entry.getIndex() + " out of order");
                        }
                        int size = entry.getSerializedSize();
                        end[0] += CodedOutputStream.computeUInt32SizeNoTag(size) + size + CHECKSUM_BYTES;
                    });
            return 0;
        } catch (IOException | IllegalStateException e) {
            if (end[0] == header && !startsWithHeader(file)) {
                throw new IOException(file + " is not a log segment: wrong header", e);
            }
            return cut(file, end[0], e);
        }
    }

    private static long cut(Path file, long end, Exception why) throws IOException {
        byte[] tail;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.allocate(Math.toIntExact(channel.size() - end));
            while (buffer.hasRemaining() && channel.read(buffer, end + buffer.position()) >= 0) {
                // reads on until the buffer is full or the file ends
            }
            tail = buffer.array();
            channel.truncate(end);
            channel.force(true);
        }
        int bytes = tail.length;
        while (bytes > 0 && tail[bytes - 1] == 0) {
            bytes--;
        }
        LOG.warn("{}: cut {} bytes of an unfinished write at offset {} ({})", file, bytes, end, why.toString());
        return bytes;
    }

    private static boolean startsWithHeader(Path file) throws IOException {
        byte[] head = new byte[SegmentedRaftLogFormat.getHeaderLength()];
        try (var in = Files.newInputStream(file)) {
            int read = in.readNBytes(head, 0, head.length);
            return SegmentedRaftLogFormat.matchHeader(head, 0, read) == head.length;
        }
    }
}
