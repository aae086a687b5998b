package dev.vectorhub.console.nodes;

import dev.vectorhub.node.EngineNode;
import java.time.Duration;
import java.time.Instant;

/** How full and how alive a node is. Pure. */
public final class NodeLoad {
    /** A node that was not heard from for this long is taken as gone. */
    public static final Duration SILENT_AFTER = Duration.ofSeconds(30);

    private NodeLoad() {}

    /** The fuller of the two: points and bytes against what the node may hold, 0 to 1 and above. */
    public static double share(EngineNode node) {
        return Math.max(ratio(node.points(), node.capacityPoints()), ratio(node.diskBytes(), node.capacityBytes()));
    }

    public static boolean silent(EngineNode node, Instant now) {
        return node.heartbeatAt() == null
                || node.heartbeatAt().plus(SILENT_AFTER).isBefore(now);
    }

    private static double ratio(long used, long capacity) {
        return capacity <= 0 ? 0 : (double) used / capacity;
    }
}
