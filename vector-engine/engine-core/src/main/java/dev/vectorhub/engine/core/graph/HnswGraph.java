package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Probe;
import dev.vectorhub.engine.core.kernel.RowCode;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/** A finished graph, for any number of threads. What it looks like in memory is {@link GraphFormat}'s. */
public final class HnswGraph {
    public static final int FOOTER_BYTES = GraphFormat.FOOTER_BYTES;

    final MemorySegment memory;
    final GraphFormat format;
    private final CodeRows rows;
    private final long places;
    private final long upperIndex;
    private final long upperLists;
    private int entry;
    private int top;

    /** @param memory header and body; checked by {@link #fault} if it comes from a file */
    public HnswGraph(MemorySegment memory) {
        this.memory = memory;
        this.format = GraphFormat.read(memory);
        long stride = format.rowStride();
        this.rows = new CodeRows(
                memory.asSlice(GraphFormat.HEADER_BYTES, format.vertices() * stride),
                format.vertices(),
                format.codeBytes(),
                stride);
        this.places = format.placesAt();
        this.upperIndex = format.upperIndexAt();
        this.upperLists = format.upperListsAt();
        enter(format.entry(), format.top());
    }

    /** For the builder: where walks begin. */
    final void enter(int newEntry, int newTop) {
        entry = newEntry;
        top = newTop;
    }

    /**
     * Says what is wrong with a file whose checksum holds, or null: walks may then trust every count, neighbour and ordinal in
     * it, which the native kernel does.
     *
     * @param file the whole file, footer included
     * @param ordinals of the segment
     */
    public static @Nullable String fault(MemorySegment file, int ordinals, int dimensions) {
        String fault = GraphFormat.fault(file, ordinals, dimensions);
        return fault == null && !new HnswGraph(file).isSound() ? "links to what is not there" : fault;
    }

    private boolean isSound() {
        int vertices = format.vertices();
        for (int v = 0; v < vertices; v++) {
            int links = rows.links(v);
            int ordinal = rows.ordinal(v);
            if (ordinal < 0
                    || ordinal >= format.ordinals()
                    || vertex(ordinal) != v
                    || links < 0
                    || links > 2 * format.m()) {
                return false;
            }
            for (int i = 0; i < links; i++) {
                if (rows.link(v, i) < 0 || rows.link(v, i) >= vertices) {
                    return false;
                }
            }
        }
        return upperIsSound() && upperLevels(entry) >= top;
    }

