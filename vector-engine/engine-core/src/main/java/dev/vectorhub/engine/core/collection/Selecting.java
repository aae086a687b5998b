package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointSelector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.roaringbitmap.IntIterator;

/** Finds the live points that a {@link PointSelector} means. */
final class Selecting {
    private Selecting() {}

    static List<View.Place> places(View view, PointSelector selector) {
        return switch (selector) {
            case PointSelector.Ids(List<PointId> ids) -> byId(view, ids);
            case PointSelector.Matching(Filter filter) -> byFilter(view, filter);
        };
    }

    private static List<View.Place> byId(View view, List<PointId> ids) {
        List<View.Place> places = new ArrayList<>(ids.size());
        for (PointId id : new LinkedHashSet<>(ids)) {
            View.Place place = view.find(id);
            if (place != null) {
                places.add(place);
            }
        }
        return places;
    }

    private static List<View.Place> byFilter(View view, Filter filter) {
        FilterRun run = new FilterRun(filter, view);
        List<View.Place> places = new ArrayList<>();
        for (int p = 0; p < view.parts().size(); p++) {
            IntIterator ordinals = run.matching(view.parts().get(p)).getIntIterator();
            while (ordinals.hasNext()) {
                places.add(new View.Place(p, ordinals.next()));
            }
        }
        return places;
    }
}
