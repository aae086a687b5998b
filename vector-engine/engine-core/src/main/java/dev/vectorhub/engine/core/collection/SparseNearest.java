package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.filter.Bounds;
import dev.vectorhub.engine.core.graph.OrdinalFilter;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.Segment;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.vector.Postings;
import dev.vectorhub.engine.core.vector.SparseProbe;
import dev.vectorhub.engine.core.vector.SparseRows;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Compares a sparse query with the points of parts and keeps the best hits: exactly, whichever way it goes. A point whose product
 * is 0 is no hit. Parts with {@link Postings} are searched by them, a window of points at a time; the others, and the few points
 * of a narrow filter, are compared one by one.
 *
 * <p>By postings, the lists whose greatest contributions together cannot lift a point among the hits are not read (MaxScore,
 * Turtle and Flood 1995); what the others find is compared as a whole if it may be a hit with the best that those lists can
 * add. Products are always added by ascending index, so that equal points have equal scores in every part.
 */
final class SparseNearest implements AutoCloseable {
    /** Points whose sums stay in the nearest cache. */
    static final int WINDOW = 4096;

    /**
     * Of the score that a hit needs, what the lists that are not read may add. At most 1; the less it is, the more entries are
     * read and the fewer vectors.
     */
    private static final double UNREAD_SHARE = 0.5;

    /** Entries of a list read in the time of one step. */
    private static final int ENTRIES_A_STEP = 16;

    private static final double ULP = 0x1.0p-23;

    private final View view;
    private final int vector;
    private final VectorValue.Sparse query;
    private final View.@Nullable Place self;
    private final SparseProbe probe;
    private final float least;
    private final HitQueue hits;
    private final ScratchPool pool;
    private final SparseScratch scratch;
    private final Pace pace = Pace.current();
    private long scanned;
    private long bytesRead;

    /**
     * @param query as stored, weighed
     * @param self the point to leave out
     */
    SparseNearest(
            Surroundings around,
            View view,
            SearchSpec spec,
            int vector,
            VectorValue.Sparse query,
            int wanted,
            View.@Nullable Place self) {
        this.view = view;
        this.vector = vector;
        this.query = query;
        this.self = self;
        this.probe = new SparseProbe(query);
        Float threshold = spec.scoreThreshold();
        this.least = threshold == null ? Float.NEGATIVE_INFINITY : threshold;
        this.hits = new HitQueue(view.parts(), wanted);
        this.pool = around.scratches();
        this.scratch = pool.takeSparse();
    }

    HitQueue hits() {
        return hits;
    }

