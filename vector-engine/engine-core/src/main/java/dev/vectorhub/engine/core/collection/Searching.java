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
import dev.vectorhub.engine.core.graph.OrdinalFilter;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.vector.Scorer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * One search over the parts of a view. A collection below its full-scan threshold is scanned flat, hence exactly; above it
 * each part with a graph is searched by the graph, the others flat.
 *
 * <p>With a filter {@link FilterWay} decides by the number of matches, which is estimated as long as field indexes do not tell.
 * A walk that is cut off from its matches finds too few: then they are scanned flat.
 */
final class Searching {
    private final View view;
    private final SearchSpec spec;
    private final int vector;
    private final VectorConfig config;
    private final int threshold;
    private final View.@Nullable Place self;
    private final @Nullable FilterRun filter;
    private final int wanted;
    private final Nearest nearest;

    Searching(LiveCollection collection, View view, SearchSpec spec) {
        this.view = view;
        this.spec = spec;
        this.vector = PreparedPoints.position(view.config(), spec.using());
        this.config = view.config().vectors().get(vector);
        HnswConfig hnsw = collection.hnsw(vector);
        this.threshold = hnsw.fullScanThreshold();
        this.self = self();
        Filter wantedFilter = spec.filter();
        this.filter = wantedFilter == null ? null : new FilterRun(wantedFilter, view);
        this.wanted = (int) Math.min(spec.offset() + (long) spec.limit(), Math.max(1, view.alive()));
        this.nearest = new Nearest(collection.around(), view, spec, vector, query(), wanted, self);
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
        try (nearest) {
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
            nearest.hits().sort();
            return answer();
        }
    }

    private void flat(int p, LivePart part) {
        if (filter != null) {
            nearest.flat(p, filter.matching(part));
        } else {
            nearest.flat(p, part.dead().isEmpty() ? null : FilterRun.alive(part));
        }
    }

    // ---- by graph

    private void graph(int p, LivePart part, HnswGraph graph) {
        FilterRun run = filter;
        if (run == null) {
            RoaringBitmap dead = part.dead();
            if (!nearest.walk(p, graph, dead.isEmpty() ? OrdinalFilter.ALL : ordinal -> !dead.contains(ordinal))) {
                flat(p, part);
            }
            return;
        }
        Bounds bounds = run.bounds(part);
        int points = part.part().size();
        if (!bounds.exact() && way(run.estimate(part, bounds), points) == FilterWay.COLLECT) {
            FilterRun.Test test = run.test(part);
            RoaringBitmap sure = bounds.sure();
            RoaringBitmap possible = bounds.possible();
            if (nearest.walk(
                    p,
                    graph,
                    ordinal -> sure.contains(ordinal) || (possible.contains(ordinal) && test.holds(ordinal)))) {
                return;
            }
        }
        RoaringBitmap matches = run.matching(part, bounds);
        boolean found = switch (way(matches.getCardinality(), points)) {
            case FLAT -> false;
            case TWO_HOP -> nearest.walkWithin(p, graph, matches);
            case COLLECT -> nearest.walk(p, graph, matches::contains);
        };
        if (!found) {
            nearest.flat(p, matches);
        }
    }

    private FilterWay way(long matches, int points) {
        return FilterWay.of(matches, points, nearest.ef());
    }

    // ---- the answer

    private SearchHits answer() {
        HitQueue hits = nearest.hits();
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
        long bytes = nearest.bytesRead() + fetch.bytesRead() + (filter == null ? 0 : filter.bytesRead());
        return new SearchHits(points, nearest.scanned(), bytes);
    }
}
