package dev.vectorhub.node;

import dev.vectorhub.engine.client.EmbeddedEngines;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.client.Routing;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Opens the engine at the first use and closes it with the application.
 *
 * <p>Inject {@code Instance<EngineClient>} and ask it late: an application that never asks (the console) needs no engine on
 * its class path.
 */
@Singleton
public class EngineClientProducer implements EngineNodes {
    private static final int FULL_SCAN_THRESHOLD = 10_000;

    private final EngineConfig config;
    private final NodeService nodes;
    private @Nullable Opened opened;
    private boolean closed;

    private record Opened(Routing routing, EngineClient client) {}

    public EngineClientProducer(Config config, NodeService nodes) {
        this.config = EngineConfig.read(config);
        this.nodes = nodes;
    }

    @Produces
    @Singleton
    public EngineClient client() {
        return opened().client;
    }

    @Override
    public Set<String> ids() {
        return opened().client.table().nodes();
    }

    @Override
    public EngineTransport transport(String node) {
        if (!ids().contains(node)) {
            throw new EngineException(RejectionCode.UNAVAILABLE, "node " + node + " is not known to this process");
        }
        return opened().routing.transport(node);
    }

    private synchronized Opened opened() {
        if (closed) {
            throw new IllegalStateException("the application is stopping");
        }
        if (opened == null) {
            opened = open();
        }
        return opened;
    }

    private Opened open() {
        if (!config.mode().equals("embedded")) {
            throw new IllegalStateException(
                    "hub.engine.mode is '" + config.mode() + "': this version knows 'embedded' only");
        }
        EngineConfig.EngineSettingsSource settings = config.settings();
        EngineTransport transport = EmbeddedEngines.open(new EngineSettings(
                config.nodeId(),
                settings.dataDir().toAbsolutePath().normalize(),
                settings.threads(),
                settings.compression(),
                settings.compressionLevel(),
                settings.hnswM(),
                settings.hnswEfConstruct(),
                settings.hnswEfSearch(),
                FULL_SCAN_THRESHOLD,
                settings.quantization(),
                settings.cacheMb(),
                settings.backlogPointsMax(),
                settings.queryCache()));
        Routing routing = Routing.single(config.nodeId(), transport);
        try {
            new NodeRegistration(nodes, config).register(transport);
            return new Opened(routing, new EngineClient(routing));
        } catch (RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        if (opened != null) {
            opened.client.close();
            opened = null;
        }
    }
}
