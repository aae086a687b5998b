package dev.vectorhub.engine.core.graph;

import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import java.util.Arrays;

/**
 * Takes links over from an old graph. A list that led to a vertex which is no more is chosen anew, from what is left of it and
 * from where the lost ones led: so whoever was reached over them still is (as FreshDiskANN does it: Singh et al., 2021).
 */
final class Inheriting {
    private final LinkLists lists;
    private final byte[] levels;
    private final HnswGraph old;
    private final CodeRows oldRows;
    private final int[] from;
    /** For each old vertex the new one; -1 if it is gone. */
    private final int[] to;

    private final Int8Probe pairs;
    private long[] found = new long[64];
    private int count;

    /**
     * @param levels of the new vertices
     * @param from for each of them the old one; -1 if there is none. Those left without a link become -1
     */
    Inheriting(LinkLists lists, byte[] levels, HnswGraph old, int[] from) {
        this.lists = lists;
        this.levels = levels;
        this.old = old;
        this.oldRows = old.rows();
        this.from = from;
        this.to = new int[old.vertices()];
        this.pairs = lists.pairs();
        Arrays.fill(to, -1);
        for (int v = 0; v < from.length; v++) {
            if (from[v] >= 0) {
                to[from[v]] = v;
            }
        }
    }

    /** All links of one vertex. */
    void links(int vertex) {
        int was = from[vertex];
        for (int level = levels[vertex]; level > 0; level--) {
            list(level, vertex, was);
        }
        list(0, vertex, was);
        if (count == 0) {
            from[vertex] = -1;
        }
    }

    /** Where walks begin: the old entry or, if that is gone, a vertex of those that reach highest; -1 if none is left. */
    int entry() {
        int entry = to[old.entry()];
        for (int v = 0; entry < 0 && v < from.length; v++) {
            entry = from[v] < 0 ? -1 : v;
        }
        for (int v = Math.max(0, entry); entry >= 0 && v < from.length; v++) {
            if (from[v] >= 0 && levels[v] > levels[entry]) {
                entry = v;
            }
        }
        return entry;
    }

    private void list(int level, int vertex, int was) {
        int links = linksOf(level, was);
        count = 0;
        pairs.beginWalk();
        pairs.trySee(vertex);
        for (int i = 0; i < links; i++) {
            take(to[link(level, was, i)]);
        }
        if (count == links) {
            lists.take(level, vertex, found, count);
            return;
        }
        for (int i = 0; i < links; i++) {
            int lost = link(level, was, i);
            if (to[lost] < 0) {
                int further = linksOf(level, lost);
                for (int j = 0; j < further; j++) {
                    take(to[link(level, lost, j)]);
                }
            }
        }
        lists.choose(level, vertex, found, count);
    }

    private void take(int vertex) {
        if (vertex >= 0 && pairs.trySee(vertex)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = vertex;
        }
    }

    private int linksOf(int level, int was) {
        return level == 0 ? oldRows.links(was) : old.memory.get(GraphFormat.INT, old.list(level, was));
    }

    private int link(int level, int was, int i) {
        return level == 0 ? oldRows.link(was, i) : old.memory.get(GraphFormat.INT, old.list(level, was) + 4 + 4L * i);
    }
}
