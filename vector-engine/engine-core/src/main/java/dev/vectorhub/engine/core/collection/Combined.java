package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.graph.HnswGraph;
import dev.vectorhub.engine.core.graph.LongHeap;
import dev.vectorhub.engine.core.graph.OrdinalFilter;
import dev.vectorhub.engine.core.graph.SearchScratch;
import dev.vectorhub.engine.core.kernel.CombinedProbe;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.query.QueryReader.Combination;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds the points with the best score that a combination makes of their similarities to several dense vectors. A flat scan is
 * exact. A walk follows the score as it follows a distance elsewhere, by codes of bytes where there are some, beginning with
 * the nearest to each of the vectors and at the score's own best; vectors decide among all that it found. Equal scores stand by
 * id: of a walk, among the points that it met.
 */
final class Combined implements PartSearch, AutoCloseable {
    /** Times the beam of a nearest search: a walk by such a score has to pass valleys. */
    private static final int WIDE = 4;
    /** As {@link Nearest} has it, for vectors instead of codes, several of them. */
    private static final int FLAT_PER_EF = 20;
    /** Of the beam: as many of the nearest to each example but the first does a walk begin with. */
    private static final int EXAMPLES_SHARE = 8;

    private final View view;
    private final SearchSpec spec;
    private final int vector;
    private final VectorConfig config;
    private final Metric metric;
    private final Scorer[] scorers;
    private final float[][] queries;
    private final Combination combination;
    private final float[] similarities;
    private final int wanted;
    private final int ef;
    private final HitQueue hits;
    private final ScratchPool pool;
    private final SearchScratch scratch;
    private final Pace pace = Pace.current();
    private final Tally tally = new Tally();

    /**
     * @param spec filter, beam and how codes are used; what it says to be near to is not read
     * @param examples as stored
     */
    Combined(
            Surroundings around,
            View view,
            SearchSpec spec,
            int vector,
            List<float[]> examples,
            Combination combination,
            int wanted) {
        this.view = view;
        this.spec = spec;
        this.vector = vector;
        this.config = view.config().vectors().get(vector);
        this.metric = Scorer.metric(config.distance());
        this.scorers = new Scorer[examples.size()];
        this.queries = new float[examples.size()][];
        for (int q = 0; q < queries.length; q++) {
            queries[q] = config.form().compared(examples.get(q));
            scorers[q] = new Scorer(around.kernel(), config.form(), config.distance(), queries[q]);
        }
        this.combination = combination;
        this.similarities = new float[queries.length];
        this.wanted = wanted;
        this.ef = Math.max(spec.ef() > 0 ? spec.ef() : WIDE * around.settings().efSearch(), wanted);
        this.hits = new HitQueue(view.parts(), wanted);
        this.pool = around.scratches();
        this.scratch = pool.take();
        scratch.at(pace);
    }

    HitQueue hits() {
        return hits;
    }

    /** Comparisons of two vectors. */
    long scanned() {
        return tally.compared();
    }

    long bytesRead() {
        return tally.bytesRead(config);
    }

    @Override
    public void close() {
        pool.giveBack(scratch);
    }

    @Override
    public long flatMost() {
        return (long) FLAT_PER_EF * ef;
    }

    // ---- flat

    @Override
    public void flat(int p, @Nullable RoaringBitmap ordinals) {
        Part part = view.parts().get(p).part();
        Rows rows = part.rows(vector);
        boolean all = part.hasAll(vector);
        IntIterator iterator =
                (ordinals == null ? RoaringBitmap.bitmapOfRange(0, part.size()) : ordinals).getIntIterator();
        while (iterator.hasNext()) {
            int ordinal = iterator.next();
            pace.step(scorers.length);
            if (all || part.has(vector, ordinal)) {
                offer(p, ordinal, rows.chunk(ordinal), rows.offset(ordinal));
            }
        }
    }

    private void offer(int p, int ordinal, MemorySegment chunk, long offset) {
        for (int q = 0; q < scorers.length; q++) {
            similarities[q] = -scorers[q].distance(chunk, offset);
        }
        hits.offer(-combination.score(similarities), p, ordinal);
        tally.vector(scorers.length);
    }

    // ---- by graph

    @Override
    public boolean walk(int p, HnswGraph graph, OrdinalFilter accepted) {
        CombinedProbe probe = over(p, graph);
        graph.search(probe, starts(graph, probe), ef, accepted, scratch);
        return taken(p, graph, probe);
    }

    @Override
    public boolean walkWithin(int p, HnswGraph graph, RoaringBitmap accepted) {
        CombinedProbe probe = over(p, graph);
        graph.searchWithin(probe, starts(graph, probe), ef, accepted, scratch);
        return taken(p, graph, probe);
    }

    private CombinedProbe over(int p, HnswGraph graph) {
        Rows rows = view.parts().get(p).part().rows(vector);
        return scratch.over(graph, metric, rows, spec.quantization().ignore(), queries, distances -> {
            for (int q = 0; q < distances.length; q++) {
                similarities[q] = -distances[q];
            }
            return -combination.score(similarities);
        });
    }

    /**
     * The nearest to each vector, and where the score itself leads to: it has hills and plains that one way does not see. The
     * first vector is what a target is: its neighbours are looked at with the whole beam, those of the others with a part.
     */
    private int[] starts(HnswGraph graph, CombinedProbe probe) {
        int most = Math.min(ef, graph.rows().size());
        int some = Math.ceilDiv(most, EXAMPLES_SHARE);
        int[] starts = new int[most + (queries.length - 1) * some + 1];
        int count = 0;
        for (int q = 0; q < queries.length; q++) {
            graph.search(probe.aimed(q), q == 0 ? most : some, OrdinalFilter.ALL, scratch);
            LongHeap nearest = scratch.results();
            for (int i = 0; i < nearest.size(); i++) {
                starts[count++] = LongHeap.ordinal(nearest.get(i));
            }
        }
        starts[count++] = graph.approach(probe);
        return Arrays.copyOf(starts, count);
    }

    private boolean taken(int p, HnswGraph graph, CombinedProbe probe) {
        probe.takeComputed();
        boolean byVectors = probe.comparesVectors();
        tally.rows(probe.aimed(0).takeComputed(), !byVectors);
        int found = scratch.results().size();
        if (found < wanted) {
            return false;
        }
        long[] packed = scratch.nearestFirst();
        Rows rows = view.parts().get(p).part().rows(vector);
        boolean decided = byVectors || !spec.quantization().rescore();
        for (int i = 0; i < found; i++) {
            int ordinal = graph.rows().ordinal(LongHeap.ordinal(packed[i]));
            if (decided) {
                hits.offer(LongHeap.distance(packed[i]), p, ordinal);
            } else {
                decide(p, rows, ordinal);
            }
        }
        return true;
    }

    private void decide(int p, Rows rows, int ordinal) {
        pace.step(1);
        MemorySegment row = scratch.row(rows);
        if (rows.fetch(ordinal, row)) {
            offer(p, ordinal, row, 0);
        } else {
            offer(p, ordinal, rows.chunk(ordinal), rows.offset(ordinal));
        }
    }
}
