package dev.vectorhub.node;

import dev.vectorhub.engine.wire.EngineTransport;
import java.util.Set;

/** The way to each node, for those who mean a certain one. Requests of tenants go by the engine client instead. */
public interface EngineNodes {

    /** The nodes that this process can reach. */
    Set<String> ids();

    /**
     * The connection to a node.
     *
     * @throws dev.vectorhub.engine.wire.EngineException {@code UNAVAILABLE} for a node that cannot be reached
     */
    EngineTransport transport(String node);
}
