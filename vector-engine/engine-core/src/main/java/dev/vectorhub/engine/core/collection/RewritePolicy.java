package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.VectorConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which parts are written anew. Small parts (below the full-scan threshold) are merged when there are many of them or when they
 * make up a part that is worth a graph; a part that is mostly dead, or has a vector that was removed, alone. Large ones are merged before they get graphs of their
 * own, then into the largest once they make up an eighth of it: a walk costs about the same on a small graph as on a large one,
 * so that searches want few parts. Beyond {@link #WHOLE_POINTS_MAX} four of like size have to gather, so that a point is
 * rewritten a logarithmic number of times.
 */
final class RewritePolicy {
    private static final int FAN_IN = 4;
    /** Beyond this a merged graph takes too long to build. */
    private static final long POINTS_MAX = 4_000_000;
    /** Up to this a collection is kept in one large part and a little. */
    private static final int WHOLE_POINTS_MAX = 1_000_000;
    /** What the others have to be of the largest, one in so many, to be merged with it. */
    private static final int REST_SHARE = 8;
    /** Dead points of a part in percent. */
    private static final int DEAD_SHARE_MAX = 30;

    private RewritePolicy() {}

    static int smallBelow(LiveCollection collection) {
        int threshold = Integer.MAX_VALUE;
        List<VectorConfig> vectors = collection.config().vectors();
        for (int v = 0; v < vectors.size(); v++) {
            if (!vectors.get(v).isRemoved()) {
                threshold = Math.min(threshold, collection.hnsw(v).fullScanThreshold());
            }
        }
        return threshold;
    }

    /** What background upkeep should rewrite next; empty if nothing. */
    static List<LivePart> upkeep(LiveCollection collection, View view) {
        List<LivePart> small = new ArrayList<>();
        List<LivePart> large = new ArrayList<>();
        int threshold = smallBelow(collection);
        boolean packed = collection.home().packed();
        long smallPoints = 0;
        for (LivePart part : view.parts()) {
            if (collection.isOpen(part)) {
                continue;
            }
            if (part.blob() == null) {
                if (isFull(collection, part)) {
                    return List.of(part);
                }
                continue;
            }
            boolean big = part.part().size() >= threshold;
            if (part.alive() == 0 || ((big || !packed) && (isMostlyDead(part) || holdsRemoved(view, part)))) {
                return List.of(part);
            }
            if (part.alive() < threshold) {
                small.add(part);
                smallPoints += part.alive();
            } else {
                large.add(part);
            }
        }
        if (small.size() > 1 && (smallPoints >= threshold || (!packed && small.size() >= FAN_IN))) {
            return small;
        }
        if (!large.isEmpty()) {
            List<LivePart> all = new ArrayList<>(large);
            all.addAll(small);
            if (isWorthMerging(all)) {
                return all;
            }
        }
        List<LivePart> fresh =
                large.stream().filter(part -> part.graphs().isEmpty()).toList();
        return fresh.size() > 1 && points(fresh) <= WHOLE_POINTS_MAX ? fresh : alike(large);
    }

    private static boolean isWorthMerging(List<LivePart> stored) {
        long largest = 0;
        for (LivePart part : stored) {
            largest = Math.max(largest, part.alive());
        }
        long points = points(stored);
        return stored.size() > 1 && points <= WHOLE_POINTS_MAX && (points - largest) * REST_SHARE >= largest;
    }

    private static long points(List<LivePart> parts) {
        long points = 0;
        for (LivePart part : parts) {
            points += part.alive();
        }
        return points;
    }

    /** Parts that wait in memory to be stored. */
    static List<LivePart> full(LiveCollection collection, View view) {
        List<LivePart> full = new ArrayList<>();
        for (LivePart part : view.parts()) {
            if (!collection.isOpen(part) && isFull(collection, part)) {
                full.add(part);
            }
        }
        return full;
    }

    private static boolean isFull(LiveCollection collection, LivePart part) {
        return part.part().memory() instanceof MemoryPart memory
                && memory.bytes() >= collection.around().settings().sealBytes();
    }

    /** Whether a vector that the view has no more still takes room in a part of it. */
    static boolean holdsRemoved(View view, LivePart part) {
        List<VectorConfig> vectors = view.config().vectors();
        for (int v = 0; v < vectors.size(); v++) {
            if (vectors.get(v).isRemoved() && part.part().holds(v)) {
                return true;
            }
        }
        return false;
    }

    static boolean isMostlyDead(LivePart part) {
        return part.dead().getLongCardinality() * 100 > (long) part.part().size() * DEAD_SHARE_MAX;
    }

    /** Four parts of which the largest is at most four times the smallest. */
    private static List<LivePart> alike(List<LivePart> large) {
        List<LivePart> sorted = new ArrayList<>(large);
        sorted.sort(Comparator.comparingInt(LivePart::alive));
        for (int i = 0; i + FAN_IN <= sorted.size(); i++) {
            List<LivePart> window = sorted.subList(i, i + FAN_IN);
            if (window.getLast().alive() <= (long) FAN_IN * window.getFirst().alive() && points(window) <= POINTS_MAX) {
                return List.copyOf(window);
            }
        }
        return List.of();
    }

    /**
     * What a checkpoint rewrites: all that is only in memory, and of a packed collection its small parts once there are several,
     * which costs no file of its own there.
     *
     * @param view nothing in it is open any more
     * @param leaving stored parts that have to move
     */
    static List<List<LivePart>> checkpoint(LiveCollection collection, View view, List<LivePart> leaving) {
        int threshold = smallBelow(collection);
        List<LivePart> memory = new ArrayList<>();
        List<LivePart> small = new ArrayList<>();
        long points = 0;
        for (LivePart part : view.parts()) {
            if (part.blob() == null) {
                memory.add(part);
            }
            if (part.alive() < threshold) {
                small.add(part);
                points += part.alive();
            }
        }
        List<List<LivePart>> plans = new ArrayList<>();
        List<LivePart> merged =
                collection.home().packed() && small.size() >= FAN_IN && points < threshold ? small : List.of();
        if (!merged.isEmpty()) {
            plans.add(merged);
        }
        memory.stream().filter(part -> !merged.contains(part)).forEach(part -> plans.add(List.of(part)));
        leaving.stream().filter(part -> !merged.contains(part)).forEach(part -> plans.add(List.of(part)));
        return plans;
    }
}
