package dev.vectorhub.engine.core.segment;

import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.point.RefCounted;
import dev.vectorhub.engine.core.vector.Rows;
import java.nio.charset.StandardCharsets;

/** Points without vectors; a tenth of them has {@code a} = {@code x7}. */
record CountedPart(int size) implements Part {
    @Override
    public PointId id(int ordinal) {
        return PointId.of(ordinal);
    }

    @Override
    public int find(PointId id) {
        return id instanceof PointId.Num(long value) && value < size ? (int) value : -1;
    }

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public long version(int ordinal) {
        return ordinal;
    }

    private static byte[] payload(int ordinal) {
        String json = "{\"a\":\"x" + ordinal % 10 + "\",\"b\":[{\"c\":" + ordinal + "},{\"c\":1.5}]}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int payloadLength(int ordinal) {
        return payload(ordinal).length;
    }

    @Override
    public PayloadCursor payloads() {
        return PayloadCursor.of(CountedPart::payload);
    }

    @Override
    public Rows rows(int vector) {
        throw new IllegalArgumentException("no vectors");
    }

    @Override
    public boolean has(int vector, int ordinal) {
        return false;
    }

    @Override
    public int count(int vector) {
        return 0;
    }

    @Override
    public RefCounted memory() {
        throw new IllegalArgumentException("in heap");
    }
}
