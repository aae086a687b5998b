package dev.vectorhub.engine.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Which points of a segment have an index of a sparse vector, and with what value: a list for each index that occurs, by
 * ascending ordinal. In native memory, little-endian. Nothing of it is trusted: what leads out of the lists fails with an
 * {@link IndexOutOfBoundsException}.
 */
public final class Postings {
    /** An entry: u32 ordinal, binary32 value. */
    public static final int ENTRY_BYTES = 8;

    /** A list: u64 number of its first entry, binary32 least and greatest value. Behind the last, u64 number of all entries. */
    public static final int LIST_BYTES = 16;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment terms;
    private final MemorySegment lists;
    private final MemorySegment entries;
    private final int count;

    /** @param terms u32 for each list: its index, unsigned ascending */
    public Postings(MemorySegment terms, MemorySegment lists, MemorySegment entries) {
        this.terms = terms;
        this.lists = lists;
        this.entries = entries;
        this.count = (int) (terms.byteSize() / Integer.BYTES);
    }

    /** Whether each list lies within the entries. */
    public static boolean isSound(MemorySegment terms, MemorySegment lists, MemorySegment entries) {
        long count = terms.byteSize() / Integer.BYTES;
        if (lists.byteSize() != LIST_BYTES * count + Long.BYTES) {
            return false;
        }
        long last = 0;
        for (long t = 0; t <= count; t++) {
            long start = lists.get(LONG, LIST_BYTES * t);
            if (start < last || start - last > Integer.MAX_VALUE) {
                return false;
            }
            last = start;
        }
        return lists.get(LONG, 0) == 0 && last * ENTRY_BYTES == entries.byteSize();
    }

    /** Entries of all lists. */
    public long entries() {
        return entries.byteSize() / ENTRY_BYTES;
    }

    /** The list of an index; -1 if no point has it. */
    public int list(int index) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(terms.get(INT, (long) Integer.BYTES * middle), index);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Where a list begins; it ends where the next begins. */
    public long start(int list) {
        return lists.get(LONG, (long) LIST_BYTES * list);
    }

    public int length(int list) {
        return (int) (start(list + 1) - start(list));
    }

    /** No value of the list is less. */
    public float least(int list) {
        return lists.get(FLOAT, (long) LIST_BYTES * list + Long.BYTES);
    }

    /** No value of the list is greater. */
    public float greatest(int list) {
        return lists.get(FLOAT, (long) LIST_BYTES * list + Long.BYTES + Float.BYTES);
    }

    /** A point and its value, see {@link #ordinal} and {@link #value}. */
    public long entry(long at) {
        return entries.get(LONG, ENTRY_BYTES * at);
    }

    public static int ordinal(long entry) {
        return (int) entry;
    }

    public static float value(long entry) {
        return Float.intBitsToFloat((int) (entry >>> 32));
    }
}
