package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.vector.Scorer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;

/**
 * One search over the parts of a view: dense vectors as {@link PartTour} goes, sparse ones as {@link SparseNearest}, multi-vectors
 * flat.
 */
final class Searching {
    private final LiveCollection collection;
    private final View view;
    private final SearchSpec spec;
    private final int vector;
    private final VectorConfig config;
    private final int threshold;
    private final View.@Nullable Place self;
    private final @Nullable FilterRun filter;
    private final int wanted;

    Searching(LiveCollection collection, View view, SearchSpec spec) {
        this.collection = collection;
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

    private VectorValue query() {
        return switch (spec.query()) {
            case SearchSpec.Query.ByVector(VectorValue given) -> Checking.stored(config, given);
            case SearchSpec.Query.ById(PointId id) -> {
                View.Place place = self;
                if (place == null) {
                    throw new AssertionError("looked up: " + id);
                }
                yield StoredVectors.read(config, view.parts().get(place.part()).part(), vector, place.ordinal());
            }
        };
    }

    SearchHits run() {
        return switch (Rarity.weighed(view, config, vector, query())) {
            case VectorValue.Dense(float[] components) -> dense(components);
            case VectorValue.Multi multi ->
                flat(PointScorer.of(collection.around().kernel(), config, multi));
            case VectorValue.Sparse sparse -> sparse(sparse);
        };
    }

    private SearchHits dense(float[] query) {
        try (Nearest nearest = new Nearest(collection.around(), view, spec, vector, query, wanted, self)) {
            new PartTour(view, spec, vector, filter, threshold, nearest).run();
            return answer(nearest.hits(), nearest.scanned(), nearest.bytesRead());
        }
    }

    private SearchHits sparse(VectorValue.Sparse query) {
        try (SparseNearest nearest = new SparseNearest(collection.around(), view, spec, vector, query, wanted, self)) {
            for (int p = 0; p < view.parts().size(); p++) {
                if (!view.parts().get(p).part().lacks(vector)) {
                    nearest.part(p, filter);
                }
            }
            return answer(nearest.hits(), nearest.scanned(), nearest.bytesRead());
        }
    }

    /** Compares with each point that matches. */
    private SearchHits flat(PointScorer scorer) {
        HitQueue hits = new HitQueue(view.parts(), wanted);
        long scanned = 0;
        for (int p = 0; p < view.parts().size(); p++) {
            LivePart part = view.parts().get(p);
            if (part.part().lacks(vector)) {
                continue;
            }
            scorer.over(part.part(), vector);
            IntIterator ordinals = (filter == null ? FilterRun.alive(part) : filter.matching(part)).getIntIterator();
            while (ordinals.hasNext()) {
                int ordinal = ordinals.next();
                boolean isSelf = self != null && self.ordinal() == ordinal && self.part() == p;
                if (part.part().has(vector, ordinal) && !isSelf) {
                    hits.offer(scorer.distance(ordinal), p, ordinal);
                    scanned++;
                }
            }
        }
        return answer(hits, scanned, scorer.bytesRead());
    }

    // ---- the answer

    private SearchHits answer(HitQueue hits, long scanned, long vectorBytes) {
        hits.sort();
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
        long bytes = vectorBytes + fetch.bytesRead() + (filter == null ? 0 : filter.bytesRead());
        return new SearchHits(points, scanned, bytes);
    }
}
