package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.RowCode;
import dev.vectorhub.engine.core.vector.Rows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers the vertices of a graph anew, so that those which a walk visits together lie together. */
public final class GraphOrder {
    private static final int WINDOW = 5;

    private GraphOrder() {}

    /** Takes what a writer is given, piece by piece. */
    @FunctionalInterface
    public interface Sink {
        void put(MemorySegment bytes) throws IOException;
    }

    /** For each new number the old one. */
    public static int[] of(HnswGraph graph) {
        return breadthFirst(graph);
    }

    /** By breadth, from the entry. */
    static int[] breadthFirst(HnswGraph graph) {
        CodeRows rows = graph.rows();
        int n = graph.vertices();
        int[] order = new int[n];
        boolean[] placed = new boolean[n];
        int filled = 0;
        int next = 0;
        for (int root = -1; root < n; root++) {
            int start = root < 0 ? graph.entry() : root;
            if (placed[start]) {
                continue;
            }
            placed[start] = true;
            order[filled++] = start;
            while (next < filled) {
                int v = order[next++];
                for (int i = 0; i < rows.links(v); i++) {
                    int w = rows.link(v, i);
                    if (!placed[w]) {
                        placed[w] = true;
                        order[filled++] = w;
                    }
                }
            }
        }
        return order;
    }

    /**
     * For each new number the old one, by Gorder (Wei, Yu, Lu, Lin 2016): next comes the vertex that shares most with the last
     * few placed: links with one of them, or a neighbour. Links count both ways, as most do.
     */
    static int[] gorder(HnswGraph graph) {
        CodeRows rows = graph.rows();
        int n = graph.vertices();
        UnitHeap heap = new UnitHeap(n);
        int[] order = new int[n];
        int current = graph.entry();
        heap.remove(current);
        for (int i = 0; i < n; i++) {
            order[i] = current;
            change(rows, heap, current, 1);
            if (i >= WINDOW) {
                change(rows, heap, order[i - WINDOW], -1);
            }
            if (i + 1 < n) {
                current = heap.takeTop();
            }
        }
        return order;
    }

    private static void change(CodeRows rows, UnitHeap heap, int v, int by) {
        int links = rows.links(v);
        for (int i = 0; i < links; i++) {
            int w = rows.link(v, i);
            heap.add(w, by);
            int around = rows.links(w);
            for (int j = 0; j < around; j++) {
                heap.add(rows.link(w, j), by);
            }
        }
    }

    /**
     * Writes header and body with the vertices in another order.
     *
     * @param graph over int8 codes, as built
     * @param code what the rows are to hold instead; null leaves them as they are
     * @param vectors by ordinal, read if there is a code
     */
    public static void write(HnswGraph graph, int[] order, @Nullable RowCode code, Rows vectors, Sink out)
            throws IOException {
        int n = order.length;
        int[] place = new int[n];
        for (int i = 0; i < n; i++) {
            place[order[i]] = i;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(GraphFormat.HEADER_BYTES);
            graph.format.written(place[graph.entry()], code).write(header);
            out.put(header);
            rows(graph, order, place, code, vectors, out, arena);
            if (code != null) {
                MemorySegment book =
                        arena.allocate(GraphFormat.padded(code.book().byteSize()));
                MemorySegment.copy(code.book(), 0, book, 0, code.book().byteSize());
                out.put(book);
            }
            places(graph, place, out, arena);
            upper(graph, order, place, out, arena);
        }
    }

    private static void rows(
            HnswGraph graph, int[] order, int[] place, @Nullable RowCode code, Rows vectors, Sink out, Arena arena)
            throws IOException {
        CodeRows rows = graph.rows();
        int length = code == null ? rows.length() : code.bytes();
        long stride = CodeRows.stride(length, 2 * graph.m());
        MemorySegment row = arena.allocate(stride, CodeRows.LINE_BYTES);
        CodeRows one = new CodeRows(row, 1, length, stride);
        float[] vector = new float[graph.dimensions()];
        for (int v : order) {
            if (code == null) {
                row.copyFrom(rows.row(v));
            } else {
                row.fill((byte) 0);
                one.setOrdinal(0, rows.ordinal(v));
                one.setLinks(0, rows.links(v));
                vectors.copyCompared(rows.ordinal(v), vector);
                code.write(vector, one, 0);
            }
            for (int i = 0; i < rows.links(v); i++) {
                one.setLink(0, i, place[rows.link(v, i)]);
            }
            out.put(row);
        }
    }

    private static void places(HnswGraph graph, int[] place, Sink out, Arena arena) throws IOException {
        int[] vertices = new int[graph.ordinals()];
        for (int v = 0; v < place.length; v++) {
            vertices[graph.rows().ordinal(v)] = place[v] + 1;
        }
        MemorySegment memory = arena.allocate(4L * vertices.length);
        MemorySegment.copy(vertices, 0, memory, GraphFormat.INT, 0, vertices.length);
        out.put(memory);
    }

    private static void upper(HnswGraph graph, int[] order, int[] place, Sink out, Arena arena) throws IOException {
        MemorySegment number = arena.allocate(4);
        int lists = 0;
        for (int v : order) {
            int levels = graph.upperLevels(v);
            number.set(GraphFormat.INT, 0, levels == 0 ? 0 : lists + 1);
            lists += levels;
            out.put(number);
        }
        MemorySegment list = arena.allocate(graph.format.upperStride());
        for (int v : order) {
            int levels = graph.upperLevels(v);
            for (int level = 1; level <= levels; level++) {
                list.copyFrom(graph.memory.asSlice(graph.list(level, v), list.byteSize()));
                int count = list.get(GraphFormat.INT, 0);
                for (int i = 1; i <= count; i++) {
                    list.set(GraphFormat.INT, 4L * i, place[list.get(GraphFormat.INT, 4L * i)]);
                }
                out.put(list);
            }
        }
    }

    /** Vertices by score, the highest first; scores change by one. Each score has a chain. */
    private static final class UnitHeap {
        private final int[] score;
        private final int[] next;
        private final int[] previous;
        private int[] heads = new int[64];
        private int top;

        UnitHeap(int n) {
            score = new int[n];
            next = new int[n];
            previous = new int[n];
            Arrays.fill(heads, -1);
            for (int v = n - 1; v >= 0; v--) {
                link(v);
            }
        }

        private void link(int v) {
            int s = score[v];
            if (s >= heads.length) {
                int old = heads.length;
                heads = Arrays.copyOf(heads, Math.max(2 * old, s + 1));
                Arrays.fill(heads, old, heads.length, -1);
            }
            int head = heads[s];
            next[v] = head;
            previous[v] = -1;
            if (head >= 0) {
                previous[head] = v;
            }
            heads[s] = v;
            top = Math.max(top, s);
        }

        private void unlink(int v) {
            if (previous[v] >= 0) {
                next[previous[v]] = next[v];
            } else {
                heads[score[v]] = next[v];
            }
            if (next[v] >= 0) {
                previous[next[v]] = previous[v];
            }
        }

        void remove(int v) {
            unlink(v);
            score[v] = -1;
        }

        /** Nothing if the vertex is gone. */
        void add(int v, int by) {
            if (score[v] >= 0) {
                unlink(v);
                score[v] += by;
                link(v);
            }
        }

        int takeTop() {
            while (heads[top] < 0) {
                top--;
            }
            int v = heads[top];
            remove(v);
            return v;
        }
    }
}
