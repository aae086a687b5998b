package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.SparseRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The vectors of one name in a {@link MemoryPart}, which appends them by ordinal. */
abstract sealed class MemoryColumn {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int FIRST_SHIFT = 3;

    private long @Nullable [] missing;

    static MemoryColumn of(VectorConfig config, Arena arena) {
        return switch (config.kind()) {
            case DENSE -> new Dense(new Chunks(config, arena));
            case MULTI -> new Multi(new Chunks(config, arena));
            case SPARSE -> new Sparse();
        };
    }

    /**
     * Appends.
     *
     * @param vector null where the point has none
     * @return bytes that it took
     */
    final long put(int ordinal, @Nullable VectorValue vector) {
        if (vector == null) {
            long[] bits = missing;
            int word = ordinal >>> 6;
            bits = bits == null ? new long[word + 1] : word < bits.length ? bits : Arrays.copyOf(bits, 2 * word);
            bits[word] |= 1L << ordinal;
            missing = bits;
        }
        return append(ordinal, vector);
    }

    /** Words of a bit for each ordinal that has no vector; null, or short of some, if they all have. */
    final long @Nullable [] missing() {
        return missing;
    }

    abstract long append(int ordinal, @Nullable VectorValue vector);

    /** What readers see of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Shown(
            @Nullable Rows rows,
            int @Nullable [] firstRows,
            @Nullable SparseRows sparse) {}

    abstract Shown shown();

    /** Rows in chunks of about a mebibyte; the first one grows up to that, so that a small collection stays small. */
    private static final class Chunks {
        private final Arena arena;
        private final RowForm form;
        private final int dimensions;
        private final long stride;
        private final int shift;
        private MemorySegment[] chunks = {};
        private int capacity;

        Chunks(VectorConfig config, Arena arena) {
            this.arena = arena;
            this.form = config.form();
            this.dimensions = config.size();
            this.stride = form.stride(dimensions);
            int rows = (int) Math.max(1 << FIRST_SHIFT, CHUNK_BYTES / stride);
            this.shift = 31 - Integer.numberOfLeadingZeros(rows);
        }

        /** Has room for the row and those before it. */
        void reach(int row) {
            while (row >= capacity) {
                grow();
            }
        }

        /** Writes a row that there is room for. */
        void write(int row, float[] components) {
            form.write(components, chunks[row >>> shift], (row & ((1L << shift) - 1)) * stride);
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
            int rows = capacity == 0 ? 1 << FIRST_SHIFT : full;
            chunks = Arrays.copyOf(chunks, chunks.length + 1);
            chunks[chunks.length - 1] = arena.allocate(rows * stride, 64);
            capacity += rows;
        }

        Rows rows() {
            return new Rows(chunks, shift, form, dimensions);
        }
    }

    private static final class Dense extends MemoryColumn {
        private final Chunks rows;

        Dense(Chunks rows) {
            this.rows = rows;
        }

        @Override
        long append(int ordinal, @Nullable VectorValue vector) {
            rows.reach(ordinal);
            if (vector != null) {
                rows.write(ordinal, ((VectorValue.Dense) vector).components());
            }
            return rows.stride;
        }

        @Override
        Shown shown() {
            return new Shown(rows.rows(), null, null);
        }
    }

    private static final class Multi extends MemoryColumn {
        private final Chunks rows;
        private int[] firstRows = new int[1 + (1 << FIRST_SHIFT)];

        Multi(Chunks rows) {
            this.rows = rows;
        }

        @Override
        long append(int ordinal, @Nullable VectorValue vector) {
            if (ordinal + 1 == firstRows.length) {
                firstRows = Arrays.copyOf(firstRows, 2 * firstRows.length);
            }
            int row = firstRows[ordinal];
            if (vector instanceof VectorValue.Multi multi) {
                rows.reach(row + multi.rows() - 1);
                for (int r = 0; r < multi.rows(); r++) {
                    rows.write(row++, multi.row(r));
                }
            }
            firstRows[ordinal + 1] = row;
            return 4 + (row - firstRows[ordinal]) * rows.stride;
        }

        @Override
        Shown shown() {
            return new Shown(rows.rows(), firstRows, null);
        }
    }

    private static final class Sparse extends MemoryColumn {
        private VectorValue.@Nullable Sparse[] vectors = new VectorValue.Sparse[1 << FIRST_SHIFT];

        @Override
        long append(int ordinal, @Nullable VectorValue vector) {
            if (ordinal == vectors.length) {
                vectors = Arrays.copyOf(vectors, 2 * ordinal);
            }
            vectors[ordinal] = (VectorValue.Sparse) vector;
            return vector == null ? 4 : 64 + vector.logicalBytes(Datatype.FLOAT32);
        }

        @Override
        Shown shown() {
            return new Shown(null, null, new SparseRows.Listed(vectors));
        }
    }
}