    /** Points compared, wholly or in part. */
    long scanned() {
        return scanned;
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() {
        pool.giveBack(scratch);
    }

    void part(int p, @Nullable FilterRun filter) {
        LivePart live = view.parts().get(p);
        Postings postings = live.part().postings(vector);
        if (postings == null) {
            flat(p, live.part(), filter == null ? FilterRun.alive(live) : filter.matching(live));
            return;
        }
        Lists lists = lists(postings);
        if (lists.count == 0) {
            return;
        }
        try {
            if (filter == null) {
                RoaringBitmap dead = live.dead();
                scan(p, live.part(), lists, dead.isEmpty() ? OrdinalFilter.ALL : ordinal -> !dead.contains(ordinal));
                return;
            }
            Bounds bounds = filter.bounds(live);
            RoaringBitmap possible = bounds.possible();
            long steps = postings.entries() / Math.max(1, live.part().size()) + lists.count;
            if (possible.getLongCardinality() * steps < lists.entries()) {
                flat(p, live.part(), filter.matching(live, bounds));
                return;
            }
            RoaringBitmap sure = bounds.sure();
            FilterRun.Test test = filter.test(live);
            scan(
                    p,
                    live.part(),
                    lists,
                    bounds.exact()
                            ? possible::contains
                            : ordinal -> sure.contains(ordinal) || (possible.contains(ordinal) && test.holds(ordinal)));
        } catch (IndexOutOfBoundsException e) {
            throw live.part() instanceof Segment segment
                    ? Damage.in(segment.path(), "has lists of points that lead out of it", e)
                    : e;
        }
    }

    private boolean isSelf(int p, int ordinal) {
        return self != null && self.ordinal() == ordinal && self.part() == p;
    }

    private void offer(float score, int p, int ordinal) {
        if (score != 0) {
            hits.offer(-score, p, ordinal);
        }
    }

    private void flat(int p, Part part, RoaringBitmap ordinals) {
        SparseRows rows = part.sparse(vector);
        IntIterator iterator = ordinals.getIntIterator();
        while (iterator.hasNext()) {
            int ordinal = iterator.next();
            pace.step(1);
            if (part.has(vector, ordinal) && !isSelf(p, ordinal)) {
                offer(probe.dot(rows, ordinal), p, ordinal);
                bytesRead += (long) Postings.ENTRY_BYTES * rows.length(ordinal);
                scanned++;
            }
        }
    }

    // ---- by postings

    /** The lists of the query's indices, by ascending index: how far they are read, and the most that each adds to a score. */
    private static final class Lists {
        private final Postings postings;
        private final long[] at;
        private final long[] end;
        private final float[] weight;
        private final double[] most;
        private final boolean[] skipped;
        /** By what they add at most, ascending. */
        private int[] order = {};

        private int count;
        /** The most that all lists together add. */
        private double total;
        /** All that the lists can add, whatever its sign. */
        private double extent;

        Lists(Postings postings, int capacity) {
            this.postings = postings;
            at = new long[capacity];
            end = new long[capacity];
            weight = new float[capacity];
            most = new double[capacity];
            skipped = new boolean[capacity];
        }

        void add(int list, float w) {
            double low = (double) w * postings.least(list);
            double high = (double) w * postings.greatest(list);
            at[count] = postings.start(list);
            end[count] = postings.start(list + 1);
            weight[count] = w;
            most[count] = Math.max(0, Math.max(low, high));
            total += most[count++];
            extent += Math.max(Math.abs(low), Math.abs(high));
        }

        long entries() {
            long sum = 0;
            for (int t = 0; t < count; t++) {
                sum += end[t] - at[t];
            }
            return sum;
        }

        void sort() {
            Integer[] boxed = new Integer[count];
            Arrays.setAll(boxed, t -> t);
            Arrays.sort(boxed, Comparator.comparingDouble(t -> most[t]));
            order = new int[count];
            Arrays.setAll(order, i -> boxed[i]);
        }
    }

    private Lists lists(Postings postings) {
        int[] indices = query.indices();
        Lists lists = new Lists(postings, indices.length);
        for (int i = 0; i < indices.length; i++) {
            int list = query.values()[i] == 0 ? -1 : postings.list(indices[i]);
            if (list >= 0) {
                lists.add(list, query.values()[i]);
            }
        }
        lists.sort();
        return lists;
    }

    private void scan(int p, Part part, Lists lists, OrdinalFilter accepted) {
        double slack = (lists.count + 8) * ULP * lists.extent;
        int next = 0;
        double left = 0;
        for (int base = 0; base < part.size(); base += WINDOW) {
            double threshold = Math.max(least, -hits.worst());
            while (next < lists.count && left + lists.most[lists.order[next]] + slack < UNREAD_SHARE * threshold) {
                left += lists.most[lists.order[next]];
                lists.skipped[lists.order[next++]] = true;
            }
            if (lists.total + slack < threshold) {
                return;
            }
            add(lists, base, Math.min(base + WINDOW, part.size()));
            collect(p, part, base, next == 0, left + slack, accepted);
        }
    }

    /** Adds what the lists have of a window to its sums. */
    private void add(Lists lists, int base, int end) {
        Postings postings = lists.postings;
        float[] sums = scratch.sums();
        long[] touched = scratch.touched();
        for (int t = 0; t < lists.count; t++) {
            if (lists.skipped[t]) {
                continue;
            }
            float weight = lists.weight[t];
            long last = lists.end[t];
            long at = lists.at[t];
            while (at < last) {
                long entry = postings.entry(at);
                int slot = Postings.ordinal(entry) - base;
                if (slot >= end - base) {
                    break;
                }
                sums[slot] += weight * Postings.value(entry);
                touched[slot >>> 6] |= 1L << slot;
                at++;
            }
            bytesRead += Postings.ENTRY_BYTES * (at - lists.at[t]);
            pace.step(1 + (int) (at - lists.at[t]) / ENTRIES_A_STEP);
            lists.at[t] = at;
        }
    }

    /**
     * Takes what may be a hit from the window's sums and clears them.
     *
     * @param whole whether the sums are scores
     * @param more what the lists that were not read add at most, and what rounding does
     */
    private void collect(int p, Part part, int base, boolean whole, double more, OrdinalFilter accepted) {
        float[] sums = scratch.sums();
        long[] touched = scratch.touched();
        SparseRows rows = part.sparse(vector);
        for (int word = 0; word < touched.length; word++) {
            for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
                int slot = (word << 6) + Long.numberOfTrailingZeros(bits);
                int ordinal = base + slot;
                float sum = sums[slot];
                sums[slot] = 0;
                scanned++;
                // false for what is no number: that is a hit, if the last one
                boolean tooLow = sum + more < Math.max(least, -hits.worst());
                if (!tooLow && accepted.accepts(ordinal) && !isSelf(p, ordinal)) {
                    pace.step(1);
                    offer(whole ? sum : probe.dot(rows, ordinal), p, ordinal);
                    bytesRead += whole ? 0 : (long) Postings.ENTRY_BYTES * rows.length(ordinal);
                }
            }
            touched[word] = 0;
        }
    }
}
