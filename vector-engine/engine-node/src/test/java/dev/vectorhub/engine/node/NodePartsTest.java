package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreStatus;
import dev.vectorhub.engine.node.codec.ModelCodec;
import dev.vectorhub.engine.wire.EmbeddedEngineFactory;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NodePartsTest {
    private static final NodeTuning TUNING = NodeTuning.defaults();

    @Test
    void theFactoryIsFound() {
        var found = ServiceLoader.load(EmbeddedEngineFactory.class).findFirst().orElseThrow();
        assertInstanceOf(RaftEngineFactory.class, found);
    }

    @Test
    void checkpointsComeByBytesAndByAge() {
        assertFalse(Housekeeping.due(TUNING, 0, Long.MAX_VALUE));
        assertFalse(Housekeeping.due(TUNING, 1, TUNING.checkpointMillis() - 1));
        assertTrue(Housekeeping.due(TUNING, 1, TUNING.checkpointMillis()));
        assertTrue(Housekeeping.due(TUNING, TUNING.checkpointBytes(), 0));
    }

    @Test
    void aFullDiskRefusesWritesThatAddData() {
        var wire = Wire.of(1, 4);
        var admission = new Admission(1000);
        assertNull(admission.refusal(wire.upsert(wire.point(1, 1))));
        admission.disk(999);
        var refusal = admission.refusal(wire.upsert(wire.point(1, 1)));
        assertNotNull(refusal);
        assertEquals(RejectionCode.STORAGE_FULL, refusal.getCode());
        assertNotNull(admission.refusal(wire.create(Distance.DOT)));
        assertNull(admission.refusal(wire.delete(1)));
        admission.disk(1000);
        assertNull(admission.refusal(wire.upsert(wire.point(1, 1))));
    }

    @Test
    void aBacklogRefusesWritesThatAddData() {
        var wire = Wire.of(1, 4);
        var admission = new Admission(0);
        admission.backlog(status(Map.of(ModelCodec.uuid(wire.tenant(), "tenant"), 900L)));
        assertNull(admission.refusal(Wire.of(2, 4).upsert(wire.point(1, 1))), "others write on");
        var refusal = admission.refusal(wire.upsert(wire.point(1, 1)));
        assertNotNull(refusal);
        assertEquals(RejectionCode.UNAVAILABLE, refusal.getCode());
        assertNull(admission.refusal(wire.delete(1)));
        admission.backlog(status(Map.of()));
        assertNull(admission.refusal(wire.upsert(wire.point(1, 1))));
    }

    /** By name, so that a name that one side lacks is noticed here and not by a tenant. */
    @Test
    void everyRefusalOfTheStoreHasItsNameOnTheWire() {
        for (var code : StoreException.Code.values()) {
            var rejection = StoreReads.rejection(new StoreException(code, "m", 1, 2, 3));
            assertEquals(code.name(), rejection.getCode().name());
            assertEquals(
                    List.of(1L, 2L, 3L), List.of(rejection.getLimit(), rejection.getUsed(), rejection.getRequested()));
        }
    }

    @Test
    void theGateWaitsForReadersAndLetsNobodyIn() {
        var gate = new ReadGate();
        assertTrue(gate.tryEnter());
        assertFalse(gate.close(1));
        assertFalse(gate.tryEnter());
        gate.leave();
        assertTrue(gate.close(1));
    }

    private static StoreStatus status(Map<UUID, Long> heldBack) {
        return new StoreStatus(0, 0, 0, 0, 0, 0, 0, "kernel", 0, heldBack, false, List.of(), 0);
    }
}
