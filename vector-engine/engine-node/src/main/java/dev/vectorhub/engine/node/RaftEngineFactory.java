package dev.vectorhub.engine.node;

import dev.vectorhub.engine.wire.EmbeddedEngineFactory;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.EngineTransport;

/** Opens the engine in this process; {@link java.util.ServiceLoader} finds it. */
public final class RaftEngineFactory implements EmbeddedEngineFactory {
    @Override
    public EngineTransport open(EngineSettings settings) {
        return new RecoveringEngine(() -> EmbeddedEngine.open(settings, NodeTuning.defaults()));
    }
}
