package dev.vectorhub.engine.client;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which node holds which slot, as of one epoch. Immutable; a newer one replaces it as a whole. */
public final class RoutingTable {
    private final long epoch;
    private final String[] nodeBySlot;
    private final Set<String> nodes;

    /**
     * @param epoch grows with every change of the placement
     * @param nodeBySlot {@value Slots#COUNT} node ids
     */
    public RoutingTable(long epoch, List<String> nodeBySlot) {
        if (nodeBySlot.size() != Slots.COUNT) {
            throw new IllegalArgumentException(
                    "a routing table has " + Slots.COUNT + " slots, this one has " + nodeBySlot.size());
        }
        this.epoch = epoch;
        this.nodeBySlot = nodeBySlot.toArray(new String[0]);
        this.nodes = Set.copyOf(new LinkedHashSet<>(nodeBySlot));
    }

    /** Every slot on one node, epoch 0. */
    public static RoutingTable single(String node) {
        var slots = new String[Slots.COUNT];
        Arrays.fill(slots, node);
        return new RoutingTable(0, Arrays.asList(slots));
    }

    public long epoch() {
        return epoch;
    }

    public String node(int slot) {
        return nodeBySlot[slot];
    }

    /** The nodes that hold at least one slot. */
    public Set<String> nodes() {
        return nodes;
    }
}
