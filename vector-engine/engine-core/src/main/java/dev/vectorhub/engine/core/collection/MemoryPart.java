package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.point.RefCounted;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The mutable part of a collection: one thread appends, readers see the {@link Snapshot} that was published last. Nothing that
 * a snapshot can reach changes: arrays grow by replacement, and what lies beyond a snapshot's size it never looks at.
 */
final class MemoryPart extends RefCounted {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int FIRST_ROWS_SHIFT = 3;

    private final Arena arena = Arena.ofShared();
    private final Executor closer;
    private final Column[] columns;
    private final Map<PointId, Write> last = new ConcurrentHashMap<>();
    private PointId[] ids = new PointId[1 << FIRST_ROWS_SHIFT];
    private long[] versions = new long[1 << FIRST_ROWS_SHIFT];
    private byte[][] payloads = new byte[1 << FIRST_ROWS_SHIFT][];
    private int size;
    private long bytes;

    /** The writes of an id, newest first: a reader passes over those beyond its snapshot. */
    private record Write(int ordinal, @Nullable Write before) {}

    MemoryPart(int[] dimensions, Executor closer) {
        this.closer = closer;
        this.columns = new Column[dimensions.length];
        for (int v = 0; v < dimensions.length; v++) {
            columns[v] = new Column(dimensions[v]);
        }
    }

    int size() {
        return size;
    }

    /** Vectors, payloads and an estimate for the rest. */
    long bytes() {
        return bytes;
    }

    /** @param vectors one entry for each of the collection's vectors, null where the point has none */
    void append(PointId id, float[] @Nullable [] vectors, byte[] payload, long version) {
        if (size == ids.length) {
            int capacity = 2 * size;
            ids = Arrays.copyOf(ids, capacity);
            versions = Arrays.copyOf(versions, capacity);
            payloads = Arrays.copyOf(payloads, capacity);
        }
        for (int v = 0; v < columns.length; v++) {
            columns[v].put(size, vectors[v]);
            bytes += columns[v].stride;
        }
        ids[size] = id;
        versions[size] = version;
        payloads[size] = payload;
        last.put(id, new Write(size, last.get(id)));
        bytes += payload.length + 100;
        size++;
    }

    Snapshot snapshot() {
        return new Snapshot(this);
    }

    @Override
    protected void dispose() {
        closer.execute(arena::close);
    }

    /** Rows in chunks of about a mebibyte; the first one grows up to that, so that a small collection stays small. */
    private final class Column {
        private final int dimensions;
        private final long stride;
        private final int shift;
        private MemorySegment[] chunks = {};
        private int capacity;
        private long @Nullable [] missing;

        Column(int dimensions) {
            this.dimensions = dimensions;
            this.stride = RowForm.FLOAT32.stride(dimensions);
            int rows = (int) Math.max(1 << FIRST_ROWS_SHIFT, CHUNK_BYTES / stride);
            this.shift = 31 - Integer.numberOfLeadingZeros(rows);
        }

        void put(int row, float @Nullable [] vector) {
            if (row == capacity) {
                grow();
            }
            if (vector == null) {
                long[] bits = missing;
                int word = row >>> 6;
                bits = bits == null ? new long[word + 1] : word < bits.length ? bits : Arrays.copyOf(bits, 2 * word);
                bits[word] |= 1L << row;
                missing = bits;
            } else {
                RowForm.FLOAT32.write(vector, chunks[row >>> shift], (row & ((1L << shift) - 1)) * stride);
            }
        }

        private void grow() {
            int full = 1 << shift;
            if (capacity > 0 && capacity < full) {
                int rows = Math.min(4 * capacity, full);
                MemorySegment larger = arena.allocate(rows * stride, 64);
                MemorySegment.copy(chunks[0], 0, larger, 0, capacity * stride);
                chunks = new MemorySegment[] {larger};
                capacity = rows;
                return;
            }
            int rows = capacity == 0 ? 1 << FIRST_ROWS_SHIFT : full;
            chunks = Arrays.copyOf(chunks, chunks.length + 1);
            chunks[chunks.length - 1] = arena.allocate(rows * stride, 64);
            capacity += rows;
        }

        Rows rows() {
            return new Rows(chunks, shift, RowForm.FLOAT32, dimensions);
        }
    }

    /** The part as it stood when this was made. */
    static final class Snapshot implements Part {
        private final MemoryPart owner;
        private final Map<PointId, Write> last;
        private final PointId[] ids;
        private final long[] versions;
        private final byte[][] payloads;
        private final int size;
        private final Rows[] rows;
        private final long[] @Nullable [] missing;

        private Snapshot(MemoryPart owner) {
            this.owner = owner;
            last = owner.last;
            ids = owner.ids;
            versions = owner.versions;
            payloads = owner.payloads;
            size = owner.size;
            rows = new Rows[owner.columns.length];
            missing = new long[owner.columns.length][];
            for (int v = 0; v < rows.length; v++) {
                rows[v] = owner.columns[v].rows();
                missing[v] = owner.columns[v].missing;
            }
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public boolean ordered() {
            return false;
        }

        @Override
        public PointId id(int ordinal) {
            return ids[ordinal];
        }

        @Override
        public int find(PointId id) {
            Write write = last.get(id);
            while (write != null && write.ordinal() >= size) {
                write = write.before();
            }
            return write == null ? -1 : write.ordinal();
        }

        @Override
        public long version(int ordinal) {
            return versions[ordinal];
        }

        @Override
        public int payloadLength(int ordinal) {
            return payloads[ordinal].length;
        }

        @Override
        public PayloadCursor payloads() {
            return PayloadCursor.of(ordinal -> payloads[ordinal]);
        }

        @Override
        public Rows rows(int vector) {
            return rows[vector];
        }

        @Override
        public boolean has(int vector, int ordinal) {
            long[] bits = missing[vector];
            return bits == null || ordinal >>> 6 >= bits.length || (bits[ordinal >>> 6] >>> ordinal & 1) == 0;
        }

        @Override
        public int count(int vector) {
            int count = size;
            for (int ordinal = 0; missing[vector] != null && ordinal < size; ordinal++) {
                count -= has(vector, ordinal) ? 0 : 1;
            }
            return count;
        }

        @Override
        public boolean hasAll(int vector) {
            return missing[vector] == null;
        }

        @Override
        public RefCounted memory() {
            return owner;
        }
    }
}
