package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.OrderBy;
import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.VectorSelection;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.query.Hit;
import dev.vectorhub.engine.core.query.QueryReader;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** One view as queries read it; for one thread. Counts what it looks at. */
final class ViewReader implements QueryReader {
    private final LiveCollection collection;
    private final View view;
    private final Fetch whole;
    private final Pace pace = Pace.current();
    private long scanned;
    private long bytesRead;

    ViewReader(LiveCollection collection, View view) {
        this.collection = collection;
        this.view = view;
        this.whole = new Fetch(view, PayloadSelection.ALL, VectorSelection.NONE);
    }

    long scanned() {
        return scanned;
    }

    long bytesRead() {
        return bytesRead + whole.bytesRead();
    }

    private VectorConfig config(String using) {
        return view.config().vectors().get(PreparedPoints.position(view.config(), using));
    }

    @Override
    public Distance distance(String using) {
        return config(using).distance();
    }

    @Override
    public List<Hit> nearest(SearchSpec spec) {
        SearchHits found = new Searching(collection, view, spec).run();
        scanned += found.vectorsScanned();
        bytesRead += found.bytesRead();
        List<Hit> hits = new ArrayList<>(found.points().size());
        for (ScoredPoint point : found.points()) {
            hits.add(new Hit(point.id(), point.score()));
        }
        return hits;
    }

    @Override
    public List<Hit> best(SearchSpec spec, List<VectorValue> vectors, Combination combination) {
        int vector = PreparedPoints.position(view.config(), spec.using());
        FilterRun run = spec.filter() == null ? null : new FilterRun(spec.filter(), view);
        int wanted = (int) Math.min(spec.limit(), Math.max(1, view.alive()));
        HitQueue best = config(spec.using()).kind() == VectorKind.DENSE
                ? walked(spec, vector, vectors, combination, run, wanted)
                : compared(vector, vectors, combination, run, wanted);
        bytesRead += run == null ? 0 : run.bytesRead();
        best.sort();
        List<Hit> hits = new ArrayList<>(best.size());
        for (int i = 0; i < best.size(); i++) {
            float score = best.distance(i) == 0 ? 0 : -best.distance(i);
            hits.add(new Hit(view.parts().get(best.part(i)).part().id(best.ordinal(i)), score));
        }
        return hits;
    }

    private HitQueue walked(
            SearchSpec spec,
            int vector,
            List<VectorValue> vectors,
            Combination combination,
            @Nullable FilterRun run,
            int wanted) {
        List<float[]> examples = new ArrayList<>(vectors.size());
        for (VectorValue one : vectors) {
            examples.add(((VectorValue.Dense) one).components());
        }
        int threshold = collection.hnsw(vector).fullScanThreshold();
        try (Combined combined = new Combined(collection.around(), view, spec, vector, examples, combination, wanted)) {
            new PartTour(view, spec, vector, run, threshold, combined).run();
            scanned += combined.scanned();
            bytesRead += combined.bytesRead();
            return combined.hits();
        }
    }

    /** Each point that matches: there are no graphs of multi-vectors and sparse ones. */
    private HitQueue compared(
            int vector, List<VectorValue> vectors, Combination combination, @Nullable FilterRun run, int wanted) {
        VectorConfig config = view.config().vectors().get(vector);
        PointScorer[] scorers = new PointScorer[vectors.size()];
        for (int i = 0; i < scorers.length; i++) {
            scorers[i] = PointScorer.of(
                    collection.around().kernel(), config, Rarity.weighed(view, config, vector, vectors.get(i)));
        }
        HitQueue best = new HitQueue(view.parts(), wanted);
        float[] similarities = new float[scorers.length];
        for (int p = 0; p < view.parts().size(); p++) {
            LivePart live = view.parts().get(p);
            Part part = live.part();
            if (part.lacks(vector)) {
                continue;
            }
            for (PointScorer scorer : scorers) {
                scorer.over(part, vector);
            }
            IntIterator ordinals = matching(run, live).getIntIterator();
            while (ordinals.hasNext()) {
                int ordinal = ordinals.next();
                if (part.has(vector, ordinal)) {
                    for (int i = 0; i < scorers.length; i++) {
                        similarities[i] = -scorers[i].distance(ordinal);
                    }
                    best.offer(-combination.score(similarities), p, ordinal);
                    scanned += scorers.length;
                }
            }
        }
        for (PointScorer scorer : scorers) {
            bytesRead += scorer.bytesRead();
        }
        return best;
    }

    private static RoaringBitmap matching(@Nullable FilterRun run, LivePart part) {
        return run == null ? FilterRun.alive(part) : run.matching(part);
    }

