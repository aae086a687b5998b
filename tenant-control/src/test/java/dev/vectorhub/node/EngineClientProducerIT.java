package dev.vectorhub.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineClientProducerIT {
    private final ControlDatabase database = ControlDatabase.fresh();
    private final Control control = new Control(database);
    private final NodeService nodes = new NodeService(control.scoped, control.audit, control.clock);

    @BeforeEach
    void forget() {
        TestEngineFactory.OPENED.clear();
        TestEngineFactory.closed = 0;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void opensOnceAtTheFirstUseRegistersTheNodeAndClosesOnce() {
        EngineClientProducer producer = producer(Map.of(
                "hub.engine.node-id", "n-7",
                "storage.data_dir", "/srv/hub",
                "storage.compression", "zstd",
                "index.hnsw.m", "32",
                "hub.engine.capacity-points", "1234"));
        assertTrue(TestEngineFactory.OPENED.isEmpty(), "a console never opens one");

        EngineClient client = producer.client();
        assertEquals(Set.of("n-7"), producer.ids());
        assertEquals("fake", client.status("n-7").getKernel());
        assertEquals(1, TestEngineFactory.OPENED.size());
        EngineSettings settings = TestEngineFactory.OPENED.getFirst();
        assertEquals("/srv/hub", settings.dataDir().toString());
        assertEquals("zstd", settings.compression());
        assertEquals(32, settings.hnswM());
        assertEquals(200, settings.hnswEfConstruct());
        EngineNode node = nodes.get("n-7");
        assertEquals(1234, node.capacityPoints());
        assertEquals((1L << 40) + 1_000_000, node.capacityBytes());
        assertEquals(control.clock.instant(), node.heartbeatAt());
        EngineException unknown = assertThrows(EngineException.class, () -> producer.transport("n-8"));
        assertEquals(RejectionCode.UNAVAILABLE, unknown.code());

        producer.close();
        producer.close();
        assertEquals(1, TestEngineFactory.closed);
        assertThrows(IllegalStateException.class, producer::client);
    }

    @Test
    void anUnknownModeIsNamed() {
        EngineClientProducer producer = producer(Map.of("hub.engine.mode", "cluster"));
        IllegalStateException refused = assertThrows(IllegalStateException.class, producer::client);
        assertTrue(String.valueOf(refused.getMessage()).contains("hub.engine.mode"));
    }

    private EngineClientProducer producer(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
        return new EngineClientProducer(config, nodes);
    }
}
