package dev.vectorhub.engine.client;

import dev.vectorhub.engine.wire.EngineTransport;

/** Where an {@link EngineClient} learns the placement and reaches the nodes. */
public interface Routing {

    /** Reads the newest table. Called at the start and after a node said that it no longer holds a slot. */
    RoutingTable load();

    /**
     * The connection to a node; the same one for the same id.
     *
     * @throws dev.vectorhub.engine.wire.EngineException {@code UNAVAILABLE} for a node that cannot be reached
     */
    EngineTransport transport(String node);

    /** Closes the connections. */
    void close();

    /** One node, reached through one transport: the embedded engine. Closing it closes the transport. */
    static Routing single(String node, EngineTransport transport) {
        var table = RoutingTable.single(node);
        return new Routing() {
            @Override
            public RoutingTable load() {
                return table;
            }

            @Override
            public EngineTransport transport(String id) {
                return transport;
            }

            @Override
            public void close() {
                transport.close();
            }
        };
    }
}
