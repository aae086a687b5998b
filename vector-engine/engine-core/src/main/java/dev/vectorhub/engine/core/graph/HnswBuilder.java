package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.HugePages;
import dev.vectorhub.engine.core.kernel.Int8;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.kernel.RowCode;
import dev.vectorhub.engine.core.vector.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link HnswGraph} over int8 codes on one thread, in ordinal order. Levels come from a hash of the ordinal, so that the
 * same rows give the same graph and the memory of the finished graph is known before the first insertion. Beside each lowest link
 * stands its distance until the graph is done: a list that overflows is thinned out without measuring its links again.
 */
public final class HnswBuilder {
    private static final int LEVEL_MAX = 24;
    /** How often the build asks whether it is still wanted. */
    private static final int CANCEL_CHECK_VERTICES = 256;

    private final int m;
    private final int efConstruct;
    private final byte[] levels;
    private final HnswGraph graph;
    private final CodeRows rows;
    private final MemorySegment lengths;
    private final Int8Probe probe;
    /** Compares candidates with one another while the probe stays at the base; its ids are those selected so far. */
    private final Int8Probe pairs;

    private final SearchScratch scratch;
    private final long[] pool;
    private final long[] selected;
    private final long[] chosen;
    private int top = -1;
    private int entry;

    /**
     * What a graph is built over.
     *
     * @param present ordinals that have the vector
     */
    public record Source(Rows rows, int ordinals, OrdinalFilter present, Metric metric) {}

    private HnswBuilder(
            Source source,
            int[] inherited,
            @Nullable Heritage heritage,
            Kernel kernel,
            int m,
            int efConstruct,
            Arena arena) {
        int vertices = inherited.length;
        this.m = m;
        this.efConstruct = efConstruct;
        this.levels = new byte[vertices];
        int upper = drawLevels(inherited, heritage);
        int dimensions = source.rows().dimensions();
        GraphFormat format = new GraphFormat(
                source.ordinals(),
                vertices,
                m,
                efConstruct,
                0,
                0,
                upper,
                dimensions,
                RowCode.INT8,
                dimensions,
                0,
                CodeRows.stride(dimensions, 2 * m));
        MemorySegment memory = HugePages.allocate(format.bytes(), arena);
        format.write(memory);
        this.graph = new HnswGraph(memory);
        this.rows = graph.rows();
        this.lengths = HugePages.allocate(8L * m * vertices, arena);
        this.scratch = new SearchScratch(kernel);
        this.probe = scratch.codes();
        this.pairs = kernel.probe();
        this.pool = new long[Math.max(efConstruct, 2 * m) + 2];
        this.selected = new long[2 * m + 1];
        this.chosen = new long[m];
        probe.over(rows, source.metric(), 2 * m);
        pairs.over(rows, source.metric(), 2 * m + 1);
        int lists = 0;
        for (int v = 0; v < vertices; v++) {
            if (levels[v] > 0) {
                graph.setUpperIndex(v, lists);
                lists += levels[v];
            }
        }
        encode(source);
    }

    /**
     * The graph, its vertices in the order of their ordinals.
     *
     * @param heritage of a graph with the same m; null to build from nothing
     * @param arena what the graph and, meanwhile, the build lie in
     * @param cancelled asked now and then; true gives the build up
     * @return null if it was given up or no ordinal has the vector
     */
    public static @Nullable HnswGraph build(
            Source source,
            @Nullable Heritage heritage,
            Kernel kernel,
            int m,
            int efConstruct,
            Arena arena,
            BooleanSupplier cancelled) {
        int[] inherited = inherited(source, heritage);
        if (inherited.length == 0) {
            return null;
        }
        HnswBuilder builder = new HnswBuilder(source, inherited, heritage, kernel, m, efConstruct, arena);
        if (heritage != null && !builder.inherit(heritage.graph(), inherited, cancelled)) {
            return null;
        }
        for (int v = 0; v < inherited.length; v++) {
            if (v % CANCEL_CHECK_VERTICES == 0 && cancelled.getAsBoolean()) {
                return null;
            }
            if (inherited[v] < 0) {
                builder.insert(v);
            }
        }
        return builder.finished();
    }

