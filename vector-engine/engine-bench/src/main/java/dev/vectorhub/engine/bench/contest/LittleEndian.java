package dev.vectorhub.engine.bench.contest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian numbers on data streams. */
final class LittleEndian {
    private LittleEndian() {}

    static int readInt(DataInputStream in) throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    static long readLong(DataInputStream in) throws IOException {
        return Long.reverseBytes(in.readLong());
    }

    static int[] readInts(DataInputStream in, int count) throws IOException {
        int[] values = new int[count];
        ByteBuffer.wrap(in.readNBytes(count * Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(values);
        return values;
    }

    static void writeInt(DataOutputStream out, int value) throws IOException {
        out.writeInt(Integer.reverseBytes(value));
    }

    static void writeLong(DataOutputStream out, long value) throws IOException {
        out.writeLong(Long.reverseBytes(value));
    }
}
