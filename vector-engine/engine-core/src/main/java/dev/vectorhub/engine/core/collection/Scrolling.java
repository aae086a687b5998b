package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.filter.Bounds;
import dev.vectorhub.engine.core.point.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.PeekableIntIterator;

/** Finds a page of points by ascending id: the first ones of each part, merged. */
final class Scrolling {
    private final View view;
    private final @Nullable FilterRun filter;
    private final @Nullable PointId offset;
    private final int limit;
    private final Pace pace = Pace.current();

    private record Found(PointId id, View.Place place) {}

    private static final Comparator<Found> BY_ID = Comparator.comparing(Found::id);

    /** @param offset inclusive */
    Scrolling(View view, @Nullable FilterRun filter, @Nullable PointId offset, int limit) {
        this.view = view;
        this.filter = filter;
        this.offset = offset;
        this.limit = limit;
    }

    /** Up to one more than the limit: the last one tells that there is a next page. */
    List<View.Place> run() {
        List<Found> found = new ArrayList<>();
        for (int p = 0; p < view.parts().size(); p++) {
            if (view.parts().get(p).part().ordered()) {
                ordered(p, found);
            } else {
                unordered(p, found);
            }
        }
        found.sort(BY_ID);
        List<View.Place> places = new ArrayList<>();
        for (int i = 0; i < found.size() && i <= limit; i++) {
            places.add(found.get(i).place());
        }
        return places;
    }

    private void ordered(int p, List<Found> found) {
        LivePart live = view.parts().get(p);
        Part part = live.part();
        Bounds bounds = bounds(live);
        FilterRun.Test test = filter == null || bounds.exact() ? null : filter.test(live);
        PeekableIntIterator ordinals = bounds.possible().getIntIterator();
        ordinals.advanceIfNeeded(start(part));
        int taken = 0;
        while (ordinals.hasNext() && taken <= limit) {
            int ordinal = ordinals.next();
            if (test == null || bounds.sure().contains(ordinal) || test.holds(ordinal)) {
                found.add(new Found(part.id(ordinal), new View.Place(p, ordinal)));
                taken++;
            }
        }
    }

    /** Alive ones. */
    private Bounds bounds(LivePart live) {
        return filter == null ? Bounds.exactly(FilterRun.alive(live)) : filter.bounds(live);
    }

    /** The first ordinal whose id is not before the offset. */
    private int start(Part part) {
        if (offset == null) {
            return 0;
        }
        int low = 0;
        int high = part.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (part.id(middle).compareTo(offset) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void unordered(int p, List<Found> found) {
        LivePart live = view.parts().get(p);
        Part part = live.part();
        Bounds bounds = bounds(live);
        FilterRun.Test test = filter == null || bounds.exact() ? null : filter.test(live);
        PriorityQueue<Found> first = new PriorityQueue<>(BY_ID.reversed());
        IntIterator ordinals = bounds.possible().getIntIterator();
        while (ordinals.hasNext()) {
            int ordinal = ordinals.next();
            pace.step(1);
            PointId id = part.id(ordinal);
            boolean within = (offset == null || id.compareTo(offset) >= 0)
                    && (first.size() <= limit || id.compareTo(first.peek().id()) < 0);
            if (within && (test == null || bounds.sure().contains(ordinal) || test.holds(ordinal))) {
                first.add(new Found(id, new View.Place(p, ordinal)));
                if (first.size() > limit + 1) {
                    first.poll();
                }
            }
        }
        found.addAll(first);
    }
}
