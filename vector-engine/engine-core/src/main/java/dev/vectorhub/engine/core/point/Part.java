package dev.vectorhub.engine.core.point;

import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.vector.Postings;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.SparseRows;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Points by ordinal, as they were written: which of them are still alive is known beside the part. Ordinals are
 * {@code 0 .. size() - 1}. Nothing of it changes; any number of threads may read while they hold {@link #memory()}.
 */
public interface Part {
    int size();

    PointId id(int ordinal);

    /** The ordinal at which the id was written last; -1 if never. */
    int find(PointId id);

    /** True if ascending ordinals have ascending ids. */
    boolean ordered();

    /** Log index of the write. */
    long version(int ordinal);

    int payloadLength(int ordinal);

    /** Bytes of all payloads, those of points that are dead as well. */
    default long payloadBytes() {
        long bytes = 0;
        for (int ordinal = 0; ordinal < size(); ordinal++) {
            bytes += payloadLength(ordinal);
        }
        return bytes;
    }

    /** Keeps the block that it read last. */
    PayloadCursor payloads();

    /**
     * Dense vectors by ordinal; of multi-vectors all rows, those of a point from {@link #firstRow} on.
     *
     * @param vector place in the collection's configuration, also of one that is newer than the part
     */
    Rows rows(int vector);

    /**
     * Where the rows of a point's multi-vector begin; they end where those of the next ordinal begin.
     *
     * @param ordinal up to {@link #size()}, which has the number of all rows
     */
    default int firstRow(int vector, int ordinal) {
        throw new IllegalArgumentException("vector " + vector + " is no multi-vector");
    }

    /** Sparse vectors by ordinal. */
    default SparseRows sparse(int vector) {
        throw new IllegalArgumentException("vector " + vector + " is not sparse");
    }

    /** Codes of the vectors, by ordinal; null if the part has none. */
    default @Nullable CodeRows codes(int vector) {
        return null;
    }

    /** Whether the point has that vector; a dense one's row is zero otherwise. */
    boolean has(int vector, int ordinal);

    /** Points that have that vector. */
    int count(int vector);

    /** Whether no point has that vector: then its rows are not to be asked for, as the part may be older than the vector. */
    default boolean lacks(int vector) {
        return count(vector) == 0;
    }

    /** Whether vectors of that place are stored in the part, be it of points that are dead or of a vector that was removed. */
    default boolean holds(int vector) {
        return !lacks(vector);
    }

    default boolean hasAll(int vector) {
        return count(vector) == size();
    }

    /** Which points have which indices of a sparse vector; null if the part has no such lists. */
    default @Nullable Postings postings(int vector) {
        return null;
    }

    /** What has to be retained to read. */
    RefCounted memory();

    /** Reads payloads one after another. Not to be shared between threads. */
    interface PayloadCursor {
        /**
         * Moves to a payload, which is then at {@link #start} of {@link #bytes} until the next move.
         *
         * @return its length; 0 for none
         */
        int seek(int ordinal);

        /** Not to be changed. */
        byte[] bytes();

        int start();

        /** A copy; empty for none. */
        default byte[] payload(int ordinal) {
            int length = seek(ordinal);
            return Arrays.copyOfRange(bytes(), start(), start() + length);
        }

        /** Over payloads that are arrays of their own. */
        static PayloadCursor of(IntFunction<byte[]> payloads) {
            return new PayloadCursor() {
                private byte[] current = {};

                @Override
                public int seek(int ordinal) {
                    current = payloads.apply(ordinal);
                    return current.length;
                }

                @Override
                public byte[] bytes() {
                    return current;
                }

                @Override
                public int start() {
                    return 0;
                }

                @Override
                public byte[] payload(int ordinal) {
                    return payloads.apply(ordinal);
                }
            };
        }
    }
}
