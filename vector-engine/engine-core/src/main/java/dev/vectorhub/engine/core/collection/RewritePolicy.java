package dev.vectorhub.engine.core.collection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which parts are written anew. Small parts (below the full-scan threshold) are merged when there are many of them or when they
 * make up a part that is worth a graph; large ones when four of like size have gathered, so that a point is rewritten a
 * logarithmic number of times; a part that is mostly dead alone.
 */
final class RewritePolicy {
    private static final int FAN_IN = 4;
    /** Beyond this a merged graph takes too long to build. */
    private static final long POINTS_MAX = 4_000_000;
    /** Dead points of a part in percent. */
    private static final int DEAD_SHARE_MAX = 30;

    private RewritePolicy() {}

    static int smallBelow(LiveCollection collection) {
        int threshold = Integer.MAX_VALUE;
        for (int v = 0; v < collection.dimensions().length; v++) {
            threshold = Math.min(threshold, collection.hnsw(v).fullScanThreshold());
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
            if (part.alive() == 0 || ((big || !packed) && isMostlyDead(part))) {
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
        return alike(large);
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

    static boolean isMostlyDead(LivePart part) {
        return part.dead().getLongCardinality() * 100 > (long) part.part().size() * DEAD_SHARE_MAX;
    }

    /** Four parts of which the largest is at most four times the smallest. */
    private static List<LivePart> alike(List<LivePart> large) {
        List<LivePart> sorted = new ArrayList<>(large);
        sorted.sort(Comparator.comparingInt(LivePart::alive));
        for (int i = 0; i + FAN_IN <= sorted.size(); i++) {
            List<LivePart> window = sorted.subList(i, i + FAN_IN);
            long points = 0;
            for (LivePart part : window) {
                points += part.alive();
            }
            if (window.getLast().alive() <= (long) FAN_IN * window.getFirst().alive() && points <= POINTS_MAX) {
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
