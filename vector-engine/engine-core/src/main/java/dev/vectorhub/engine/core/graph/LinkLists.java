package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The lists of a graph that is being built. Beside each lowest link stands its distance until the graph is done: a list that
 * overflows is thinned out without measuring its links again.
 */
final class LinkLists {
    private final HnswGraph graph;
    private final CodeRows rows;
    private final int m;
    /** By vertex, as many as a lowest list takes; the first is no number where none of them is known. */
    private final MemorySegment lengths;
    /** Compares candidates with one another; its ids are those selected so far. */
    private final Int8Probe pairs;
    /** Candidates of {@link #select}. */
    final long[] pool;
    /** What it selected. */
    final long[] selected;

    /** @param lengths for 2m links of each vertex */
    LinkLists(HnswGraph graph, Int8Probe pairs, int efConstruct, MemorySegment lengths) {
        this.graph = graph;
        this.rows = graph.rows();
        this.m = graph.m();
        this.lengths = lengths;
        this.pairs = pairs;
        this.pool = new long[Math.max(efConstruct, 2 * m) + 2];
        this.selected = new long[2 * m + 1];
    }

    /** Marks which vertices a list has already. */
    Int8Probe pairs() {
        return pairs;
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

    private long lengthAt(int vertex, int i) {
        return 8L * m * vertex + 4L * i;
    }

    /** Makes the selected the list of a vertex. */
    void write(int level, int vertex, int count) {
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
    void link(int from, float distance, int to, int level) {
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
    int select(int candidates, int limit) {
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
