package dev.vectorhub.engine.core.segment;

import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.point.RefCounted;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The counted points, each with one vector. */
final class RowsPart implements Part {
    private final CountedPart points;
    private final int size;
    private final Rows rows;

    RowsPart(int size, int dimensions) {
        this.points = new CountedPart(size);
        this.size = size;
        long stride = RowForm.FLOAT32.stride(dimensions);
        MemorySegment memory = Arena.ofAuto().allocate(size * stride, 64);
        float[] row = new float[dimensions];
        for (int i = 0; i < size; i++) {
            row[i % dimensions] = i;
            RowForm.FLOAT32.write(row, memory, i * stride);
        }
        this.rows = new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, RowForm.FLOAT32, dimensions);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public PointId id(int ordinal) {
        return points.id(ordinal);
    }

    @Override
    public int find(PointId id) {
        return points.find(id);
    }

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public long version(int ordinal) {
        return points.version(ordinal);
    }

    @Override
    public int payloadLength(int ordinal) {
        return points.payloadLength(ordinal);
    }

    @Override
    public PayloadCursor payloads() {
        return points.payloads();
    }

    @Override
    public Rows rows(int vector) {
        return rows;
    }

    @Override
    public boolean has(int vector, int ordinal) {
        return true;
    }

    @Override
    public int count(int vector) {
        return size;
    }

    @Override
    public RefCounted memory() {
        throw new IllegalArgumentException("in heap");
    }
}