    @Override
    public List<PointId> first(@Nullable Filter filter, int limit) {
        FilterRun run = filter == null ? null : new FilterRun(filter, view);
        List<View.Place> places = new Scrolling(view, run, null, limit).run();
        List<PointId> ids = new ArrayList<>(Math.min(limit, places.size()));
        for (int i = 0; i < Math.min(limit, places.size()); i++) {
            View.Place place = places.get(i);
            ids.add(view.parts().get(place.part()).part().id(place.ordinal()));
        }
        bytesRead += run == null ? 0 : run.bytesRead();
        return ids;
    }

    @Override
    public List<Hit> ordered(@Nullable Filter filter, OrderBy order, int limit) {
        Map<PointId, Hit> hits = new LinkedHashMap<>();
        // Points with several values come several times; so many more are asked for until enough differ.
        for (int more = limit; ; more = (int) Math.min(2L * more, Integer.MAX_VALUE)) {
            Ordering ordering = new Ordering(view, filter == null ? null : new FilterRun(filter, view), order, more);
            List<Ordering.Found> found = ordering.run();
            bytesRead += ordering.bytesRead();
            hits.clear();
            for (Ordering.Found one : found) {
                if (hits.size() < limit) {
                    hits.putIfAbsent(one.id(), new Hit(one.id(), 1, one.value()));
                }
            }
            if (hits.size() == limit || found.size() < more) {
                return List.copyOf(hits.values());
            }
        }
    }

    @Override
    public void each(@Nullable Filter filter, Consumer<PointId> ids) {
        FilterRun run = filter == null ? null : new FilterRun(filter, view);
        for (LivePart live : view.parts()) {
            IntIterator ordinals = matching(run, live).getIntIterator();
            while (ordinals.hasNext()) {
                pace.step(1);
                ids.accept(live.part().id(ordinals.next()));
            }
        }
        bytesRead += run == null ? 0 : run.bytesRead();
    }

    @Override
    public VectorValue vector(PointId id, String using) {
        int vector = PreparedPoints.position(view.config(), using);
        View.Place place = view.find(id);
        if (place == null || !view.parts().get(place.part()).part().has(vector, place.ordinal())) {
            throw StoreException.notFound("No point with id " + id + " found");
        }
        VectorValue value =
                StoredVectors.read(config(using), view.parts().get(place.part()).part(), vector, place.ordinal());
        bytesRead += value.logicalBytes(config(using).datatype());
        return value;
    }

    @Override
    public VectorValue stored(VectorValue vector, String using) {
        return Checking.stored(config(using), vector);
    }

    @Override
    public Function<VectorValue, float[]> comparison(String using, List<VectorValue> others) {
        VectorConfig config = config(using);
        // Through memory of the kind that parts have, so that the same kernels compare as everywhere.
        MemoryColumn column = MemoryColumn.of(config, Arena.ofAuto());
        for (int i = 0; i < others.size(); i++) {
            column.put(i, others.get(i));
        }
        MemoryColumn.Shown shown = column.shown();
        return vector -> {
            PointScorer scorer = PointScorer.of(collection.around().kernel(), config, vector);
            scorer.over(shown);
            float[] similarities = new float[others.size()];
            for (int i = 0; i < similarities.length; i++) {
                similarities[i] = -scorer.distance(i);
            }
            scanned += similarities.length;
            return similarities;
        };
    }

    @Override
    public byte[] payload(PointId id) {
        View.Place place = view.find(id);
        return place == null ? new byte[0] : whole.payload(place.part(), place.ordinal());
    }

    @Override
    public Predicate<PointId> test(Filter filter) {
        FilterRun run = new FilterRun(filter, view);
        Map<Integer, FilterRun.Test> tests = new HashMap<>();
        return id -> {
            View.Place place = view.find(id);
            return place != null
                    && tests.computeIfAbsent(
                                    place.part(), p -> run.test(view.parts().get(p)))
                            .holds(place.ordinal());
        };
    }

    @Override
    public long size() {
        return view.alive();
    }

    /** The points of the hits as the answer shows them. */
    List<ScoredPoint> shown(List<Hit> hits, PayloadSelection payload, VectorSelection vectors) {
        Fetch fetch = new Fetch(view, payload, vectors);
        List<ScoredPoint> points = new ArrayList<>(hits.size());
        for (Hit hit : hits) {
            View.Place place = view.find(hit.id());
            if (place != null) {
                points.add(new ScoredPoint(
                        hit.id(),
                        hit.score(),
                        fetch.payload(place.part(), place.ordinal()),
                        fetch.vectors(place.part(), place.ordinal()),
                        view.parts().get(place.part()).part().version(place.ordinal()),
                        hit.order()));
            }
        }
        bytesRead += fetch.bytesRead();
        return points;
    }
}
