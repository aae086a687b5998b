package dev.vectorhub.engine.client;

import dev.vectorhub.engine.wire.EmbeddedEngineFactory;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.EngineTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Opens the engine that the class path carries. */
public final class EmbeddedEngines {
    private EmbeddedEngines() {}

    /**
     * Opens the data directory with the one factory on the class path.
     *
     * @throws IllegalStateException if there is none or more than one
     */
    public static EngineTransport open(EngineSettings settings) {
        return only(ServiceLoader.load(EmbeddedEngineFactory.class, EmbeddedEngineFactory.class.getClassLoader()))
                .open(settings);
    }

    /** A client over {@link #open}; closing it closes the engine. */
    public static EngineClient openClient(EngineSettings settings) {
        return new EngineClient(Routing.single(settings.nodeId(), open(settings)));
    }

    static EmbeddedEngineFactory only(Iterable<EmbeddedEngineFactory> found) {
        List<EmbeddedEngineFactory> factories = new ArrayList<>();
        found.forEach(factories::add);
        if (factories.isEmpty()) {
            throw new IllegalStateException("no embedded engine on the class path: add the module engine-node,"
                    + " or set engine.mode=cluster to use engine nodes");
        }
        if (factories.size() > 1) {
            throw new IllegalStateException("more than one embedded engine on the class path: " + factories);
        }
        return factories.getFirst();
    }
}
