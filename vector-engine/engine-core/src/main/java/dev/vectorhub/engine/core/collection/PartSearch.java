package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.graph.HnswGraph;
import dev.vectorhub.engine.core.graph.OrdinalFilter;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Searches one part at a time, in the ways that {@link PartTour} chooses from. */
interface PartSearch {
    /** So many points are compared in the time of a walk past what a filter excludes. */
    long flatMost();

    /**
     * Compares points.
     *
     * @param ordinals which ones; null for all, none of them dead
     */
    void flat(int p, @Nullable RoaringBitmap ordinals);

    /**
     * Walks on the part's graph. A walk that is cut off from accepted points finds too few of them.
     *
     * @return false if it found fewer than are wanted: then nothing has come of it
     */
    boolean walk(int p, HnswGraph graph, OrdinalFilter accepted);

    /** As {@link #walk}, but over the accepted points only, and past one that is not from neighbour to neighbour. */
    boolean walkWithin(int p, HnswGraph graph, RoaringBitmap accepted);
}
