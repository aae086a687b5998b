package dev.vectorhub.node;

import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;

/** Makes the embedded engine known as a node, with what its volume can hold. */
record NodeRegistration(NodeService nodes, EngineConfig config) {

    void register(EngineTransport transport) {
        NodeStatus status = transport.status(NodeStatusRequest.getDefaultInstance());
        long there = Math.max(1, status.getDiskBytes() + status.getDiskFreeBytes());
        nodes.register(
                config.nodeId(),
                "embedded",
                config.capacityPoints(),
                config.capacityBytes() > 0 ? Math.min(config.capacityBytes(), there) : there);
        nodes.heartbeat(config.nodeId(), status);
    }
}
