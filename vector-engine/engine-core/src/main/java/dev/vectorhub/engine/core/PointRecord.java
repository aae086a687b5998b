package dev.vectorhub.engine.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A point as it is written and read. Equality is by content.
 *
 * @param vectors at most one of each name
 * @param payloadJson a JSON object in UTF-8; empty means no payload
 */
@SuppressWarnings("ArrayRecordComponent") // payload travels as bytes from the wire to the block and back
public record PointRecord(PointId id, List<NamedVector> vectors, byte[] payloadJson) {
    private static final byte[] NO_PAYLOAD = {};

    public static PointRecord of(PointId id, float[] vector) {
        return new PointRecord(id, List.of(new NamedVector("", vector)), NO_PAYLOAD);
    }

    public static PointRecord of(PointId id, float[] vector, String payloadJson) {
        return new PointRecord(id, List.of(new NamedVector("", vector)), payloadJson.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PointRecord(PointId i, List<NamedVector> v, byte[] p)
                && id.equals(i)
                && vectors.equals(v)
                && Arrays.equals(payloadJson, p);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * id.hashCode() + vectors.hashCode()) + Arrays.hashCode(payloadJson);
    }

    @Override
    public String toString() {
        return "PointRecord[" + id + ", " + vectors + ", " + new String(payloadJson, StandardCharsets.UTF_8) + "]";
    }
}
