package dev.vectorhub.billing.usage;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a spool segment. All numbers are big-endian.
 *
 * <pre>
 * segment = magic (8 bytes "VHUSAGE1") frame*
 * frame   = payloadBytes (int, 1 .. 4 MiB) crc32c of the payload (int) payload
 * payload = events (int, 1 .. 4096) event*
 * event   = tenant (2 longs) hasKey (byte) [key (2 longs)] meter code (UTF) operation (UTF) quantity (long)
 *           epochMillis (long) node (UTF) epoch (long) seq (long)
 * UTF     = length (unsigned short) modified UTF-8, as {@link DataOutputStream#writeUTF}
 * </pre>
 *
 * A frame is written with one write and then forced. A frame that ends behind the end of the file, or a last frame with
 * a wrong checksum, is the trace of a kill in the middle of that write: nobody was told that it is durable.
 */
final class SpoolFormat {
    static final byte[] MAGIC = {'V', 'H', 'U', 'S', 'A', 'G', 'E', '1'};
    static final int FRAME_HEADER_BYTES = 8;
    static final int PAYLOAD_BYTES_MAX = 4 << 20;
    static final int FRAME_EVENTS_MAX = 4096;

    private SpoolFormat() {}

    /** What lies at an offset of a segment. */
    sealed interface Read {
        /** A whole frame; the next one starts at {@code end}. */
        record Frame(List<UsageEvent> events, int end) implements Read {}

        /** Bytes that cannot be understood though more bytes follow, from {@code end} on. */
        record Damaged(int end) implements Read {}

        /** No further whole frame. */
        record End() implements Read {}
    }

    /** A frame of 1 to {@link #FRAME_EVENTS_MAX} events, ready to be written. */
    static ByteBuffer encode(List<UsageEvent> events) {
        if (events.isEmpty() || events.size() > FRAME_EVENTS_MAX) {
            throw new IllegalArgumentException("a frame has 1 to " + FRAME_EVENTS_MAX + " events: " + events.size());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + events.size() * 110);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(events.size());
            for (UsageEvent event : events) {
                write(out, event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        byte[] payload = bytes.toByteArray();
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + payload.length);
        frame.putInt(payload.length)
                .putInt(checksum(payload, 0, payload.length))
                .put(payload);
        return frame.flip();
    }

    /** Reads the frame at an offset of a segment's bytes, of which {@code limit} are valid. */
    static Read read(byte[] segment, int offset, int limit) {
        if (limit - offset < FRAME_HEADER_BYTES) {
            return new Read.End();
        }
        ByteBuffer header = ByteBuffer.wrap(segment, offset, FRAME_HEADER_BYTES);
        int length = header.getInt();
        int checksum = header.getInt();
        int payload = offset + FRAME_HEADER_BYTES;
        if (length == 0 && checksum == 0) {
            return new Read.End(); // a file system may extend a file with zeros before the data arrives
        }
        if (length < 1 || length > PAYLOAD_BYTES_MAX) {
            return new Read.Damaged(limit);
        }
        if (length > limit - payload) {
            return new Read.End();
        }
        int end = payload + length;
        if (checksum(segment, payload, length) != checksum) {
            return end == limit ? new Read.End() : new Read.Damaged(end);
        }
        List<UsageEvent> events = decode(segment, payload, length);
        return events == null ? new Read.Damaged(end) : new Read.Frame(events, end);
    }

    private static @Nullable List<UsageEvent> decode(byte[] segment, int offset, int length) {
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(segment, offset, length))) {
            int count = in.readInt();
            if (count < 1 || count > FRAME_EVENTS_MAX) {
                return null;
            }
            List<UsageEvent> events = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                events.add(read(in));
            }
            return in.available() == 0 ? events : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static void write(DataOutputStream out, UsageEvent event) throws IOException {
        writeUuid(out, event.tenantId());
        UUID key = event.keyId();
        out.writeByte(key == null ? 0 : 1);
        if (key != null) {
            writeUuid(out, key);
        }
        out.writeUTF(event.meter().code());
        out.writeUTF(event.operation());
        out.writeLong(event.quantity());
        out.writeLong(event.epochMillis());
        out.writeUTF(event.node());
        out.writeLong(event.epoch());
        out.writeLong(event.seq());
    }

    private static UsageEvent read(DataInputStream in) throws IOException {
        UUID tenant = readUuid(in);
        UUID key = in.readByte() == 0 ? null : readUuid(in);
        return new UsageEvent(
                tenant,
                key,
                BillableMeter.ofCode(in.readUTF()),
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readUTF(),
                in.readLong(),
                in.readLong());
    }

    private static void writeUuid(DataOutputStream out, UUID value) throws IOException {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    private static UUID readUuid(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
