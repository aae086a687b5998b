package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.QuantizationSearch;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.graph.HnswGraph;
import dev.vectorhub.engine.core.graph.LongHeap;
import dev.vectorhub.engine.core.graph.OrdinalFilter;
import dev.vectorhub.engine.core.graph.Reach;
import dev.vectorhub.engine.core.graph.SearchScratch;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Int8Probe;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.kernel.Probe;
import dev.vectorhub.engine.core.kernel.RawProbe;
import dev.vectorhub.engine.core.kernel.RowCode;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.vector.CodeBounds;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import dev.vectorhub.engine.core.vector.UnitVectors;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Compares one query with the points of parts and keeps the best hits. A flat scan is exact whether it reads the vectors or
 * their codes: {@link CodeBounds} tells which points the vectors have to decide. A walk on a graph goes by codes, and the
 * vectors decide among what it found.
 */
final class Nearest implements PartSearch, AutoCloseable {
    private static final int BATCH = 256;
    /** With more hits wanted than this share of the points, codes rule out too few. */
    private static final int CODES_SHARE = 4;
    /** So many more than are wanted does a walk go by: codes may mistake the order of the nearest. */
    private static final int SPARE = 4;
    /** Points compared in the time of a walk past what a filter excludes, for each place in its beam. */
    private static final int FLAT_PER_EF = 150;
    /** Codes compared in the time of one step. */
    private static final int CODES_A_STEP = 8;

    private final View view;
    private final SearchSpec spec;
    private final int vector;
    private final VectorConfig config;
    private final Metric metric;
    private final Scorer scorer;
    private final View.@Nullable Place self;
    private final int wanted;
    private final int ef;
    private final HitQueue hits;
    private final ScratchPool pool;
    private final SearchScratch scratch;
    private final Pace pace = Pace.current();
    private final Tally tally = new Tally();

    /** @param self the point to leave out */
    Nearest(
            Surroundings around,
            View view,
            SearchSpec spec,
            int vector,
            float[] query,
            int wanted,
            View.@Nullable Place self) {
        this.view = view;
        this.spec = spec;
        this.vector = vector;
        this.config = view.config().vectors().get(vector);
        this.metric = Scorer.metric(config.distance());
        this.scorer = new Scorer(
                around.kernel(), config.form(), config.distance(), config.form().compared(query));
        this.self = self;
        this.wanted = wanted;
        int beam = spec.ef() > 0 ? spec.ef() : around.settings().efSearch();
        float oversampling = Math.max(1, spec.quantization().oversampling());
        this.ef = (int) Math.max(beam, Math.min(view.alive(), (long) (wanted * (double) oversampling)) + 1);
        this.hits = new HitQueue(view.parts(), wanted);
        this.pool = around.scratches();
        this.scratch = pool.take();
        scratch.at(pace);
    }

    HitQueue hits() {
        return hits;
    }

    /** Points compared, however often. */
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

    private boolean isSelf(int p, int ordinal) {
        return self != null && self.ordinal() == ordinal && self.part() == p;
    }

    private void compare(int p, Rows rows, int ordinal) {
        hits.offer(scorer.distance(rows, ordinal), p, ordinal);
        tally.vector(1);
    }

    /** Among few: a row of a large file is fetched alone. */
    private void decide(int p, Rows rows, int ordinal) {
        hits.offer(scorer.distance(rows, ordinal, scratch.row(rows)), p, ordinal);
        tally.decided();
    }

    // ---- flat

    @Override
    public void flat(int p, @Nullable RoaringBitmap ordinals) {
        LivePart part = view.parts().get(p);
        GraphBlob blob = part.graph(vector);
        HnswGraph graph = blob == null ? null : blob.graph();
        CodeRows codes = part.part().codes(vector);
        if (graph != null && graph.kind() == RowCode.INT8) {
            codes = graph.rows();
        } else {
            graph = null;
        }
        int points = ordinals == null ? part.part().size() : ordinals.getCardinality();
        if (codes == null || spec.exact() || wanted > points / CODES_SHARE) {
            byVectors(p, part.part(), ordinals);
        } else {
            byCodes(p, part.part(), codes, graph, ordinals);
        }
    }

    private void byVectors(int p, Part part, @Nullable RoaringBitmap ordinals) {
        Rows rows = part.rows(vector);
        boolean all = part.hasAll(vector);
        int size = ordinals == null ? part.size() : ordinals.getCardinality();
        IntIterator chosen = ordinals == null ? null : ordinals.getIntIterator();
        for (int i = 0; i < size; i++) {
            int ordinal = chosen == null ? i : chosen.next();
            pace.step(1);
            if ((all || part.has(vector, ordinal)) && !isSelf(p, ordinal)) {
                compare(p, rows, ordinal);
            }
        }
    }

