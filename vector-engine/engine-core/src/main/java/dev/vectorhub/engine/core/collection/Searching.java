package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.filter.Bounds;
import dev.vectorhub.engine.core.graph.HnswGraph;
import dev.vectorhub.engine.core.graph.LongHeap;
import dev.vectorhub.engine.core.graph.OrdinalFilter;
import dev.vectorhub.engine.core.graph.SearchScratch;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.Scorer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * One search over the parts of a view. A collection below its full-scan threshold is scanned flat, hence exactly; above it
 * each part with a graph is searched by the graph, the others flat.
 *
 * <p>With a filter a part's graph is used only if enough points match. How many is estimated: few matches are found one by one and scanned flat (a walk would pass over most of the graph for
 * them), many are tested as the walk meets them.
 */
final class Searching {
    /** Matches below this share of a part are scanned flat. */
    private static final double FLAT_SHARE = 0.05;

    private final LiveCollection collection;
    private final View view;
    private final SearchSpec spec;
    private final int vector;
    private final VectorConfig config;
    private final int threshold;
    private final Scorer scorer;
    private final View.@Nullable Place self;
    private final @Nullable FilterRun filter;
    private final int wanted;
    private final HitQueue hits;
    private long scanned;

    Searching(LiveCollection collection, View view, SearchSpec spec) {
        this.collection = collection;
        this.view = view;
        this.spec = spec;
        this.vector = PreparedPoints.position(view.config(), spec.using());
        this.config = view.config().vectors().get(vector);
        HnswConfig hnsw = collection.hnsw(vector);
        this.threshold = hnsw.fullScanThreshold();
        this.self = self();
        this.scorer = new Scorer(collection.around().kernel(), config.distance(), query());
        Filter wantedFilter = spec.filter();
        this.filter = wantedFilter == null ? null : new FilterRun(wantedFilter, view);
        this.wanted = (int) Math.min(spec.offset() + (long) spec.limit(), Math.max(1, view.alive()));
        this.hits = new HitQueue(view.parts(), wanted);
    }

    private View.@Nullable Place self() {
        if (!(spec.query() instanceof SearchSpec.Query.ById(PointId id))) {
            return null;
        }
        View.Place place = view.find(id);
        if (place == null || !view.parts().get(place.part()).part().has(vector, place.ordinal())) {
            throw StoreException.notFound("No point with id " + id + " found");
        }
        return place;
    }

    private float[] query() {
        return switch (spec.query()) {
            case SearchSpec.Query.ByVector(float[] components) -> PreparedPoints.stored(config, components);
            case SearchSpec.Query.ById byId -> {
                float[] components = new float[config.size()];
                if (self != null) {
                    view.parts().get(self.part()).part().rows(vector).copyTo(self.ordinal(), components);
                }
                yield components;
            }
        };
    }

    SearchHits run() {
        boolean flat = spec.exact() || view.alive() < threshold;
        for (int p = 0; p < view.parts().size(); p++) {
            LivePart part = view.parts().get(p);
            GraphBlob graph = flat ? null : part.graph(vector);
            if (graph != null) {
                graph(p, part, graph.graph());
            } else if (flat || !spec.indexedOnly() || part.alive() < threshold) {
                flat(p, part);
            }
        }
        hits.sort();
        return answer();
    }

    // ---- flat

    private void flat(int p, LivePart part) {
        if (filter != null) {
            flat(p, part, filter.matching(part));
            return;
        }
        if (!part.dead().isEmpty()) {
            flat(p, part, FilterRun.alive(part));
            return;
        }
        Rows rows = part.part().rows(vector);
        boolean all = part.part().hasAll(vector);
        for (int ordinal = 0; ordinal < part.part().size(); ordinal++) {
            if (all || part.part().has(vector, ordinal)) {
                score(p, rows, ordinal);
            }
        }
    }

