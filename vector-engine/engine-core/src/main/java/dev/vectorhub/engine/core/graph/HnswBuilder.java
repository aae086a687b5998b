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
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link HnswGraph} over int8 codes on one thread, in ordinal order. Levels come from a hash of the ordinal, so that the
 * same rows give the same graph and the memory of the finished graph is known before the first insertion.
 */
public final class HnswBuilder {
    private static final int LEVEL_MAX = 24;
    /** How often the build asks whether it is still wanted. */
    private static final int CANCEL_CHECK_VERTICES = 256;

    private final int m;
    private final Metric metric;
    private final int efConstruct;
    private final byte[] levels;
    private final HnswGraph graph;
    private final CodeRows rows;
    private final Int8Probe probe;
    private final SearchScratch scratch;
    private final LinkLists lists;
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
        this.metric = source.metric();
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
                CodeRows.stride(dimensions, 2 * m),
                0);
        MemorySegment memory = HugePages.allocate(format.bytes(), arena);
        format.write(memory);
        this.graph = new HnswGraph(memory);
        this.rows = graph.rows();
        this.scratch = new SearchScratch(kernel);
        this.probe = scratch.codes();
        Int8Probe pairs = kernel.probe();
        this.chosen = new long[m];
        probe.over(rows, source.metric(), 2 * m);
        pairs.over(rows, source.metric(), 2 * m + 1);
        this.lists = new LinkLists(graph, pairs, efConstruct, HugePages.allocate(8L * m * vertices, arena));
        int upperLists = 0;
        for (int v = 0; v < vertices; v++) {
            if (levels[v] > 0) {
                graph.setUpperIndex(v, upperLists);
                upperLists += levels[v];
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
        Inheriting inheriting = new Inheriting(lists, levels, old, inherited);
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

    private HnswGraph finished() {
        float spread = Spread.of(graph, metric, probe, scratch);
        graph.format.finished(entry, top, spread).write(graph.memory);
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
            graph.walk(probe, new int[] {start}, efConstruct, l, OrdinalFilter.ALL, scratch);
            LongHeap found = scratch.results;
            int candidates = 0;
            for (int i = 0; i < found.size(); i++) {
                // one that inherited no link may be linked to
                if (LongHeap.ordinal(found.get(i)) != vertex) {
                    lists.pool[candidates++] = found.get(i);
                }
            }
            int count = lists.select(candidates, m);
            start = candidates == 0 ? start : LongHeap.ordinal(lists.pool[0]);
            lists.write(l, vertex, count);
            // linking selects anew
            System.arraycopy(lists.selected, 0, chosen, 0, count);
            for (int i = 0; i < count; i++) {
                lists.link(LongHeap.ordinal(chosen[i]), LongHeap.distance(chosen[i]), vertex, l);
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
}
