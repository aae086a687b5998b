package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.CollectionStatus;
import dev.vectorhub.engine.core.CollectionStatus.FieldIndexStatus;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.FacetHits;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldValue;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.OrderBy;
import dev.vectorhub.engine.core.OrderedPage;
import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.ScrollPage;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorSelection;
import dev.vectorhub.engine.core.query.GroupHits;
import dev.vectorhub.engine.core.query.Grouping;
import dev.vectorhub.engine.core.query.Groups;
import dev.vectorhub.engine.core.query.QueryRun;
import dev.vectorhub.engine.core.query.QuerySpec;
import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.storage.BlobRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reads of a collection. Each works on one view from start to end. */
public final class Reading {
    private Reading() {}

    private static <T> T with(LiveCollection collection, Function<View, T> read) {
        collection.requireSound();
        View view = collection.acquire();
        try {
            return read.apply(view);
        } finally {
            view.release();
        }
    }

    /** {@link #search}, yet to be given the collection: linked when {@link Rehearsal} runs, not by who comes first. */
    public static Function<LiveCollection, SearchHits> searching(SearchSpec spec) {
        return collection -> search(collection, spec);
    }

    /** {@link #query}, likewise. */
    public static Function<LiveCollection, SearchHits> querying(QuerySpec spec) {
        return collection -> query(collection, spec);
    }

    public static SearchHits search(LiveCollection collection, SearchSpec spec) {
        if (spec.limit() < 1 || spec.offset() < 0 || spec.offset() + (long) spec.limit() > SearchSpec.WINDOW_MAX) {
            throw StoreException.invalid("limit: 1 or more is wanted, with offset at most " + SearchSpec.WINDOW_MAX);
        }
        return with(collection, view -> new Searching(collection, view, spec).run());
    }

    /** Like {@link #search} for every kind of query. */
    public static SearchHits query(LiveCollection collection, QuerySpec spec) {
        return with(collection, view -> {
            ViewReader reader = new ViewReader(collection, view);
            List<ScoredPoint> points = reader.shown(
                    QueryRun.run(reader, spec),
                    spec.base().payload(),
                    spec.base().vectors());
            return new SearchHits(points, reader.scanned(), reader.bytesRead());
        });
    }

    /** The best hits of each value of a field. */
    public static GroupHits groups(LiveCollection collection, QuerySpec spec, Grouping grouping) {
        return with(collection, view -> {
            ViewReader reader = new ViewReader(collection, view);
            List<GroupHits.Group> groups = new ArrayList<>();
            for (Groups.Group group : Groups.run(reader, spec, grouping)) {
                groups.add(new GroupHits.Group(
                        group.id(),
                        reader.shown(
                                group.hits(), spec.base().payload(), spec.base().vectors())));
            }
            return new GroupHits(groups, reader.scanned(), reader.bytesRead());
        });
    }

    public static List<PointRecord> retrieve(
            LiveCollection collection, List<PointId> ids, PayloadSelection payload, VectorSelection vectors) {
        return with(collection, view -> {
            Fetch fetch = new Fetch(view, payload, vectors);
            List<PointRecord> points = new ArrayList<>(ids.size());
            for (PointId id : ids) {
                View.Place place = view.find(id);
                if (place != null) {
                    points.add(fetch.point(place));
                }
            }
            return points;
        });
    }

    public static ScrollPage scroll(
            LiveCollection collection,
            @Nullable Filter filter,
            @Nullable PointId offset,
            int limit,
            PayloadSelection payload,
            VectorSelection vectors) {
        if (limit < 1) {
            throw StoreException.invalid("limit: 1 or more is wanted");
        }
        return with(collection, view -> {
            FilterRun run = run(view, filter);
            List<View.Place> places = new Scrolling(view, run, offset, limit).run();
            Fetch fetch = new Fetch(view, payload, vectors);
            List<PointRecord> points = new ArrayList<>(Math.min(limit, places.size()));
            for (int i = 0; i < Math.min(limit, places.size()); i++) {
                points.add(fetch.point(places.get(i)));
            }
            PointId next = null;
            if (places.size() > limit) {
                View.Place place = places.get(limit);
                next = view.parts().get(place.part()).part().id(place.ordinal());
            }
            return new ScrollPage(points, next, fetch.bytesRead() + (run == null ? 0 : run.bytesRead()));
        });
    }