    /** Lists of a vertex end where those of the next one with any begin: that bounds the levels of a neighbour. */
    private boolean upperIsSound() {
        int next = 1;
        int last = -1;
        for (int v = 0; v < format.vertices(); v++) {
            int first = memory.get(GraphFormat.INT, upperIndex + 4L * v);
            if (first != 0) {
                if (first < next || (last < 0 && first != 1)) {
                    return false;
                }
                last = v;
                next = first + 1;
            }
        }
        if (next - 1 > format.upperLists() || (last < 0 && format.upperLists() > 0)) {
            return false;
        }
        for (int v = 0; v < format.vertices(); v++) {
            int levels = upperLevels(v);
            for (int level = 1; level <= levels; level++) {
                long list = list(level, v);
                int count = memory.get(GraphFormat.INT, list);
                if (count < 0 || count > format.m()) {
                    return false;
                }
                for (int i = 0; i < count; i++) {
                    int neighbour = memory.get(GraphFormat.INT, list + 4 + 4L * i);
                    if (neighbour < 0 || neighbour >= format.vertices() || upperLevels(neighbour) < level) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Levels of a vertex above the lowest: lists are stored by ascending vertex. */
    final int upperLevels(int vertex) {
        int first = memory.get(GraphFormat.INT, upperIndex + 4L * vertex);
        if (first == 0) {
            return 0;
        }
        for (int v = vertex + 1; v < format.vertices(); v++) {
            int next = memory.get(GraphFormat.INT, upperIndex + 4L * v);
            if (next != 0) {
                return next - first;
            }
        }
        return format.upperLists() + 1 - first;
    }

    public int vertices() {
        return format.vertices();
    }

    public int m() {
        return format.m();
    }

    public int efConstruct() {
        return format.efConstruct();
    }

    public int ordinals() {
        return format.ordinals();
    }

    /** What the rows hold: a constant of {@link RowCode}. */
    public int kind() {
        return format.kind();
    }

    /** Of a row's code. */
    public int codeBytes() {
        return format.codeBytes();
    }

    MemorySegment book() {
        return memory.asSlice(format.bookAt(), format.bookBytes());
    }

    public int dimensions() {
        return format.dimensions();
    }

    /** The vertex of an ordinal; -1 if it has none. */
    public int vertex(int ordinal) {
        return memory.get(GraphFormat.INT, places + 4L * ordinal) - 1;
    }

    public CodeRows rows() {
        return rows;
    }

    int entry() {
        return entry;
    }

    int top() {
        return top;
    }

    /** Where the list of a vertex on an upper level begins. */
    long list(int level, int vertex) {
        long first = memory.get(GraphFormat.INT, upperIndex + 4L * vertex) - 1L;
        return upperLists + (first + level - 1) * format.upperStride();
    }

    void setUpperIndex(int vertex, int firstList) {
        memory.set(GraphFormat.INT, upperIndex + 4L * vertex, firstList + 1);
    }

    /**
     * Walks from the entry to the nearest accepted vertices, at most {@code ef}, and leaves them in the scratch's results.
     * With a filter the walk goes on until that many accepted ones are found and no candidate is nearer.
     *
     * @param probe over {@link #rows()}, aimed
     * @param filter by ordinal
     */
    public void search(Probe probe, int ef, OrdinalFilter filter, SearchScratch scratch) {
        search(probe, new int[] {approach(probe)}, ef, filter, scratch);
    }

    /** The same from given vertices. */
    public void search(Probe probe, int[] starts, int ef, OrdinalFilter filter, SearchScratch scratch) {
        walk(probe, starts, ef, 0, filter, scratch);
    }

    /** The same, but the walk ends by distance where that is known to mean something: see {@link Reach}. */
    public void search(Probe probe, Reach reach, OrdinalFilter filter, SearchScratch scratch) {
        if (format.spread() == 0) {
            search(probe, reach.ef(), filter, scratch);
        } else {
            reach.walk(this, approach(probe), probe, filter, scratch);
        }
    }

    /** Where the levels above the lowest lead to. */
    public int approach(Probe probe) {
        return descend(probe, 0);
    }

    /** The nearest vertex that greedy walks find on the levels above {@code level}. */
    int descend(Probe probe, int level) {
        int current = entry;
        if (top <= level) {
            return current;
        }
        float best = probe.distanceTo(current);
        for (int l = top; l > level; l--) {
            boolean moved = true;
            while (moved) {
                moved = false;
                int count = read(list(l, current), probe);
                probe.distances(count);
                for (int i = 0; i < count; i++) {
                    if (probe.distance(i) < best) {
                        best = probe.distance(i);
                        current = probe.id(i);
                        moved = true;
                    }
                }
            }
        }
        return current;
    }

    /** Hands an upper list to the probe. */
    private int read(long list, Probe probe) {
        int count = memory.get(GraphFormat.INT, list);
        for (int i = 0; i < count; i++) {
            probe.setId(i, memory.get(GraphFormat.INT, list + 4 + 4L * i));
        }
        return count;
    }

    void walk(Probe probe, int[] starts, int ef, int level, OrdinalFilter filter, SearchScratch scratch) {
        scratch.clear();
        probe.beginWalk();
        LongHeap candidates = scratch.candidates;
        LongHeap results = scratch.results;
        Pace pace = scratch.pace();
        @SuppressWarnings("ReferenceEquality") // another filter that accepts all is only asked more
        boolean all = filter == OrdinalFilter.ALL;
        for (int start : starts) {
            if (probe.trySee(start)) {
                long first = LongHeap.pack(probe.distanceTo(start), start);
                candidates.push(first);
                if (all || filter.accepts(rows.ordinal(start))) {
                    take(results, first, ef);
                }
            }
        }
        while (candidates.size() > 0) {
            pace.step(1);
            long candidate = candidates.pop();
            boolean full = results.size() >= ef;
            if (full && candidate > results.top()) {
                break;
            }
            int vertex = LongHeap.ordinal(candidate);
            float bound = full ? LongHeap.distance(results.top()) : Float.POSITIVE_INFINITY;
            int found = level == 0 ? probe.expand(vertex, bound) : expandUpper(probe, level, vertex);
            for (int i = 0; i < found; i++) {
                int neighbour = probe.id(i);
                long packed = LongHeap.pack(probe.distance(i), neighbour);
                if (results.size() < ef) {
                    candidates.push(packed);
                    if (all || filter.accepts(rows.ordinal(neighbour))) {
                        results.push(packed);
                    }
                } else if (packed < results.top()) {
                    candidates.push(packed);
                    if (all || filter.accepts(rows.ordinal(neighbour))) {
                        results.replaceTop(packed);
                    }
                }
            }
        }
    }

    /**
     * Walks over accepted vertices only. What is not accepted is passed over: its neighbours take its place, as in ACORN (Patel
     * et al., 2024), so that the walk stays connected while matches are not too rare. Where none is near, it goes on over the
     * others.
     *
     * @param accepted ordinals
     */
    public void searchWithin(Probe probe, int ef, RoaringBitmap accepted, SearchScratch scratch) {
        searchWithin(probe, new int[] {approach(probe)}, ef, accepted, scratch);
    }

    /** The same from given vertices. */
    public void searchWithin(Probe probe, int[] starts, int ef, RoaringBitmap accepted, SearchScratch scratch) {
        long[] matches = scratch.bits(format.vertices());
        accepted.forEach((IntConsumer) ordinal -> {
            int vertex = vertex(ordinal);
            if (vertex >= 0) {
                matches[vertex >> 6] |= 1L << vertex;
            }
        });
        scratch.clear();
        probe.beginWalk();
        LongHeap candidates = scratch.candidates;
        LongHeap results = scratch.results;
        Pace pace = scratch.pace();
        for (int start : starts) {
            if (probe.trySee(start)) {
                long first = LongHeap.pack(probe.distanceTo(start), start);
                candidates.push(first);
                if (isSet(matches, start)) {
                    take(results, first, ef);
                }
            }
        }
        int[] others = scratch.others(2 * format.m());
        while (candidates.size() > 0) {
            pace.step(1);
            long candidate = candidates.pop();
            if (results.size() >= ef && candidate > results.top()) {
                break;
            }
            int found = around(probe, LongHeap.ordinal(candidate), matches, others);
            boolean matching = found > 0;
            if (!matching) {
                found = others[0];
                for (int i = 0; i < found; i++) {
                    probe.setId(i, others[i + 1]);
                }
            }
            probe.distances(found);
            for (int i = 0; i < found; i++) {
                long packed = LongHeap.pack(probe.distance(i), probe.id(i));
                boolean room = results.size() < ef;
                if (room || packed < results.top()) {
                    candidates.push(packed);
                    if (matching && room) {
                        results.push(packed);
                    } else if (matching) {
                        results.replaceTop(packed);
                    }
                }
            }
        }
    }

    private static void take(LongHeap results, long packed, int ef) {
        if (results.size() < ef) {
            results.push(packed);
        } else if (packed < results.top()) {
            results.replaceTop(packed);
        }
    }

    private static boolean isSet(long[] bits, int vertex) {
        return (bits[vertex >> 6] >>> vertex & 1) != 0;
    }

    /**
     * Hands the probe the unseen matches within two links of a vertex, as many as one list holds.
     *
     * @param others gets their number and the unseen neighbours that are no matches
     * @return how many matches
     */
    private int around(Probe probe, int vertex, long[] matches, int[] others) {
        int most = 2 * format.m();
        int count = 0;
        int passed = 0;
        int linked = rows.links(vertex);
        for (int i = 0; i < linked; i++) {
            int neighbour = rows.link(vertex, i);
            if (probe.trySee(neighbour)) {
                if (isSet(matches, neighbour)) {
                    probe.setId(count++, neighbour);
                } else {
                    others[++passed] = neighbour;
                }
            }
        }
        others[0] = passed;
        for (int i = 1; i <= passed && count < most; i++) {
            int further = rows.links(others[i]);
            for (int j = 0; j < further && count < most; j++) {
                int neighbour = rows.link(others[i], j);
                if (isSet(matches, neighbour) && probe.trySee(neighbour)) {
                    probe.setId(count++, neighbour);
                }
            }
        }
        return count;
    }

    private int expandUpper(Probe probe, int level, int vertex) {
        long list = list(level, vertex);
        int linked = memory.get(GraphFormat.INT, list);
        int count = 0;
        for (int i = 0; i < linked; i++) {
            int neighbour = memory.get(GraphFormat.INT, list + 4 + 4L * i);
            if (probe.trySee(neighbour)) {
                probe.setId(count++, neighbour);
            }
        }
        probe.distances(count);
        return count;
    }
}
