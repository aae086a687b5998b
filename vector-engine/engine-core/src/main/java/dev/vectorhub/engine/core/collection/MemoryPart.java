package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.point.RefCounted;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.SparseRows;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The mutable part of a collection: one thread appends, readers see the {@link Snapshot} that was published last. Nothing that
 * a snapshot can reach changes: arrays grow by replacement, and what lies beyond a snapshot's size it never looks at.
 */
final class MemoryPart extends RefCounted {
    private static final int FIRST_POINTS = 8;

    private final Arena arena = Arena.ofShared();
    private final Executor closer;
    private final MemoryColumn[] columns;
    private final Map<PointId, Write> last = new ConcurrentHashMap<>();
    private PointId[] ids = new PointId[FIRST_POINTS];
    private long[] versions = new long[FIRST_POINTS];
    private byte[][] payloads = new byte[FIRST_POINTS][];
    private int size;
    private long bytes;

    /** The writes of an id, newest first: a reader passes over those beyond its snapshot. */
    private record Write(int ordinal, @Nullable Write before) {}

    MemoryPart(List<VectorConfig> vectors, Executor closer) {
        this.closer = closer;
        this.columns = new MemoryColumn[vectors.size()];
        for (int v = 0; v < columns.length; v++) {
            columns[v] = MemoryColumn.of(vectors.get(v), arena);
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
    void append(PointId id, @Nullable VectorValue[] vectors, byte[] payload, long version) {
        if (size == ids.length) {
            int capacity = 2 * size;
            ids = Arrays.copyOf(ids, capacity);
            versions = Arrays.copyOf(versions, capacity);
            payloads = Arrays.copyOf(payloads, capacity);
        }
        for (int v = 0; v < columns.length; v++) {
            bytes += columns[v].put(size, vectors[v]);
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

    /** The part as it stood when this was made. */
    static final class Snapshot implements Part {
        private final MemoryPart owner;
        private final Map<PointId, Write> last;
        private final PointId[] ids;
        private final long[] versions;
        private final byte[][] payloads;
        private final int size;
        private final MemoryColumn.Shown[] vectors;
        private final long[] @Nullable [] missing;

        private Snapshot(MemoryPart owner) {
            this.owner = owner;
            last = owner.last;
            ids = owner.ids;
            versions = owner.versions;
            payloads = owner.payloads;
            size = owner.size;
            vectors = new MemoryColumn.Shown[owner.columns.length];
            missing = new long[owner.columns.length][];
            for (int v = 0; v < vectors.length; v++) {
                vectors[v] = owner.columns[v].shown();
                missing[v] = owner.columns[v].missing();
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
            return Objects.requireNonNull(vectors[vector].rows());
        }

        @Override
        public int firstRow(int vector, int ordinal) {
            return Objects.requireNonNull(vectors[vector].firstRows())[ordinal];
        }

        @Override
        public SparseRows sparse(int vector) {
            return Objects.requireNonNull(vectors[vector].sparse());
        }

        @Override
        public boolean has(int vector, int ordinal) {
            if (vector >= missing.length) {
                return false;
            }
            long[] bits = missing[vector];
            return bits == null || ordinal >>> 6 >= bits.length || (bits[ordinal >>> 6] >>> ordinal & 1) == 0;
        }

        @Override
        public int count(int vector) {
            if (vector >= missing.length) {
                return 0;
            }
            int count = size;
            for (int ordinal = 0; missing[vector] != null && ordinal < size; ordinal++) {
                count -= has(vector, ordinal) ? 0 : 1;
            }
            return count;
        }

        @Override
        public boolean lacks(int vector) {
            if (hasAll(vector)) {
                return size == 0;
            }
            for (int ordinal = 0; ordinal < size; ordinal++) {
                if (has(vector, ordinal)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean hasAll(int vector) {
            return vector < missing.length && missing[vector] == null;
        }

        @Override
        public RefCounted memory() {
            return owner;
        }
    }
}
