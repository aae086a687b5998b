package dev.vectorhub.apibench;

import com.google.protobuf.CodedOutputStream;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.data.DataSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Batches of a data set's rows, a vector and an id a point, waiting for the write. Request {@code n} of batch {@code b} holds
 * the points {@code n·b} to {@code n·b + b − 1}; the rows repeat where there are fewer, the ids do not. Vectors are put into
 * form once, ahead.
 */
final class UpsertBodies implements Work {
    private static final byte[] BEGIN = ascii("{\"points\":[");
    private static final byte[] POINT = ascii("{\"id\":");
    private static final byte[] VECTOR = ascii(",\"vector\":");
    private static final byte[] END = ascii("]}");
    private static final int WIRE_TYPE_BYTES = 2;

    private final Load.Transport transport;
    private final String collection;
    private final int batch;
    private final long firstId;
    private final byte[][] vectors;

    /**
     * @param vectors what {@link #vectors} has made
     * @param firstId of the first point; the others follow it
     */
    UpsertBodies(Load.Transport transport, byte[][] vectors, String collection, int batch, long firstId) {
        this.transport = transport;
        this.vectors = vectors;
        this.collection = collection;
        this.batch = batch;
        this.firstId = firstId;
    }

    /** The first rows of a data set, as a transport takes them. */
    static byte[][] vectors(Load.Transport transport, DataSet set, int count) {
        DataSet.Vectors rows = set.vectors();
        byte[][] vectors = new byte[Math.min(count, set.base())][];
        for (int i = 0; i < vectors.length; i++) {
            float[] row = rows.base(i);
            vectors[i] = transport == Load.Transport.REST
                    ? ascii(Arrays.toString(row).replace(", ", ","))
                    : message(row);
        }
        return vectors;
    }

    /** {@code PointStruct.vectors}: Vectors.vector (1), Vector.dense (101), DenseVector.data (1), packed. */
    private static byte[] message(float[] row) {
        ByteBuffer data = ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(row);
        return field(4, field(1, field(101, field(1, data.array()))));
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length + 8);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeByteArray(number, content);
            out.flush();
        } catch (IOException e) {
            throw new Failure("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String path() {
        return transport == Load.Transport.REST
                ? "PUT /collections/" + collection + "/points?wait=true"
                : "/qdrant.Points/Upsert";
    }

    private byte[] vector(long point) {
        return vectors[(int) (point % vectors.length)];
    }

    @Override
    public int size(long request) {
        int size = transport == Load.Transport.REST ? BEGIN.length + END.length + batch - 1 : messageHead().length;
        for (long point = request * batch; point < (request + 1) * batch; point++) {
            size += transport == Load.Transport.REST
                    ? POINT.length + digits(point).length + VECTOR.length + vector(point).length + 1
                    : pointHead(point).length + pointSize(point);
        }
        return size;
    }

    @Override
    public void write(long request, ByteBuffer out) {
        if (transport == Load.Transport.REST) {
            out.put(BEGIN);
        } else {
            out.put(messageHead());
        }
        for (long point = request * batch; point < (request + 1) * batch; point++) {
            if (transport != Load.Transport.REST) {
                out.put(pointHead(point)).put(id(point)).put(vector(point));
                continue;
            }
            if (point > request * batch) {
                out.put((byte) ',');
            }
            out.put(POINT).put(digits(point)).put(VECTOR).put(vector(point)).put((byte) '}');
        }
        if (transport == Load.Transport.REST) {
            out.put(END);
        }
    }

    /** {@code UpsertPoints}: collection_name (1), wait (2). */
    private byte[] messageHead() {
        byte[] name = field(1, ascii(collection));
        byte[] head = Arrays.copyOf(name, name.length + WIRE_TYPE_BYTES);
        head[name.length] = 2 << 3;
        head[name.length + 1] = 1;
        return head;
    }

    /** Tag and length of {@code UpsertPoints.points} (3). */
    private byte[] pointHead(long point) {
        int size = pointSize(point);
        byte[] head = new byte[1 + CodedOutputStream.computeUInt32SizeNoTag(size)];
        head[0] = 3 << 3 | 2;
        varint(head, 1, size);
        return head;
    }

    private int pointSize(long point) {
        return id(point).length + vector(point).length;
    }

    private byte[] digits(long point) {
        return ascii(Long.toString(firstId + point));
    }

    /** {@code PointStruct.id} (1): PointId.num (1). */
    private byte[] id(long point) {
        long number = firstId + point;
        int size = CodedOutputStream.computeUInt64SizeNoTag(number);
        byte[] id = new byte[3 + size];
        id[0] = 1 << 3 | 2;
        id[1] = (byte) (1 + size);
        id[2] = 1 << 3;
        varint(id, 3, number);
        return id;
    }

    private static void varint(byte[] out, int at, long value) {
        int i = at;
        long rest = value;
        for (; rest > 127; rest >>>= 7) {
            out[i++] = (byte) (rest | 128);
        }
        out[i] = (byte) rest;
    }
}
