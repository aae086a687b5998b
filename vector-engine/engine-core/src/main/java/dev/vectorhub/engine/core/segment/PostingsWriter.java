package dev.vectorhub.engine.core.segment;

import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.vector.Postings;
import dev.vectorhub.engine.core.vector.SparseRows;
import java.io.IOException;
import java.util.Arrays;

/**
 * Turns the sparse vectors of points into {@link Postings}. Memory is bounded: ranges of indices, chosen by a sample so that each
 * has about {@link #RANGE_ENTRIES} entries, are gathered and sorted one after another. The indices of a vector ascend, so that a
 * cursor for each point remembers how far it has come.
 */
final class PostingsWriter {
    /** What more distinct indices would take to sort out is not worth it: such a part is scanned. */
    static final int TERMS_MAX = 1 << 23;

    private static final int RANGE_ENTRIES = 1 << 21;
    private static final int SAMPLE_OF_RANGE = 256;
    private static final int SIGN = Integer.MIN_VALUE;

    private final PointOrder points;
    private final SparseRows[] sources;
    private final int[] cursors;
    private int[] terms = new int[64];
    /** For each term, where its list begins. */
    private long[] starts = new long[64];
    /** For each term, its least and greatest value. */
    private float[] bounds = new float[128];

    private int count;
    private long written;

    private long[] keys = {};
    private int[] ordinals = {};
    private float[] values = {};

    /** A part that is older than the vector has none. */
    private static SparseRows rows(Part part, int vector) {
        return part.lacks(vector) ? new SparseRows.Listed(new VectorValue.Sparse[part.size()]) : part.sparse(vector);
    }

    PostingsWriter(PointOrder points, int vector) {
        this.points = points;
        this.sources = points.sources().stream().map(part -> rows(part, vector)).toArray(SparseRows[]::new);
        this.cursors = new int[points.size()];
    }

    /**
     * Writes the entries.
     *
     * @return false if there are too many distinct indices; what has been written then is of no use
     */
    boolean entries(BlobWriter out) throws IOException {
        // of the order of signed integers, so that they can be sorted and compared as they are
        int[] ends = ranges();
        for (int r = 0; r <= ends.length; r++) {
            boolean last = r == ends.length;
            int gathered = gather(last ? Integer.MAX_VALUE : ends[r], last);
            Arrays.sort(keys, 0, gathered);
            for (int i = 0; i < gathered; i++) {
                int term = (int) (keys[i] >> 32) ^ SIGN;
                int at = (int) keys[i];
                if (count == 0 || terms[count - 1] != term) {
                    if (count == TERMS_MAX) {
                        return false;
                    }
                    begin(term);
                }
                float value = values[at];
                bounds[2 * count - 2] = Math.min(bounds[2 * count - 2], value);
                bounds[2 * count - 1] = Math.max(bounds[2 * count - 1], value);
                out.putInt(ordinals[at]);
                out.putInt(Float.floatToRawIntBits(value));
                written++;
            }
        }
        return true;
    }

    private void begin(int term) {
        if (count == terms.length) {
            terms = Arrays.copyOf(terms, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            bounds = Arrays.copyOf(bounds, 4 * count);
        }
        terms[count] = term;
        starts[count] = written;
        bounds[2 * count] = Float.POSITIVE_INFINITY;
        bounds[2 * count + 1] = Float.NEGATIVE_INFINITY;
        count++;
    }

    void terms(BlobWriter out) throws IOException {
        for (int t = 0; t < count; t++) {
            out.putInt(terms[t]);
        }
    }

    void lists(BlobWriter out) throws IOException {
        for (int t = 0; t < count; t++) {
            out.putLong(starts[t]);
            out.putInt(Float.floatToRawIntBits(bounds[2 * t]));
            out.putInt(Float.floatToRawIntBits(bounds[2 * t + 1]));
        }
        out.putLong(written);
    }

    // ---- where they come from

    /** Takes the entries below the end that are left, by ascending ordinal; the last range includes its end. */
    private int gather(int end, boolean last) {
        int gathered = 0;
        for (int i = 0; i < cursors.length; i++) {
            SparseRows rows = sources[points.source()[i]];
            int ordinal = points.ordinal()[i];
            int length = rows.length(ordinal);
            int c = cursors[i];
            while (c < length && (last || (rows.index(ordinal, c) ^ SIGN) < end)) {
                if (gathered == keys.length) {
                    int capacity = Math.max(1024, gathered + (gathered >>> 1));
                    keys = Arrays.copyOf(keys, capacity);
                    ordinals = Arrays.copyOf(ordinals, capacity);
                    values = Arrays.copyOf(values, capacity);
                }
                keys[gathered] = (long) (rows.index(ordinal, c) ^ SIGN) << 32 | gathered;
                ordinals[gathered] = i;
                values[gathered++] = rows.value(ordinal, c++);
            }
            cursors[i] = c;
        }
        return gathered;
    }

    /** Where ranges of about equally many entries end, but the last; ascending. */
    private int[] ranges() {
        long total = 0;
        for (int i = 0; i < cursors.length; i++) {
            total += sources[points.source()[i]].length(points.ordinal()[i]);
        }
        int ranges = (int) Math.min(total / RANGE_ENTRIES, 1 << 16);
        if (ranges == 0) {
            return new int[0];
        }
        int wanted = ranges * SAMPLE_OF_RANGE;
        int[] sample = new int[wanted];
        long passed = 0;
        int taken = 0;
        for (int i = 0; i < cursors.length; i++) {
            SparseRows rows = sources[points.source()[i]];
            int ordinal = points.ordinal()[i];
            int length = rows.length(ordinal);
            while (taken < wanted && total * taken / wanted < passed + length) {
                sample[taken] = rows.index(ordinal, (int) (total * taken / wanted - passed)) ^ SIGN;
                taken++;
            }
            passed += length;
        }
        Arrays.sort(sample, 0, taken);
        int[] ends = new int[ranges];
        int found = 0;
        for (int r = 1; r <= ranges; r++) {
            int end = sample[(int) ((long) taken * r / (ranges + 1))];
            if (found == 0 || end != ends[found - 1]) {
                ends[found++] = end;
            }
        }
        return Arrays.copyOf(ends, found);
    }
}
