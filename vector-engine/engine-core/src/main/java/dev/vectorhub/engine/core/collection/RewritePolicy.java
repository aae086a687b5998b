package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.storage.BlobRef;
import java.util.ArrayList;
import java.util.List;

/** Which parts of a collection are written anew: what waits in memory, and what {@link Tiers} says of those that are stored. */
final class RewritePolicy {
    private RewritePolicy() {}

    /** Points below which a part is scanned flat. */
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
        List<LivePart> stored = new ArrayList<>();
        boolean atRest = true;
        for (LivePart part : view.parts()) {
            atRest &= part.blob() != null || part.alive() == 0;
            if (part.blob() != null) {
                stored.add(part);
            } else if (!collection.isOpen(part) && isFull(collection, part)) {
                return List.of(part);
            }
        }
        return pick(stored, tiers(collection, atRest).next(shapes(view, stored)));
    }

    private static Tiers tiers(LiveCollection collection, boolean atRest) {
        return new Tiers(smallBelow(collection), collection.home().packed(), atRest);
    }

    private static List<LivePart> pick(List<LivePart> parts, List<Integer> positions) {
        return positions.stream().map(parts::get).toList();
    }

    private static List<Tiers.Shape> shapes(View view, List<LivePart> parts) {
        return parts.stream().map(part -> shape(view, part)).toList();
    }

    static Tiers.Shape shape(View view, LivePart part) {
        Part points = part.part();
        BlobRef blob = part.blob();
        long rows = points.size();
        List<VectorConfig> vectors = view.config().vectors();
        for (int v = 0; v < vectors.size(); v++) {
            if (vectors.get(v).kind() == VectorKind.MULTI && !points.lacks(v)) {
                rows = Math.max(rows, points.firstRow(v, points.size()));
            }
        }
        return new Tiers.Shape(
                part.alive(), points.size(), rows, blob == null ? 0 : blob.length(), holdsRemoved(view, part));
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
        for (LivePart part : view.parts()) {
            if (part.blob() == null) {
                memory.add(part);
            }
            if (part.alive() < threshold && !collection.isMerging(part)) {
                small.add(part);
            }
        }
        List<List<LivePart>> plans = new ArrayList<>();
        List<LivePart> merged = collection.home().packed()
                ? pick(small, tiers(collection, false).packed(shapes(view, small)))
                : List.of();
        if (!merged.isEmpty()) {
            plans.add(merged);
        }
        memory.stream().filter(part -> !merged.contains(part)).forEach(part -> plans.add(List.of(part)));
        leaving.stream().filter(part -> !merged.contains(part)).forEach(part -> plans.add(List.of(part)));
        return plans;
    }
}
