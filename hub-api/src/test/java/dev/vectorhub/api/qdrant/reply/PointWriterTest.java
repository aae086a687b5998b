package dev.vectorhub.api.qdrant.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyLimits;
import dev.vectorhub.engine.wire.v1.MultiVector;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import dev.vectorhub.engine.wire.v1.SparseVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PointWriterTest {

    private static NamedVector vector(String name, float... components) {
        ByteBuffer bytes = ByteBuffer.allocate(components.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(components);
        return NamedVector.newBuilder()
                .setName(name)
                .setF32(ByteString.copyFrom(bytes))
                .build();
    }

    private static Point.Builder point(String payload) {
        return Point.newBuilder().setId(PointId.newBuilder().setNum(-1)).setPayload(ByteString.copyFromUtf8(payload));
    }

    private static String written(boolean withPayload, boolean withVector, Point point) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = BodyLimits.FACTORY.createGenerator(bytes)) {
            new PointWriter(withPayload, withVector).record(out, point);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsOnlyWhatIsAskedFor() throws IOException {
        Point point =
                point("{\"a\":\"ü\"}").addVectors(vector("", 0.1f, -2f, 1e-10f)).build();
        assertEquals("{\"id\":18446744073709551615}", written(false, false, point));
        assertEquals("{\"id\":18446744073709551615,\"payload\":{\"a\":\"ü\"}}", written(true, false, point));
        assertEquals("{\"id\":18446744073709551615,\"vector\":[0.1,-2.0,1.0E-10]}", written(false, true, point));
        assertEquals(
                "{\"id\":18446744073709551615,\"payload\":{}}",
                written(true, false, point("").build()));
    }

    @Test
    void showsEveryKindOfVector() throws IOException {
        NamedVector multi = NamedVector.newBuilder()
                .setName("m")
                .setMulti(MultiVector.newBuilder()
                        .setF32(vector("", 1, 2, 3, 4).getF32())
                        .setRows(2))
                .build();
        NamedVector sparse = NamedVector.newBuilder()
                .setName("s")
                .setSparse(SparseVector.newBuilder()
                        .setIndices(ByteString.copyFrom(new byte[] {7, 0, 0, 0, -1, -1, -1, -1}))
                        .setValues(vector("", 0.5f, -1).getF32()))
                .build();
        assertEquals(
                "{\"id\":18446744073709551615,\"vector\":{\"m\":[[1.0,2.0],[3.0,4.0]],"
                        + "\"s\":{\"indices\":[7,4294967295],\"values\":[0.5,-1.0]}}}",
                written(
                        false,
                        true,
                        point("").addVectors(multi).addVectors(sparse).build()));
    }

    @Test
    void namesVectors() throws IOException {
        assertEquals(
                "{\"id\":18446744073709551615,\"vector\":{\"a\":[1.0],\"b\":[2.0]}}",
                written(
                        false,
                        true,
                        point("")
                                .addVectors(vector("a", 1))
                                .addVectors(vector("b", 2))
                                .build()));
        assertEquals(
                "{\"id\":18446744073709551615,\"vector\":{}}",
                written(false, true, point("").build()));
    }

    @Test
    void writesPayloadsLargerThanTheGeneratorsBuffer() throws IOException {
        String payload = "{\"a\":\"" + "x".repeat(50_000) + "\"}";
        assertEquals(
                "{\"id\":18446744073709551615,\"payload\":" + payload + "}",
                written(true, false, point(payload).build()));
    }

    @Test
    void showsScores() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = BodyLimits.FACTORY.createGenerator(bytes)) {
            new PointWriter(false, false)
                    .scored(
                            out,
                            ScoredPoint.newBuilder()
                                    .setId(PointId.newBuilder().setNum(3))
                                    .setScore(0.89463294f)
                                    .setVersion(4)
                                    .build());
        }
        assertEquals("{\"id\":3,\"version\":4,\"score\":0.89463294}", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void answersAreBounded() {
        ReplyBuffer buffer = new ReplyBuffer(10);
        buffer.write(new byte[10], 0, 10);
        TenantApiException e = assertThrows(TenantApiException.class, () -> buffer.write(1));
        assertTrue(String.valueOf(e.getMessage()).contains("more than 10 bytes"));
        assertEquals(10, buffer.size());
    }
}
