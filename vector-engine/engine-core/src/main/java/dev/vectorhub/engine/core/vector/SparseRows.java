package dev.vectorhub.engine.core.vector;

import dev.vectorhub.engine.core.VectorValue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Sparse vectors by ordinal, each with its indices unsigned ascending. They do not change once they can be seen. */
public sealed interface SparseRows {

    /** Whether the vector has the index. */
    default boolean has(int ordinal, int index) {
        int low = 0;
        int high = length(ordinal) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(index(ordinal, middle), index);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Components of the vector; 0 also where there is none. */
    int length(int ordinal);

    /** Copies the indices of a vector to an array that has room for them. */
    void indices(int ordinal, int[] out);

    /** The index of a vector's component. */
    int index(int ordinal, int component);

    /** The value of a vector's component. */
    float value(int ordinal, int component);

    /** A copy. */
    VectorValue.Sparse vector(int ordinal);

    /**
     * In the heap.
     *
     * @param vectors null where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Listed(VectorValue.@Nullable Sparse[] vectors) implements SparseRows {
        private static final VectorValue.Sparse NONE = new VectorValue.Sparse(new int[0], new float[0]);

        @Override
        public int length(int ordinal) {
            return vector(ordinal).indices().length;
        }

        @Override
        public void indices(int ordinal, int[] out) {
            int[] indices = vector(ordinal).indices();
            System.arraycopy(indices, 0, out, 0, indices.length);
        }

        @Override
        public int index(int ordinal, int component) {
            return vector(ordinal).indices()[component];
        }

        @Override
        public float value(int ordinal, int component) {
            return vector(ordinal).values()[component];
        }

        @Override
        public VectorValue.Sparse vector(int ordinal) {
            VectorValue.Sparse vector = vectors[ordinal];
            return vector == null ? NONE : vector;
        }
    }

    /**
     * In native memory, little-endian.
     *
     * @param starts u64 for each vector and one more: where its components begin, ascending
     * @param indices u32 for each component
     * @param values binary32 for each component
     */
    record Mapped(MemorySegment starts, MemorySegment indices, MemorySegment values) implements SparseRows {
        private static final ValueLayout.OfLong LONG =
                ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        private static final ValueLayout.OfFloat FLOAT =
                ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

        private long start(int ordinal) {
            return starts.get(LONG, 8L * ordinal);
        }

        @Override
        public int length(int ordinal) {
            return Math.toIntExact(start(ordinal + 1) - start(ordinal));
        }

        @Override
        public void indices(int ordinal, int[] out) {
            MemorySegment.copy(indices, INT, 4 * start(ordinal), out, 0, length(ordinal));
        }

        @Override
        public int index(int ordinal, int component) {
            return indices.get(INT, 4 * (start(ordinal) + component));
        }

        @Override
        public float value(int ordinal, int component) {
            return values.get(FLOAT, 4 * (start(ordinal) + component));
        }

        @Override
        public VectorValue.Sparse vector(int ordinal) {
            long start = 4 * start(ordinal);
            int length = length(ordinal);
            int[] i = new int[length];
            float[] v = new float[length];
            MemorySegment.copy(indices, INT, start, i, 0, length);
            MemorySegment.copy(values, FLOAT, start, v, 0, length);
            return new VectorValue.Sparse(i, v);
        }
    }
}
