package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.filter.Bounds;
import dev.vectorhub.engine.core.graph.HnswGraph;
import dev.vectorhub.engine.core.graph.OrdinalFilter;
import dev.vectorhub.engine.core.segment.GraphBlob;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Takes a search over dense vectors through the parts of a view. A collection below its full-scan threshold is scanned flat,
 * hence exactly; above it each part with a graph is searched by the graph, the others flat.
 *
 * <p>With a filter {@link FilterWay} decides by the number of matches, which is estimated as long as field indexes do not tell.
 * A walk that is cut off from its matches finds too few: then they are scanned flat.
 */
final class PartTour {
    /** Points compared in the time of reading a payload. */
    private static final int PAYLOAD_COMPARED = 8;

    private final View view;
    private final SearchSpec spec;
    private final int vector;
    private final @Nullable FilterRun filter;
    private final int threshold;
    private final PartSearch search;

    /** @param threshold points from which on graphs are used */
    PartTour(View view, SearchSpec spec, int vector, @Nullable FilterRun filter, int threshold, PartSearch search) {
        this.view = view;
        this.spec = spec;
        this.vector = vector;
        this.filter = filter;
        this.threshold = threshold;
        this.search = search;
    }

    void run() {
        boolean flat = spec.exact() || view.alive() < threshold;
        for (int p = 0; p < view.parts().size(); p++) {
            LivePart part = view.parts().get(p);
            if (part.part().lacks(vector)) {
                continue;
            }
            GraphBlob graph = flat ? null : part.graph(vector);
            if (graph != null) {
                graph(p, part, graph.graph());
            } else if (flat || !spec.indexedOnly() || part.alive() < threshold) {
                flat(p, part);
            }
        }
    }

    private void flat(int p, LivePart part) {
        if (filter != null) {
            search.flat(p, filter.matching(part));
        } else {
            search.flat(p, part.dead().isEmpty() ? null : FilterRun.alive(part));
        }
    }

    private void graph(int p, LivePart part, HnswGraph graph) {
        FilterRun run = filter;
        if (run == null) {
            RoaringBitmap dead = part.dead();
            if (!search.walk(p, graph, dead.isEmpty() ? OrdinalFilter.ALL : ordinal -> !dead.contains(ordinal))) {
                flat(p, part);
            }
            return;
        }
        Bounds bounds = run.bounds(part);
        int points = part.part().size();
        if (!bounds.exact()
                && FilterWay.of(run.estimate(part, bounds), points, search.flatMost() / PAYLOAD_COMPARED)
                        == FilterWay.COLLECT) {
            FilterRun.Test test = run.test(part);
            RoaringBitmap sure = bounds.sure();
            RoaringBitmap possible = bounds.possible();
            if (search.walk(
                    p,
                    graph,
                    ordinal -> sure.contains(ordinal) || (possible.contains(ordinal) && test.holds(ordinal)))) {
                return;
            }
        }
        RoaringBitmap matches = run.matching(part, bounds);
        boolean found = switch (FilterWay.of(matches.getCardinality(), points, search.flatMost())) {
            case FLAT -> false;
            case TWO_HOP -> search.walkWithin(p, graph, matches);
            case COLLECT -> search.walk(p, graph, matches::contains);
        };
        if (!found) {
            search.flat(p, matches);
        }
    }
}
