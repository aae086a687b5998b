package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.FieldValue;
import dev.vectorhub.engine.core.OrderBy;
import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.filter.RequiredIndexes;
import dev.vectorhub.engine.core.payload.FieldPath;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Finds the first points by the values of a field. Keeps no more than are asked for. */
final class Ordering {
    private final View view;
    private final @Nullable FilterRun filter;
    private final OrderBy order;
    private final int limit;
    private final FieldAccess values;
    private final Comparator<FieldValue> byValue;
    private final TreeSet<Found> first;
    private final Pace pace = Pace.current();

    record Found(FieldValue value, PointId id, View.Place place) {}

    /** @throws dev.vectorhub.engine.core.StoreException {@code INVALID_ARGUMENT} if no index orders the field */
    Ordering(View view, @Nullable FilterRun filter, OrderBy order, int limit) {
        this.view = view;
        this.filter = filter;
        this.order = order;
        this.limit = limit;
        FieldPath path = FieldPath.parse(order.key());
        this.values = new FieldAccess(view, path, RequiredIndexes.forOrder(view.schema(), path, order.key()));
        Comparator<FieldValue> ascending = Comparator.naturalOrder();
        this.byValue = order.descending() ? ascending.reversed() : ascending;
        Comparator<PointId> byId = Comparator.naturalOrder();
        this.first = new TreeSet<>(Comparator.comparing(Found::value, byValue)
                .thenComparing(Found::id, order.descending() ? byId.reversed() : byId));
    }

    /** In order; each pair of a value and a point once. */
    List<Found> run() {
        for (int p = 0; p < view.parts().size(); p++) {
            int part = p;
            LivePart live = view.parts().get(p);
            RoaringBitmap points = filter == null ? FilterRun.alive(live) : filter.matching(live);
            values.numbers(live, points, (ordinal, value) -> offer(live, part, ordinal, value));
        }
        return List.copyOf(first);
    }

    private void offer(LivePart live, int part, int ordinal, FieldValue value) {
        pace.step(1);
        FieldValue start = order.startFrom();
        if ((start != null && byValue.compare(value, start) < 0)
                || (first.size() == limit && byValue.compare(value, first.last().value()) > 0)) {
            return;
        }
        first.add(new Found(value, live.part().id(ordinal), new View.Place(part, ordinal)));
        if (first.size() > limit) {
            first.pollLast();
        }
    }

    long bytesRead() {
        return values.bytesRead() + (filter == null ? 0 : filter.bytesRead());
    }
}
