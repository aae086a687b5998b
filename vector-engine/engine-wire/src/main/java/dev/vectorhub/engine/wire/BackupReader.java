package dev.vectorhub.engine.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.vectorhub.engine.wire.v1.BackupCollection;
import dev.vectorhub.engine.wire.v1.BackupEnd;
import dev.vectorhub.engine.wire.v1.BackupHeader;
import dev.vectorhub.engine.wire.v1.BackupPoints;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads what {@link BackupWriter} wrote. Whatever the bytes are, the answer is the backup or a {@link BackupException}. */
public final class BackupReader {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Told of the frames in their order. */
    public interface Visitor {
        void header(BackupHeader header) throws IOException;

        void collection(BackupCollection collection) throws IOException;

        /** Of the collection before. */
        void points(BackupPoints points) throws IOException;
    }

    /** What a sound backup holds. */
    public record Summary(BackupHeader header, long collections, long points, long bytes) {}

    private final String name;
    private final DataInputStream in;
    private final Visitor visitor;
    private final CRC32C crc = new CRC32C();
    private BackupHeader header = BackupHeader.getDefaultInstance();
    private long collections;
    private long points;
    private long pointsOfCollection;
    private long promised;
    private long bytes = BackupFormat.PREAMBLE_BYTES;

    private BackupReader(String name, InputStream in, Visitor visitor) {
        this.name = name;
        this.in = new DataInputStream(in);
        this.visitor = visitor;
    }

    /**
     * Reads all of it.
     *
     * @throws BackupException naming the file, if it is damaged; the visitor has seen the sound frames before the damage
     */
    public static Summary read(Path file, Visitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            return read(file.toString(), in, visitor);
        }
    }

    /**
     * Reads a backup to its end and shows the visitor what it holds.
     *
     * @param name for messages
     */
    public static Summary read(String name, InputStream in, Visitor visitor) throws IOException {
        return new BackupReader(name, in, visitor).run();
    }

    /** Reads all of it for its checksums only. */
    public static Summary verify(Path file) throws IOException {
        return read(file, new Visitor() {
            @Override
            public void header(BackupHeader header) {}

            @Override
            public void collection(BackupCollection collection) {}

            @Override
            public void points(BackupPoints points) {}
        });
    }

    private Summary run() throws IOException {
        try {
            preamble();
            for (int type = 0; type != BackupFormat.END; ) {
                type = frame();
            }
            if (in.read() >= 0) {
                throw damaged("goes on after its end");
            }
            return new Summary(header, collections, points, bytes);
        } catch (EOFException e) {
            throw new BackupException(name + " is cut short", e);
        } catch (InvalidProtocolBufferException e) {
            throw new BackupException(name + " has a frame that cannot be read at offset " + bytes, e);
        }
    }

    private void preamble() throws IOException {
        byte[] found = in.readNBytes(BackupFormat.PREAMBLE_BYTES);
        byte[] expected = BackupWriter.preamble();
        if (found.length < expected.length || !Arrays.equals(found, 0, 4, expected, 0, 4)) {
            throw damaged("is no backup of this engine");
        }
        if (!Arrays.equals(found, expected)) {
            int version = ((found[4] & 0xFF) << 8) | (found[5] & 0xFF);
            throw damaged("has backup format version " + version + ", this engine reads " + BackupFormat.VERSION);
        }
        crc.update(found);
    }

    private int frame() throws IOException {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length < 1 || length > BackupFormat.FRAME_BYTES_MAX) {
            throw damaged("has a frame of " + length + " bytes at offset " + bytes);
        }
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw damaged("is cut short at offset " + bytes);
        }
        crc.update(frame);
        if ((int) crc.getValue() != checksum) {
            throw damaged("fails its checksum at offset " + bytes);
        }
        boolean first = bytes == BackupFormat.PREAMBLE_BYTES;
        int type = frame[0];
        if (first != (type == BackupFormat.HEADER)) {
            throw damaged("has its header in the wrong place");
        }
        bytes += BackupFormat.FRAME_HEADER_BYTES + (long) length;
        take(type, ByteString.copyFrom(frame, 1, length - 1));
        return type;
    }

    private void take(int type, ByteString body) throws IOException {
        switch (type) {
            case BackupFormat.HEADER -> {
                header = BackupHeader.parseFrom(body);
                visitor.header(header);
            }
            case BackupFormat.COLLECTION -> {
                endCollection();
                BackupCollection collection = BackupCollection.parseFrom(body);
                collections++;
                promised = collection.getPoints();
                visitor.collection(collection);
            }
            case BackupFormat.POINTS -> {
                BackupPoints batch = BackupPoints.parseFrom(body);
                if (collections == 0) {
                    throw damaged("has points of no collection");
                }
                points += batch.getPointsCount();
                pointsOfCollection += batch.getPointsCount();
                visitor.points(batch);
            }
            case BackupFormat.END -> {
                endCollection();
                BackupEnd end = BackupEnd.parseFrom(body);
                if (end.getPoints() != points || end.getCollections() != collections) {
                    throw damaged("holds " + points + " points and says " + end.getPoints());
                }
            }
            default -> throw damaged("has a frame of unknown type " + type);
        }
    }

    private void endCollection() throws BackupException {
        if (pointsOfCollection != promised) {
            throw damaged("holds " + pointsOfCollection + " points of a collection that has " + promised);
        }
        pointsOfCollection = 0;
        promised = 0;
    }

    private BackupException damaged(String how) {
        return new BackupException(name + " " + how, null);
    }
}