    /** Points by the values of a field. */
    public static OrderedPage ordered(
            LiveCollection collection,
            @Nullable Filter filter,
            OrderBy order,
            int limit,
            PayloadSelection payload,
            VectorSelection vectors) {
        if (limit < 1) {
            throw StoreException.invalid("limit: 1 or more is wanted");
        }
        return with(collection, view -> {
            Ordering ordering = new Ordering(view, run(view, filter), order, limit);
            Fetch fetch = new Fetch(view, payload, vectors);
            List<PointRecord> points = new ArrayList<>();
            List<FieldValue> values = new ArrayList<>();
            for (Ordering.Found found : ordering.run()) {
                points.add(fetch.point(found.place()));
                values.add(found.value());
            }
            return new OrderedPage(points, values, ordering.bytesRead() + fetch.bytesRead());
        });
    }

    public static FacetHits facet(
            LiveCollection collection, @Nullable Filter filter, String key, int limit, boolean exact) {
        if (limit < 1) {
            throw StoreException.invalid("limit: 1 or more is wanted");
        }
        return with(collection, view -> Facets.count(view, run(view, filter), key, limit, exact));
    }

    private static @Nullable FilterRun run(View view, @Nullable Filter filter) {
        return filter == null ? null : new FilterRun(filter, view);
    }

    /** About how many: what indexes know, and of the rest what a sample says. */
    public static long estimate(LiveCollection collection, Filter filter) {
        return with(collection, view -> {
            FilterRun run = new FilterRun(filter, view);
            long count = 0;
            for (LivePart part : view.parts()) {
                count += run.estimate(part, run.bounds(part));
            }
            return count;
        });
    }

    public static long count(LiveCollection collection, @Nullable Filter filter) {
        if (filter == null) {
            collection.requireSound();
            return collection.points();
        }
        return with(collection, view -> {
            FilterRun run = new FilterRun(filter, view);
            long count = 0;
            for (LivePart part : view.parts()) {
                count += run.matching(part).getCardinality();
            }
            return count;
        });
    }

    public static CollectionStatus info(LiveCollection collection) {
        return with(collection, view -> {
            long indexed = 0;
            boolean optimized = true;
            long payloadBytes = 0;
            for (LivePart part : view.parts()) {
                for (GraphBlob graph : part.graphs()) {
                    indexed += graph.graph().vertices();
                }
                for (int v = 0; v < view.config().vectors().size(); v++) {
                    boolean gone = view.config().vectors().get(v).isRemoved();
                    indexed += gone || part.part().postings(v) == null
                            ? 0
                            : part.part().count(v);
                }
                double alive = (double) part.alive() / Math.max(1, part.part().size());
                payloadBytes += (long) (part.part().payloadBytes() * alive);
                optimized &= GraphPolicy.missing(collection, part) < 0;
            }
            List<FieldIndexStatus> fields = new ArrayList<>();
            for (Map.Entry<String, FieldSpec> field : view.fields().entrySet()) {
                fields.add(new FieldIndexStatus(field.getKey(), field.getValue(), filled(view, field.getKey())));
            }
            return new CollectionStatus(
                    view.config().with(view.config().living()),
                    view.alive(),
                    indexed,
                    view.parts().size(),
                    optimized,
                    collection.logicalBytes(),
                    payloadBytes,
                    diskBytes(view),
                    fields);
        });
    }

    /** Points whose field is not empty. */
    private static long filled(View view, String key) {
        FilterRun run = new FilterRun(Filter.mustNot(new Condition.IsEmpty(key)), view);
        long count = 0;
        for (LivePart part : view.parts()) {
            count += run.matching(part).getCardinality();
        }
        return count;
    }

    static long diskBytes(View view) {
        long bytes = 0;
        for (LivePart part : view.parts()) {
            BlobRef blob = part.blob();
            bytes += blob == null ? 0 : blob.length();
            for (GraphBlob graph : part.graphs()) {
                bytes += graph.ref().length();
            }
            FieldsBlob fields = part.fields();
            bytes += fields == null ? 0 : fields.ref().length();
        }
        return bytes;
    }
}
