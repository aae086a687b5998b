package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link HnswGraph} on one thread, in ordinal order. Levels come from a hash of the ordinal, so that the same rows
 * give the same graph and the memory of the finished graph is known before the first insertion.
 */
public final class HnswBuilder {
    private static final int LEVEL_MAX = 24;
    /** How often the build asks whether it is still wanted. */
    private static final int CANCEL_CHECK_VERTICES = 256;

    private final Rows rows;
    private final OrdinalFilter present;
    private final int m;
    private final int efConstruct;
    private final HnswGraph graph;
    private final byte[] levels;
    private final Scorer scorer;
    private final SearchScratch scratch = new SearchScratch();
    private final LongHeap pool = LongHeap.nearestFirst();
    private final int[] selected;
    private int top = -1;

    private HnswBuilder(
            Rows rows,
            int ordinals,
            OrdinalFilter present,
            Distance distance,
            Kernel kernel,
            int m,
            int efConstruct,
            Arena arena) {
        this.rows = rows;
        this.present = present;
        this.m = m;
        this.efConstruct = efConstruct;
        this.levels = new byte[ordinals];
        this.scorer = new Scorer(kernel, distance, new float[rows.dimensions()]);
        this.selected = new int[2 * m + 1];
        this.graph = new HnswGraph(layOut(ordinals, arena));
        int lists = 0;
        for (int v = 0; v < ordinals; v++) {
            if (levels[v] > 0) {
                graph.setUpperIndex(v, lists);
                lists += levels[v];
            }
        }
    }

    /**
     * @param present ordinals that have the vector
     * @param cancelled asked now and then; true gives the build up
     * @return header and body, in {@code arena}; null if it was given up or no ordinal has the vector
     */
    public static @Nullable HnswGraph build(
            Rows rows,
            int ordinals,
            OrdinalFilter present,
            Distance distance,
            Kernel kernel,
            int m,
            int efConstruct,
            Arena arena,
            BooleanSupplier cancelled) {
        HnswBuilder builder = new HnswBuilder(rows, ordinals, present, distance, kernel, m, efConstruct, arena);
        for (int v = 0; v < ordinals; v++) {
            if (v % CANCEL_CHECK_VERTICES == 0 && cancelled.getAsBoolean()) {
                return null;
            }
            if (present.accepts(v)) {
                builder.insert(v);
            }
        }
        return builder.top < 0 ? null : builder.graph;
    }

    /** Header and body, as they are written to a file. */
    public static MemorySegment memory(HnswGraph graph) {
        return graph.memory;
    }

    private MemorySegment layOut(int ordinals, Arena arena) {
        double scale = 1 / Math.log(m);
        int vertices = 0;
        long upper = 0;
        for (int v = 0; v < ordinals; v++) {
            if (present.accepts(v)) {
                vertices++;
                double uniform = ((mix(v) >>> 11) + 1) * 0x1.0p-53;
                levels[v] = (byte) Math.min(LEVEL_MAX, (int) (-Math.log(uniform) * scale));
                upper += levels[v];
            }
        }
        MemorySegment memory = arena.allocate(HnswGraph.bytes(ordinals, m, upper), 64);
        memory.set(HnswGraph.INT, 0, HnswGraph.MAGIC);
        memory.set(HnswGraph.SHORT, 4, (short) HnswGraph.VERSION);
        memory.set(HnswGraph.SHORT, 6, (short) HnswGraph.HEADER_BYTES);
        memory.set(HnswGraph.INT, 8, ordinals);
        memory.set(HnswGraph.INT, 12, vertices);
        memory.set(HnswGraph.INT, 16, m);
        memory.set(HnswGraph.INT, 20, efConstruct);
        memory.set(HnswGraph.INT, 32, Math.toIntExact(upper));
        return memory;
    }

    /** SplitMix64's finaliser. */
    private static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private void insert(int vertex) {
        int level = levels[vertex];
        if (top < 0) {
            setEntry(vertex, level);
            return;
        }
        rows.copyTo(vertex, scorer.query());
        int start = graph.descend(scorer, rows, level, scratch);
        for (int l = Math.min(level, top); l >= 0; l--) {
            graph.searchLevel(scorer, rows, start, efConstruct, l, OrdinalFilter.ALL, scratch);
            pool.clear();
            LongHeap found = scratch.results;
            for (int i = 0; i < found.size(); i++) {
                pool.push(found.get(i));
            }
            start = LongHeap.ordinal(pool.top());
            int count = select(m);
            int[] chosen = Arrays.copyOf(selected, count);
            writeList(graph.list(l, vertex), chosen, count);
            for (int neighbour : chosen) {
                link(neighbour, vertex, l);
            }
            rows.copyTo(vertex, scorer.query());
        }
        if (level > top) {
            setEntry(vertex, level);
        }
    }

    private void setEntry(int vertex, int level) {
        top = level;
        graph.memory.set(HnswGraph.INT, HnswGraph.OFFSET_ENTRY, vertex);
        graph.memory.set(HnswGraph.INT, HnswGraph.OFFSET_TOP, level);
        graph.readEntry();
    }

    private void writeList(long list, int[] neighbours, int count) {
        graph.memory.set(HnswGraph.INT, list, count);
        for (int i = 0; i < count; i++) {
            graph.memory.set(HnswGraph.INT, list + 4L * (i + 1), neighbours[i]);
        }
    }

    /** Adds the way back; a full list is chosen anew. */
    private void link(int from, int to, int level) {
        long list = graph.list(level, from);
        int count = graph.memory.get(HnswGraph.INT, list);
        int capacity = graph.capacity(level);
        if (count < capacity) {
            graph.memory.set(HnswGraph.INT, list, count + 1);
            graph.memory.set(HnswGraph.INT, list + 4L * (count + 1), to);
            return;
        }
        rows.copyTo(from, scorer.query());
        pool.clear();
        pool.push(LongHeap.pack(scorer.distance(rows, to), to));
        for (int i = 1; i <= count; i++) {
            int neighbour = graph.memory.get(HnswGraph.INT, list + 4L * i);
            pool.push(LongHeap.pack(scorer.distance(rows, neighbour), neighbour));
        }
        writeList(list, selected, select(capacity));
    }

    /**
     * The paper's heuristic (algorithm 4): takes the nearest of the pool unless it is nearer to one already taken than to the
     * base, so that links point in different directions. Empties the pool into {@link #selected}.
     */
    private int select(int limit) {
        int count = 0;
        while (pool.size() > 0 && count < limit) {
            long candidate = pool.pop();
            int ordinal = LongHeap.ordinal(candidate);
            float toBase = LongHeap.distance(candidate);
            rows.copyTo(ordinal, scorer.query());
            boolean spread = true;
            for (int i = 0; i < count && spread; i++) {
                spread = scorer.distance(rows, selected[i]) >= toBase;
            }
            if (spread) {
                selected[count++] = ordinal;
            }
        }
        return count;
    }
}