    /** For each vertex, by ascending ordinal, the old one; -1 if there is none. */
    private static int[] inherited(Source source, @Nullable Heritage heritage) {
        int[] vertices = new int[source.ordinals()];
        int count = 0;
        for (int ordinal = 0; ordinal < source.ordinals(); ordinal++) {
            if (source.present().accepts(ordinal)) {
                vertices[count++] = heritage == null ? -1 : heritage.vertex(ordinal);
            }
        }
        return Arrays.copyOf(vertices, count);
    }

    /** False if it was cancelled. */
    private boolean inherit(HnswGraph old, int[] inherited, BooleanSupplier cancelled) {
        Inheriting inheriting = new Inheriting(this, old, inherited);
        for (int v = 0; v < inherited.length; v++) {
            if (v % CANCEL_CHECK_VERTICES == 0 && cancelled.getAsBoolean()) {
                return false;
            }
            if (inherited[v] >= 0) {
                inheriting.links(v);
            }
        }
        int first = inheriting.entry();
        if (first >= 0) {
            enter(first, levels[first]);
        }
        return true;
    }

    Int8Probe pairs() {
        return pairs;
    }

    int level(int vertex) {
        return levels[vertex];
    }

    /** Makes the vertices the list of another, whose lengths are measured once they are needed. */
    void take(int level, int vertex, long[] links, int count) {
        long list = level == 0 ? 0 : graph.list(level, vertex);
        for (int i = 0; i < count; i++) {
            put(level, list, vertex, i, (int) links[i], Float.NaN);
        }
        setCount(level, list, vertex, count);
    }

    /** Makes the best of the candidates the list of a vertex. */
    void choose(int level, int vertex, long[] candidates, int count) {
        pairs.aimAt(vertex);
        int batch = pairs.batchMax();
        for (int from = 0; from < count; from += batch) {
            int length = Math.min(batch, count - from);
            for (int i = 0; i < length; i++) {
                pairs.setId(i, (int) candidates[from + i]);
            }
            pairs.distances(length);
            for (int i = 0; i < length; i++) {
                candidates[from + i] = LongHeap.pack(pairs.distance(i), pairs.id(i));
            }
        }
        Arrays.sort(candidates, 0, count);
        int kept = Math.min(count, pool.length);
        System.arraycopy(candidates, 0, pool, 0, kept);
        write(level, vertex, select(kept, level == 0 ? 2 * m : m));
    }

    private HnswGraph finished() {
        graph.format.entered(entry, top).write(graph.memory);
        return new HnswGraph(graph.memory);
    }

    private int drawLevels(int[] inherited, @Nullable Heritage heritage) {
        double scale = 1 / Math.log(m);
        long upper = 0;
        for (int v = 0; v < levels.length; v++) {
            if (heritage != null && inherited[v] >= 0) {
                levels[v] = (byte) Math.min(LEVEL_MAX, heritage.graph().upperLevels(inherited[v]));
            } else {
                double uniform = ((mix(v) >>> 11) + 1) * 0x1.0p-53;
                levels[v] = (byte) Math.min(LEVEL_MAX, (int) (-Math.log(uniform) * scale));
            }
            upper += levels[v];
        }
        return Math.toIntExact(upper);
    }

    /** SplitMix64's finaliser. */
    private static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private void encode(Source source) {
        float[] vector = new float[source.rows().dimensions()];
        int vertex = 0;
        for (int ordinal = 0; ordinal < source.ordinals(); ordinal++) {
            if (source.present().accepts(ordinal)) {
                source.rows().copyCompared(ordinal, vector);
                Int8.write(vector, source.metric(), rows, vertex);
                rows.setOrdinal(vertex++, ordinal);
            }
        }
    }

