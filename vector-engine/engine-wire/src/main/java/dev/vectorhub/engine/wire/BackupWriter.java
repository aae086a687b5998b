package dev.vectorhub.engine.wire;

import com.google.protobuf.MessageLite;
import dev.vectorhub.engine.wire.v1.BackupCollection;
import dev.vectorhub.engine.wire.v1.BackupEnd;
import dev.vectorhub.engine.wire.v1.BackupHeader;
import dev.vectorhub.engine.wire.v1.BackupPoints;
import dev.vectorhub.engine.wire.v1.Point;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * Writes a backup: of a tenant, or of some of its collections (then it is what Qdrant's clients call a snapshot). It holds
 * points, not files, so that it can be restored whatever the isolation, the number of shards or the version of the storage
 * formats. Integers are big-endian; bodies are messages of {@code engine.proto}.
 *
 * <pre>
 * preamble  u32 magic "VHBU"   u16 format version 1   u16 zero
 * frame     u32 bytes of type and body   u32 CRC32C   u8 type   body
 *           types: 1 BackupHeader, 2 BackupCollection, 3 BackupPoints, 4 BackupEnd
 * </pre>
 *
 * <p>A frame's checksum continues that of the frame before it (the first one's begins with the preamble), so that a frame that
 * is missing, repeated or moved is found like one that is changed. The order is: header; each collection followed by the
 * frames of its points; end, with which the file ends.
 */
public final class BackupWriter {
    /** Bytes of points after which a frame is written. */
    private static final int POINTS_BYTES_GOAL = 256 << 10;

    private final DataOutputStream out;
    private final CRC32C crc = new CRC32C();
    private BackupPoints.Builder batch = BackupPoints.newBuilder();
    private long batchBytes;
    private long collections;
    private long points;
    private long bytes;

    /** @param out buffered by the caller, who also closes it */
    public BackupWriter(OutputStream out, BackupHeader header) throws IOException {
        this.out = new DataOutputStream(out);
        byte[] preamble = preamble();
        this.out.write(preamble);
        crc.update(preamble);
        bytes = preamble.length;
        frame(BackupFormat.HEADER, header);
    }

    static byte[] preamble() {
        int magic = BackupFormat.MAGIC;
        int version = BackupFormat.VERSION;
        return new byte[] {
            (byte) (magic >>> 24),
            (byte) (magic >>> 16),
            (byte) (magic >>> 8),
            (byte) magic,
            (byte) (version >>> 8),
            (byte) version,
            0,
            0
        };
    }

    /** The points that follow belong to it. */
    public void collection(BackupCollection collection) throws IOException {
        flush();
        frame(BackupFormat.COLLECTION, collection);
        collections++;
    }

    public void point(Point point) throws IOException {
        batch.addPoints(point);
        batchBytes += point.getSerializedSize();
        points++;
        if (batchBytes >= POINTS_BYTES_GOAL) {
            flush();
        }
    }

    /** Without it the backup is none. */
    public void end() throws IOException {
        flush();
        frame(
                BackupFormat.END,
                BackupEnd.newBuilder()
                        .setCollections(collections)
                        .setPoints(points)
                        .build());
        out.flush();
    }

    public long collections() {
        return collections;
    }

    public long points() {
        return points;
    }

    public long bytes() {
        return bytes;
    }

    private void flush() throws IOException {
        if (batch.getPointsCount() > 0) {
            frame(BackupFormat.POINTS, batch.build());
            batch = BackupPoints.newBuilder();
            batchBytes = 0;
        }
    }

    private void frame(int type, MessageLite message) throws IOException {
        byte[] body = message.toByteArray();
        crc.update(type);
        crc.update(body);
        out.writeInt(body.length + 1);
        out.writeInt((int) crc.getValue());
        out.writeByte(type);
        out.write(body);
        bytes += BackupFormat.FRAME_HEADER_BYTES + 1L + body.length;
    }
}
