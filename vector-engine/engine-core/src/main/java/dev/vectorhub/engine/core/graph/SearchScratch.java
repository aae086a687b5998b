package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.kernel.BitProbe;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.CombinedProbe;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.kernel.Probe;
import dev.vectorhub.engine.core.kernel.ProductProbe;
import dev.vectorhub.engine.core.kernel.RawProbe;
import dev.vectorhub.engine.core.kernel.RowCode;
import dev.vectorhub.engine.core.vector.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What searches work in; kept and reused, one for each search at a time. */
public final class SearchScratch {
    final LongHeap candidates = LongHeap.nearestFirst();
    final LongHeap results = LongHeap.farthestFirst();
    /** Of the results: as many as a walk goes by. */
    final LongHeap near = LongHeap.farthestFirst();

    private final Kernel kernel;
    private Pace pace = Pace.steady();
    private final Int8Probe codes;
    private @Nullable RawProbe raw;
    private @Nullable BitProbe bits;
    private @Nullable ProductProbe products;
    private @Nullable CombinedProbe combined;
    private long[] packed = new long[256];
    private long[] matches = new long[0];
    private int[] others = new int[0];
    private MemorySegment row = MemorySegment.NULL;

    public SearchScratch(Kernel kernel) {
        this.kernel = kernel;
        this.codes = kernel.probe();
    }

    /** Walks go at the pace of their search. */
    public void at(Pace newPace) {
        pace = newPace;
    }

    Pace pace() {
        return pace;
    }

    public Int8Probe codes() {
        return codes;
    }

    /**
     * The probe for what the graph's rows hold, yet to be aimed.
     *
     * @param vectors of the segment
     * @param byVectors leaves the codes alone
     */
    public Probe over(HnswGraph graph, Metric metric, Rows vectors, boolean byVectors) {
        int batch = 2 * graph.m();
        int kind = byVectors ? RowCode.NONE : graph.kind();
        return switch (kind) {
            case RowCode.INT8 -> {
                codes.over(graph.rows(), metric, batch);
                yield codes;
            }
            case RowCode.BITS -> {
                BitProbe probe = bits == null ? new BitProbe(kernel.isNative()) : bits;
                bits = probe;
                probe.over(graph.rows(), graph.book(), metric, batch);
                yield probe;
            }
            case RowCode.PRODUCT -> {
                ProductProbe probe = products == null ? new ProductProbe(kernel.isNative()) : products;
                products = probe;
                probe.over(graph.rows(), graph.book(), metric, batch);
                yield probe;
            }
            default -> raw(graph, metric, vectors);
        };
    }

    private RawProbe raw(HnswGraph graph, Metric metric, Rows vectors) {
        RawProbe probe = raw == null ? new RawProbe(kernel, kernel.isNative()) : raw;
        raw = probe;
        probe.over(
                graph.rows(), vectors.form().kernel(kernel), vectors.chunk(0), vectors.stride(), metric, 2 * graph.m());
        return probe;
    }

    /**
     * The probe for a distance that is made of several, by codes of bytes where the graph has them, else by vectors.
     *
     * @param vectors of the segment
     * @param byVectors leaves the codes alone
     */
    public CombinedProbe over(
            HnswGraph graph,
            Metric metric,
            Rows vectors,
            boolean byVectors,
            float[][] queries,
            CombinedProbe.Combination combination) {
        CombinedProbe probe = combined == null ? new CombinedProbe(kernel.isNative()) : combined;
        combined = probe;
        boolean bytes = !byVectors && graph.kind() == RowCode.INT8;
        Probe each = bytes ? over(graph, metric, vectors, false) : raw(graph, metric, vectors);
        probe.over(each, metric, queries, combination, 2 * graph.m());
        return probe;
    }

    /** An array of at least that length, the first {@code keep} elements as they were. */
    public long[] packed(int length, int keep) {
        if (packed.length < length) {
            long[] larger = new long[Math.max(length, 2 * packed.length)];
            System.arraycopy(packed, 0, larger, 0, keep);
            packed = larger;
        }
        return packed;
    }

    /** Memory for one vector of the rows. */
    public MemorySegment row(Rows rows) {
        long bytes = rows.stride();
        if (row.byteSize() < bytes) {
            row = Arena.ofAuto().allocate(bytes, CodeRows.LINE_BYTES);
        }
        return row;
    }

    /** Zeroed bits for so many vertices. */
    long[] bits(int vertices) {
        int words = (vertices + 63) / 64;
        if (matches.length < words) {
            matches = new long[words];
        } else {
            Arrays.fill(matches, 0, words, 0);
        }
        return matches;
    }

    /** Room for a number and that many vertices. */
    int[] others(int vertices) {
        if (others.length <= vertices) {
            others = new int[vertices + 1];
        }
        return others;
    }

    void clear() {
        candidates.clear();
        results.clear();
        near.clear();
    }

    /** Vertices accepted by the last search, by distance, farthest first. */
    public LongHeap results() {
        return results;
    }

    /** The same in order, nearest first, as many as {@link #results()} has; what is behind them is of no meaning. */
    public long[] nearestFirst() {
        int found = results.size();
        long[] sorted = packed(found, 0);
        for (int i = 0; i < found; i++) {
            sorted[i] = results.get(i);
        }
        Arrays.sort(sorted, 0, found);
        return sorted;
    }
}
