package dev.vectorhub.engine.core.collection;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which stored parts become one: lazy levelling. Small parts, which are scanned flat, gather until {@link #FAN_IN} are of like
 * size or all of them make up a part that is worth a graph. A larger one takes in all that are smaller than it once they make up
 * a {@link #REST_SHARE}th of it, so that there are few parts to walk through: each is more than that much larger than all after it
 * together. Its graph is kept and theirs are not ({@link Merge}), so a point's place in a graph is sought anew only when it
 * joins a part that was larger than its own: a logarithmic number of times. A collection at rest is brought to fewer parts still:
 * what a bulk load left over joins the rest, so that a search walks through one graph and not through two.
 *
 * @param threshold points from which a part is large
 * @param packed whether small parts lie in slabs, where checkpoints merge them
 * @param atRest whether all that was written is stored
 */
record Tiers(int threshold, boolean packed, boolean atRest) {
    static final int FAN_IN = 4;

    /** What the smaller parts have to be of a larger one, one in so many, to be merged with it. */
    static final int REST_SHARE = 4;

    /** The same of a collection at rest. */
    static final int AT_REST_SHARE = 32;

    /** Beyond this a merge takes too long. */
    static final long POINTS_MAX = 4_000_000;

    /** The rewritten part needs that much of the disk until the old ones may go. */
    static final long BYTES_MAX = 32L << 30;

    /** Dead points of a part in percent. */
    static final int DEAD_SHARE_MAX = 30;

    /** Dead points of a part, in percent, over which its graph can be mended without loss. */
    static final int MENDED_SHARE_MAX = 20;

    /**
     * A stored part.
     *
     * @param size points, dead ones too
     * @param rows the most that a vector has, more than points if it is a multi-vector
     * @param holdsRemoved whether vectors of it were removed from the collection
     */
    record Shape(int alive, int size, long rows, long bytes, boolean holdsRemoved) {
        boolean isMostlyDead() {
            return (size - alive) * 100L > (long) size * DEAD_SHARE_MAX;
        }

        /** Whether a merge goes on with the part's graph: what led over the dead is mended, if they are few. */
        boolean keepsGraph() {
            return (size - alive) * 100L <= (long) size * MENDED_SHARE_MAX;
        }
    }

    /** What a set of parts comes to. */
    private record Sum(long points, long rows, long bytes) {
        static final Sum NONE = new Sum(0, 0, 0);

        Sum with(Shape part) {
            return new Sum(points + part.alive, rows + part.rows, bytes + part.bytes);
        }

        boolean fits() {
            return points <= POINTS_MAX && rows <= Integer.MAX_VALUE && bytes <= BYTES_MAX;
        }
    }

    /** Positions of what the background rewrites next, as one; empty if nothing. */
    List<Integer> next(List<Shape> parts) {
        for (int p = 0; p < parts.size(); p++) {
            Shape part = parts.get(p);
            boolean own = part.size >= threshold || !packed;
            if (part.alive == 0 || (own && (part.isMostlyDead() || part.holdsRemoved))) {
                return List.of(p);
            }
        }
        List<Integer> bySize = bySize(parts);
        int first = firstToMerge(parts, bySize);
        if (first < bySize.size()) {
            return bySize.subList(first, bySize.size());
        }
        return packed ? List.of() : alike(parts, bySize);
    }

    /** Positions of what a checkpoint merges of the parts of a packed collection, as one; empty if nothing. */
    List<Integer> packed(List<Shape> parts) {
        List<Integer> few = alike(parts, bySize(parts));
        return few.stream().mapToLong(p -> parts.get(p).alive).sum() < threshold ? few : List.of();
    }

    /** Of the large ones, the first that takes in all after it; as many as there are if none does. */
    private int firstToMerge(List<Shape> parts, List<Integer> bySize) {
        int share = atRest ? AT_REST_SHARE : REST_SHARE;
        Sum rest = Sum.NONE;
        int first = bySize.size();
        for (int i = bySize.size() - 1; i >= 0; i--) {
            Shape part = parts.get(bySize.get(i));
            Sum with = rest.with(part);
            if (!with.fits()) {
                break;
            }
            if (with.points >= threshold && rest.points > 0 && rest.points * share >= part.alive) {
                first = i;
            }
            rest = with;
        }
        return first;
    }

    /**
     * Of the parts below the threshold, those of like size if they are many: the smallest few and all that are at most
     * {@link #FAN_IN} times as large. Tiny ones are all alike.
     *
     * @param bySize positions, the largest first
     */
    private List<Integer> alike(List<Shape> parts, List<Integer> bySize) {
        for (int last = bySize.size(); last >= FAN_IN; last--) {
            long most = FAN_IN * Math.max(parts.get(bySize.get(last - 1)).alive, threshold / (FAN_IN * FAN_IN));
            Sum sum = Sum.NONE;
            int first = last;
            while (first > 0) {
                Shape part = parts.get(bySize.get(first - 1));
                Sum with = sum.with(part);
                if (part.alive > most || part.alive >= threshold || !with.fits()) {
                    break;
                }
                sum = with;
                first--;
            }
            if (last - first >= FAN_IN) {
                return bySize.subList(first, last);
            }
        }
        return List.of();
    }

    private static List<Integer> bySize(List<Shape> parts) {
        return IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer p) -> parts.get(p).alive)
                        .reversed())
                .toList();
    }
}