    private void flat(int p, LivePart part, RoaringBitmap ordinals) {
        Rows rows = part.part().rows(vector);
        boolean all = part.part().hasAll(vector);
        IntIterator iterator = ordinals.getIntIterator();
        while (iterator.hasNext()) {
            int ordinal = iterator.next();
            if (all || part.part().has(vector, ordinal)) {
                score(p, rows, ordinal);
            }
        }
    }

    private void score(int p, Rows rows, int ordinal) {
        if (self == null || self.ordinal() != ordinal || self.part() != p) {
            hits.offer(scorer.distance(rows, ordinal), p, ordinal);
            scanned++;
        }
    }

    // ---- by graph

    private void graph(int p, LivePart part, HnswGraph graph) {
        FilterRun run = filter;
        if (run == null) {
            RoaringBitmap dead = part.dead();
            offer(p, walk(part, graph, dead.isEmpty() ? OrdinalFilter.ALL : ordinal -> !dead.contains(ordinal)));
            return;
        }
        int flatMax = (int) Math.max(threshold, FLAT_SHARE * part.part().size());
        Bounds bounds = run.bounds(part);
        if (!bounds.exact() && run.estimate(part, bounds) > 2L * flatMax) {
            FilterRun.Test test = run.test(part);
            RoaringBitmap sure = bounds.sure();
            RoaringBitmap possible = bounds.possible();
            long[] found = walk(
                    part,
                    graph,
                    ordinal -> sure.contains(ordinal) || (possible.contains(ordinal) && test.holds(ordinal)));
            if (found.length > wanted) {
                offer(p, found);
                return;
            }
        }
        RoaringBitmap matches = run.matching(part, bounds);
        int count = matches.getCardinality();
        long[] found = count <= flatMax ? new long[0] : walk(part, graph, matches::contains);
        // a walk that is cut off from its matches finds too few
        if (found.length > wanted) {
            offer(p, found);
        } else {
            flat(p, part, matches);
        }
    }

    /** The nearest accepted points, in no order: one more than wanted, or all that can be reached. */
    private long[] walk(LivePart part, HnswGraph graph, OrdinalFilter accepted) {
        int ef = Math.max(
                spec.ef() > 0 ? spec.ef() : collection.around().settings().efSearch(), wanted + 1);
        SearchScratch scratch = collection.around().scratches().take();
        try {
            graph.search(scorer, part.part().rows(vector), ef, accepted, scratch);
            LongHeap results = scratch.results();
            long[] found = new long[results.size()];
            for (int i = 0; i < found.length; i++) {
                found[i] = results.get(i);
            }
            scanned += scratch.takeScanned();
            return found;
        } finally {
            collection.around().scratches().giveBack(scratch);
        }
    }

    private void offer(int p, long[] found) {
        for (long packed : found) {
            int ordinal = LongHeap.ordinal(packed);
            if (self == null || self.ordinal() != ordinal || self.part() != p) {
                hits.offer(LongHeap.distance(packed), p, ordinal);
            }
        }
    }

    // ---- the answer

    private SearchHits answer() {
        Fetch fetch = new Fetch(view, spec.payload(), spec.vectors());
        List<ScoredPoint> points = new ArrayList<>(Math.min(spec.limit(), hits.size()));
        Float worst = spec.scoreThreshold();
        for (int i = spec.offset(); i < hits.size() && points.size() < spec.limit(); i++) {
            float score = Scorer.score(config.distance(), hits.distance(i));
            if (worst != null && (config.distance().higherIsBetter() ? score < worst : score > worst)) {
                break;
            }
            int ordinal = hits.ordinal(i);
            Part part = view.parts().get(hits.part(i)).part();
            points.add(new ScoredPoint(
                    part.id(ordinal),
                    score,
                    fetch.payload(hits.part(i), ordinal),
                    fetch.vectors(hits.part(i), ordinal),
                    part.version(ordinal)));
        }
        long bytes = scanned * 4L * config.size() + fetch.bytesRead() + (filter == null ? 0 : filter.bytesRead());
        return new SearchHits(points, scanned, bytes);
    }
}
