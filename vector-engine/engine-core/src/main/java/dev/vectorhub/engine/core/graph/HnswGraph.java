package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchical navigable small world graph (Malkov and Yashunin, 2016) over the ordinals of one segment.
 *
 * <p>Its memory is its file, all integers little-endian:
 *
 * <pre>
 *   0  u32 magic "VHGR"        4  u16 format version 1     6  u16 header bytes (64)
 *   8  u32 ordinals            12 u32 vertices             16 u32 m
 *  20  u32 efConstruct         24 u32 entry vertex         28 u32 top level
 *  32  u32 upper lists         36 zero, to 64
 *  64  lowest level: for each ordinal u32 count, then 2m u32 neighbours
 *      upper index:  for each ordinal u32, 0 or 1 + the number of its first upper list
 *      upper lists:  u32 count, then m u32 neighbours; a vertex has one for each level above the lowest
 *      u32 CRC32C of all before, u32 magic
 * </pre>
 *
 * An ordinal without the vector is no vertex: nothing links to it. A graph of no vertices is never written.
 */
public final class HnswGraph {
    static final int MAGIC = 0x52474856;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 64;
    public static final int FOOTER_BYTES = 8;
    static final int OFFSET_ENTRY = 24;
    static final int OFFSET_TOP = 28;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    final MemorySegment memory;
    private final int ordinals;
    private final int vertices;
    private final int m;
    private final int efConstruct;
    private final long upperIndex;
    private final long upperLists;
    private int entry;
    private int top;

    /** @param memory header and body; checked by {@link #check} if it comes from a file */
    public HnswGraph(MemorySegment memory) {
        this.memory = memory;
        this.ordinals = memory.get(INT, 8);
        this.vertices = memory.get(INT, 12);
        this.m = memory.get(INT, 16);
        this.efConstruct = memory.get(INT, 20);
        this.upperIndex = HEADER_BYTES + ordinals * lowestStride(m);
        this.upperLists = upperIndex + 4L * ordinals;
        readEntry();
    }

    final void readEntry() {
        entry = memory.get(INT, OFFSET_ENTRY);
        top = memory.get(INT, OFFSET_TOP);
    }

    static long lowestStride(int m) {
        return 4L * (1 + 2L * m);
    }

    static long upperStride(int m) {
        return 4L * (1 + m);
    }

    static long bytes(long ordinals, int m, long upperLists) {
        return HEADER_BYTES + ordinals * lowestStride(m) + 4 * ordinals + upperLists * upperStride(m);
    }

    /**
     * Says what is wrong with the structure of a file whose checksum holds, or null.
     *
     * @param file the whole file, footer included
     */
    public static @Nullable String check(MemorySegment file, int expectedOrdinals) {
        if (file.byteSize() < HEADER_BYTES + FOOTER_BYTES || file.get(INT, 0) != MAGIC) {
            return "is no graph file";
        }
        if (file.get(SHORT, 4) != VERSION) {
            return "has graph format version " + file.get(SHORT, 4) + ", this engine reads " + VERSION;
        }
        int ordinals = file.get(INT, 8);
        int m = file.get(INT, 16);
        int entry = file.get(INT, OFFSET_ENTRY);
        int upper = file.get(INT, 32);
        boolean sound = ordinals == expectedOrdinals
                && m > 0
                && m <= 1024
                && upper >= 0
                && entry >= 0
                && entry < ordinals
                && file.byteSize() == bytes(ordinals, m, upper) + FOOTER_BYTES;
        return sound ? null : "holds a graph of another segment or length";
    }

    public int vertices() {
        return vertices;
    }

    public int m() {
        return m;
    }

    public int efConstruct() {
        return efConstruct;
    }

    public int ordinals() {
        return ordinals;
    }

    int entry() {
        return entry;
    }

    int top() {
        return top;
    }

    int capacity(int level) {
        return level == 0 ? 2 * m : m;
    }

    /** Where the list of a vertex on a level begins. */
    long list(int level, int vertex) {
        if (level == 0) {
            return HEADER_BYTES + vertex * lowestStride(m);
        }
        long first = memory.get(INT, upperIndex + 4L * vertex) - 1L;
        return upperLists + (first + level - 1) * upperStride(m);
    }

    void setUpperIndex(int vertex, int firstList) {
        memory.set(INT, upperIndex + 4L * vertex, firstList + 1);
    }

    /**
     * Walks from the entry to the nearest accepted vertices, at most {@code ef}, and leaves them in the scratch's results.
     * With a filter the walk goes on until that many accepted ones are found and no candidate is nearer.
     */
    public void search(Scorer scorer, Rows rows, int ef, OrdinalFilter filter, SearchScratch scratch) {
        int nearest = descend(scorer, rows, 0, scratch);
        searchLevel(scorer, rows, nearest, ef, 0, filter, scratch);
    }

    /** The nearest vertex that greedy walks find on the levels above {@code level}. */
    int descend(Scorer scorer, Rows rows, int level, SearchScratch scratch) {
        int current = entry;
        if (top <= level) {
            return current;
        }
        float best = scorer.distance(rows, current);
        scratch.countDistance();
        for (int l = top; l > level; l--) {
            boolean moved = true;
            while (moved) {
                moved = false;
                long list = list(l, current);
                int count = memory.get(INT, list);
                for (int i = 1; i <= count; i++) {
                    int neighbour = memory.get(INT, list + 4L * i);
                    float distance = scorer.distance(rows, neighbour);
                    scratch.countDistance();
                    if (distance < best) {
                        best = distance;
                        current = neighbour;
                        moved = true;
                    }
                }
            }
        }
        return current;
    }

    void searchLevel(
            Scorer scorer, Rows rows, int start, int ef, int level, OrdinalFilter filter, SearchScratch scratch) {
        scratch.begin(ordinals);
        LongHeap candidates = scratch.candidates;
        LongHeap results = scratch.results;
        scratch.trySee(start);
        scratch.countDistance();
        long first = LongHeap.pack(scorer.distance(rows, start), start);
        candidates.push(first);
        if (filter.accepts(start)) {
            results.push(first);
        }
        while (candidates.size() > 0) {
            long candidate = candidates.pop();
            if (results.size() >= ef && candidate > results.top()) {
                break;
            }
            long list = list(level, LongHeap.ordinal(candidate));
            int count = memory.get(INT, list);
            for (int i = 1; i <= count; i++) {
                int neighbour = memory.get(INT, list + 4L * i);
                if (!scratch.trySee(neighbour)) {
                    continue;
                }
                long packed = LongHeap.pack(scorer.distance(rows, neighbour), neighbour);
                scratch.countDistance();
                if (results.size() < ef) {
                    candidates.push(packed);
                    if (filter.accepts(neighbour)) {
                        results.push(packed);
                    }
                } else if (packed < results.top()) {
                    candidates.push(packed);
                    if (filter.accepts(neighbour)) {
                        results.replaceTop(packed);
                    }
                }
            }
        }
    }
}