    private void insert(int vertex) {
        int level = levels[vertex];
        if (top < 0) {
            enter(vertex, level);
            return;
        }
        probe.aimAt(vertex);
        int start = graph.descend(probe, level);
        for (int l = Math.min(level, top); l >= 0; l--) {
            graph.walk(probe, start, efConstruct, l, OrdinalFilter.ALL, scratch);
            LongHeap found = scratch.results;
            int candidates = 0;
            for (int i = 0; i < found.size(); i++) {
                // one that inherited no link may be linked to
                if (LongHeap.ordinal(found.get(i)) != vertex) {
                    pool[candidates++] = found.get(i);
                }
            }
            int count = select(candidates, m);
            start = candidates == 0 ? start : LongHeap.ordinal(pool[0]);
            write(l, vertex, count);
            // linking selects anew
            System.arraycopy(selected, 0, chosen, 0, count);
            for (int i = 0; i < count; i++) {
                link(LongHeap.ordinal(chosen[i]), LongHeap.distance(chosen[i]), vertex, l);
            }
        }
        if (level > top) {
            enter(vertex, level);
        }
    }

    private void enter(int vertex, int level) {
        entry = vertex;
        top = level;
        graph.enter(vertex, level);
    }

    private long lengthAt(int vertex, int i) {
        return 8L * m * vertex + 4L * i;
    }

    /** Makes the selected the list of a vertex. */
    private void write(int level, int vertex, int count) {
        long list = level == 0 ? 0 : graph.list(level, vertex);
        for (int i = 0; i < count; i++) {
            put(level, list, vertex, i, LongHeap.ordinal(selected[i]), LongHeap.distance(selected[i]));
        }
        setCount(level, list, vertex, count);
    }

    private void put(int level, long list, int vertex, int i, int neighbour, float distance) {
        if (level == 0) {
            rows.setLink(vertex, i, neighbour);
            lengths.set(ValueLayout.JAVA_FLOAT, lengthAt(vertex, i), distance);
        } else {
            graph.memory.set(GraphFormat.INT, list + 4 + 4L * i, neighbour);
        }
    }

    private void setCount(int level, long list, int vertex, int count) {
        if (level == 0) {
            rows.setLinks(vertex, count);
        } else {
            graph.memory.set(GraphFormat.INT, list, count);
        }
    }

    /** Adds a link; a full list is thinned out. */
    private void link(int from, float distance, int to, int level) {
        long list = level == 0 ? 0 : graph.list(level, from);
        int count = level == 0 ? rows.links(from) : graph.memory.get(GraphFormat.INT, list);
        int capacity = level == 0 ? 2 * m : m;
        if (count < capacity) {
            put(level, list, from, count, to, distance);
            setCount(level, list, from, count + 1);
            return;
        }
        if (level == 0 && !Float.isNaN(lengths.get(ValueLayout.JAVA_FLOAT, lengthAt(from, 0)))) {
            for (int i = 0; i < count; i++) {
                pool[i] = LongHeap.pack(lengths.get(ValueLayout.JAVA_FLOAT, lengthAt(from, i)), rows.link(from, i));
            }
        } else {
            pairs.aimAt(from);
            for (int i = 0; i < count; i++) {
                pairs.setId(i, level == 0 ? rows.link(from, i) : graph.memory.get(GraphFormat.INT, list + 4 + 4L * i));
            }
            pairs.distances(count);
            for (int i = 0; i < count; i++) {
                pool[i] = LongHeap.pack(pairs.distance(i), pairs.id(i));
            }
        }
        pool[count] = LongHeap.pack(distance, to);
        write(level, from, select(count + 1, capacity));
    }

    /**
     * The paper's heuristic (algorithm 4): takes the nearest of the pool unless it is nearer to one already taken than to the
     * base, so that links point in different directions. Sorts the pool and fills {@link #selected}.
     */
    private int select(int candidates, int limit) {
        Arrays.sort(pool, 0, candidates);
        int count = 0;
        for (int i = 0; i < candidates && count < limit; i++) {
            long candidate = pool[i];
            int row = LongHeap.ordinal(candidate);
            if (count > 0) {
                pairs.aimAt(row);
            }
            if (count == 0 || pairs.apart(count, LongHeap.distance(candidate))) {
                pairs.setId(count, row);
                selected[count++] = candidate;
            }
        }
        return count;
    }
}
