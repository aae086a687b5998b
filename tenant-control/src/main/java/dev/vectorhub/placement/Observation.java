package dev.vectorhub.placement;

import dev.vectorhub.engine.wire.v1.CollectionStats;
import dev.vectorhub.engine.wire.v1.TenantStats;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a node shows of a tenant, read as an assignment. */
final class Observation {
    private static final int FAULT_CHARS_MAX = 500;

    private Observation() {}

    static Assignment of(Placement placement, String node, TenantStats stats, Instant now) {
        long points = 0;
        long pointsToMove = 0;
        String fault = stats.getFault().isEmpty() ? null : stats.getFault();
        for (CollectionStats collection : stats.getCollectionsList()) {
            points += collection.getPoints();
            pointsToMove += collection.getToMove() ? collection.getPoints() : 0;
            if (fault == null && !collection.getFault().isEmpty()) {
                fault = collection.getFault();
            }
        }
        return new Assignment(
                placement.tenant(),
                node,
                placement.generation(),
                placement.desired(),
                placement.isolation(),
                stats.getCollectionsCount(),
                stats.getCollectionsToMove(),
                points,
                pointsToMove,
                bounded(fault),
                now);
    }

    /** The node holds nothing of the tenant. */
    static Assignment gone(Placement placement, String node, Instant now) {
        return new Assignment(
                placement.tenant(),
                node,
                placement.generation(),
                placement.desired(),
                placement.isolation(),
                0,
                0,
                0,
                0,
                null,
                now);
    }

    /** Whether the node was told that isolation already. */
    static boolean isAs(Placement placement, TenantStats stats) {
        return stats.getIsolation().name().equals(placement.isolation().name());
    }

    /** Whether this observation ends a change of isolation. */
    static boolean completes(Assignment before, Assignment seen) {
        return seen.observed() == Placement.Desired.PLACED
                && seen.collectionsToMove() == 0
                && (before.isolation() != seen.isolation() || before.collectionsToMove() > 0);
    }

    private static @Nullable String bounded(@Nullable String fault) {
        return fault == null || fault.length() <= FAULT_CHARS_MAX ? fault : fault.substring(0, FAULT_CHARS_MAX);
    }
}