    private void byCodes(
            int p, Part part, CodeRows codes, @Nullable HnswGraph graph, @Nullable RoaringBitmap ordinals) {
        Int8Probe probe = scratch.codes();
        probe.over(codes, metric, BATCH);
        probe.aim(scorer.query());
        Sieve sieve = new Sieve(scratch, new CodeBounds(probe, metric, scorer.query()), wanted, hits.worst());
        boolean all = graph != null || part.hasAll(vector);
        if (ordinals == null) {
            for (int from = 0; from < codes.size(); from += BATCH) {
                int count = Math.min(BATCH, codes.size() - from);
                probe.range(from, count);
                pace.step(BATCH / CODES_A_STEP);
                for (int i = 0; i < count; i++) {
                    int ordinal = graph == null ? from + i : codes.ordinal(from + i);
                    if ((all || part.has(vector, ordinal)) && !isSelf(p, ordinal)) {
                        sieve.offer(from + i, probe.distance(i));
                    }
                }
            }
        } else {
            IntIterator iterator = ordinals.getIntIterator();
            while (iterator.hasNext()) {
                int count = 0;
                while (count < BATCH && iterator.hasNext()) {
                    int ordinal = iterator.next();
                    int row = graph == null ? ordinal : graph.vertex(ordinal);
                    if (row >= 0 && (all || part.has(vector, ordinal)) && !isSelf(p, ordinal)) {
                        probe.setId(count++, row);
                    }
                }
                probe.distances(count);
                pace.step(BATCH / CODES_A_STEP);
                for (int i = 0; i < count; i++) {
                    sieve.offer(probe.id(i), probe.distance(i));
                }
            }
        }
        tally.rows(probe.takeComputed(), true);
        Rows rows = part.rows(vector);
        int left = sieve.sorted();
        for (int i = 0; i < left; i++) {
            if (sieve.lower(i) > hits.worst()) {
                break;
            }
            pace.step(1);
            decide(p, rows, codes.ordinal(sieve.row(i)));
        }
    }

    // ---- by graph

    @Override
    public long flatMost() {
        return (long) FLAT_PER_EF * ef;
    }

    @Override
    public boolean walk(int p, HnswGraph graph, OrdinalFilter accepted) {
        Probe probe = aimed(p, graph);
        if (probe instanceof Int8Probe || probe instanceof RawProbe) {
            graph.search(probe, reach(), accepted, scratch);
        } else {
            // estimates by bits or a book are too coarse to stop at a distance
            graph.search(probe, ef, accepted, scratch);
        }
        return taken(p, graph, probe);
    }

    private Reach reach() {
        QuantizationSearch codes = spec.quantization();
        int rescored = codes.oversampling() > 0 ? codes.candidates(wanted) : wanted;
        int keep = (int) Math.min(ef, Math.max(wanted + (long) SPARE, rescored));
        return new Reach(
                keep,
                ef,
                switch (config.distance()) {
                    case COSINE -> -1;
                    case DOT -> -UnitVectors.length(scorer.query());
                    case EUCLID, MANHATTAN -> 0;
                });
    }

    @Override
    public boolean walkWithin(int p, HnswGraph graph, RoaringBitmap accepted) {
        Probe probe = aimed(p, graph);
        graph.searchWithin(probe, ef, accepted, scratch);
        return taken(p, graph, probe);
    }

    private Probe aimed(int p, HnswGraph graph) {
        Rows rows = view.parts().get(p).part().rows(vector);
        Probe probe = scratch.over(graph, metric, rows, spec.quantization().ignore());
        probe.aim(scorer.query());
        return probe;
    }

    private boolean taken(int p, HnswGraph graph, Probe probe) {
        Rows rows = view.parts().get(p).part().rows(vector);
        boolean byVectors = probe instanceof RawProbe;
        tally.rows(probe.takeComputed(), !byVectors);
        int found = scratch.results().size();
        if (found <= wanted) {
            return false;
        }
        long[] packed = scratch.nearestFirst();
        if (byVectors || !spec.quantization().rescore()) {
            take(p, graph, packed, Math.min(found, wanted + 1));
        } else {
            CodeBounds bounds = probe instanceof Int8Probe codes ? new CodeBounds(codes, metric, scorer.query()) : null;
            rescore(p, graph, rows, packed, found, bounds);
        }
        return true;
    }

    /** The distances of the walk stand. */
    private void take(int p, HnswGraph graph, long[] packed, int count) {
        for (int i = 0; i < count; i++) {
            int ordinal = graph.rows().ordinal(LongHeap.ordinal(packed[i]));
            if (!isSelf(p, ordinal)) {
                hits.offer(LongHeap.distance(packed[i]), p, ordinal);
            }
        }
    }

    /** @param bounds tell when the codes leave no doubt; null if they cannot */
    private void rescore(int p, HnswGraph graph, Rows rows, long[] packed, int found, @Nullable CodeBounds bounds) {
        int most = Math.min(found, spec.quantization().candidates(wanted));
        for (int i = 0; i < most; i++) {
            int vertex = LongHeap.ordinal(packed[i]);
            if (i > wanted && bounds != null && bounds.likely(vertex, LongHeap.distance(packed[i])) > hits.worst()) {
                break;
            }
            int ordinal = graph.rows().ordinal(vertex);
            pace.step(1);
            if (!isSelf(p, ordinal)) {
                decide(p, rows, ordinal);
            }
        }
    }
}
