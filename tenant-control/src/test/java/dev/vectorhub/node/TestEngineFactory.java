package dev.vectorhub.node;

import dev.vectorhub.Faults;
import dev.vectorhub.engine.wire.EmbeddedEngineFactory;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.placement.FakeNode;
import java.util.ArrayList;
import java.util.List;

/** The engine on the class path of the tests; remembers what it was opened with. */
public final class TestEngineFactory implements EmbeddedEngineFactory {
    static final List<EngineSettings> OPENED = new ArrayList<>();
    static int closed;

    @Override
    public EngineTransport open(EngineSettings settings) {
        OPENED.add(settings);
        return new FakeNode(new Faults()) {
            @Override
            public void close() {
                closed++;
            }
        };
    }
}
