package dev.vectorhub.api.qdrant.reply;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.google.protobuf.ByteString;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.OrderValue;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Points as Qdrant shows them; payloads go out as the bytes that they are kept as. */
public final class PointWriter {

    private static final SerializedString ID = new SerializedString("id");
    private static final SerializedString VERSION = new SerializedString("version");
    private static final SerializedString SCORE = new SerializedString("score");
    private static final SerializedString PAYLOAD = new SerializedString("payload");
    private static final SerializedString ORDER = new SerializedString("order_value");
    private static final SerializedString VECTOR = new SerializedString("vector");
    private static final SerializedString INDICES = new SerializedString("indices");
    private static final SerializedString VALUES = new SerializedString("values");

    private final boolean withPayload;
    private final boolean withVector;

    /** @param withPayload whether to show payloads; a point without one shows {@code {}} then */
    public PointWriter(boolean withPayload, boolean withVector) {
        this.withPayload = withPayload;
        this.withVector = withVector;
    }

    /** {@code ScoredPoint}. */
    public void scored(JsonGenerator out, ScoredPoint point) throws IOException {
        out.writeStartObject();
        out.writeFieldName(ID);
        PointIdJson.write(out, point.getId());
        out.writeFieldName(VERSION);
        out.writeNumber(point.getVersion());
        out.writeFieldName(SCORE);
        out.writeNumber(point.getScore());
        parts(out, point.getPayload(), point.getVectorsList());
        if (point.hasOrderValue()) {
            order(out, point.getOrderValue());
        }
        out.writeEndObject();
    }

    /** {@code Record}. */
    public void record(JsonGenerator out, Point point) throws IOException {
        record(out, point, null);
    }

    /**
     * The same with the value that orders it.
     *
     * @param order null where ids order
     */
    public void record(JsonGenerator out, Point point, @Nullable OrderValue order) throws IOException {
        out.writeStartObject();
        out.writeFieldName(ID);
        PointIdJson.write(out, point.getId());
        parts(out, point.getPayload(), point.getVectorsList());
        if (order != null) {
            order(out, order);
        }
        out.writeEndObject();
    }

    private static void order(JsonGenerator out, OrderValue order) throws IOException {
        out.writeFieldName(ORDER);
        if (order.hasNumber()) {
            out.writeNumber(order.getNumber());
        } else {
            out.writeNumber(order.getInteger());
        }
    }

    private void parts(JsonGenerator out, ByteString payload, List<NamedVector> vectors) throws IOException {
        if (withPayload) {
            out.writeFieldName(PAYLOAD);
            if (payload.isEmpty()) {
                out.writeStartObject();
                out.writeEndObject();
            } else {
                out.writeRawValue(new Raw(payload));
            }
        }
        if (withVector) {
            out.writeFieldName(VECTOR);
            if (vectors.size() == 1 && vectors.getFirst().getName().isEmpty()) {
                vector(out, vectors.getFirst());
            } else {
                out.writeStartObject();
                for (NamedVector vector : vectors) {
                    out.writeFieldName(vector.getName());
                    vector(out, vector);
                }
                out.writeEndObject();
            }
        }
    }

    private static void vector(JsonGenerator out, NamedVector vector) throws IOException {
        switch (vector.getVectorCase()) {
            case MULTI -> {
                ByteBuffer from = numbers(vector.getMulti().getF32());
                int size = from.remaining() / Float.BYTES / vector.getMulti().getRows();
                out.writeStartArray();
                for (int row = 0; row < vector.getMulti().getRows(); row++) {
                    floats(out, from, size);
                }
                out.writeEndArray();
            }
            case SPARSE -> {
                ByteBuffer indices = numbers(vector.getSparse().getIndices());
                ByteBuffer values = numbers(vector.getSparse().getValues());
                out.writeStartObject();
                out.writeFieldName(INDICES);
                out.writeStartArray();
                while (indices.hasRemaining()) {
                    out.writeNumber(Integer.toUnsignedLong(indices.getInt()));
                }
                out.writeEndArray();
                out.writeFieldName(VALUES);
                floats(out, values, values.remaining() / Float.BYTES);
                out.writeEndObject();
            }
            case F32, VECTOR_NOT_SET -> {
                ByteBuffer from = numbers(vector.getF32());
                floats(out, from, from.remaining() / Float.BYTES);
            }
        }
    }

    private static ByteBuffer numbers(ByteString bytes) {
        return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void floats(JsonGenerator out, ByteBuffer from, int count) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < count; i++) {
            out.writeNumber(from.getFloat());
        }
        out.writeEndArray();
    }

    /** JSON that is UTF-8 already; the generator copies it. */
    private record Raw(ByteString utf8) implements SerializableString {

        @Override
        public String getValue() {
            return utf8.toString(StandardCharsets.UTF_8);
        }

        @Override
        public int charLength() {
            return getValue().length();
        }

        @Override
        public char[] asQuotedChars() {
            throw new UnsupportedOperationException("raw JSON is never quoted");
        }

        @Override
        public byte[] asUnquotedUTF8() {
            return utf8.toByteArray();
        }

        @Override
        public byte[] asQuotedUTF8() {
            throw new UnsupportedOperationException("raw JSON is never quoted");
        }

        @Override
        public int appendQuotedUTF8(byte[] buffer, int offset) {
            throw new UnsupportedOperationException("raw JSON is never quoted");
        }

        @Override
        public int appendQuoted(char[] buffer, int offset) {
            throw new UnsupportedOperationException("raw JSON is never quoted");
        }

        @Override
        public int appendUnquotedUTF8(byte[] buffer, int offset) {
            int size = utf8.size();
            if (size > buffer.length - offset) {
                return -1;
            }
            utf8.copyTo(buffer, offset);
            return size;
        }

        @Override
        public int appendUnquoted(char[] buffer, int offset) {
            throw new UnsupportedOperationException("the generator writes bytes");
        }

        @Override
        public int writeQuotedUTF8(OutputStream out) {
            throw new UnsupportedOperationException("raw JSON is never quoted");
        }

        @Override
        public int writeUnquotedUTF8(OutputStream out) throws IOException {
            utf8.writeTo(out);
            return utf8.size();
        }

        @Override
        public int putQuotedUTF8(ByteBuffer buffer) {
            throw new UnsupportedOperationException("raw JSON is never quoted");
        }

        @Override
        public int putUnquotedUTF8(ByteBuffer out) {
            int size = utf8.size();
            if (size > out.remaining()) {
                return -1;
            }
            utf8.copyTo(out);
            return size;
        }
    }
}
