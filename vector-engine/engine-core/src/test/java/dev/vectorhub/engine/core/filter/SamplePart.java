package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.point.RefCounted;
import dev.vectorhub.engine.core.vector.Rows;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Payloads alone; a point's id is its ordinal. */
final class SamplePart implements Part {
    private final List<byte[]> payloads;

    SamplePart(List<String> payloads) {
        this.payloads = payloads.stream()
                .map(payload -> payload.equals("{}") ? new byte[0] : payload.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    byte[] payload(int ordinal) {
        return payloads.get(ordinal);
    }

    @Override
    public int size() {
        return payloads.size();
    }

    @Override
    public PointId id(int ordinal) {
        return PointId.of(ordinal);
    }

    @Override
    public int find(PointId id) {
        return id instanceof PointId.Num(long value) && value < size() ? (int) value : -1;
    }

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public long version(int ordinal) {
        return ordinal;
    }

    @Override
    public int payloadLength(int ordinal) {
        return payloads.get(ordinal).length;
    }

    @Override
    public PayloadCursor payloads() {
        return PayloadCursor.of(payloads::get);
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
