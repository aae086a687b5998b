package dev.vectorhub.engine.core.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.engine.core.PointId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Against values of an implementation that gives the reference vectors of SipHash's paper. */
class IdHashTest {
    @Test
    void knownIds() {
        assertEquals(0xb6ea513a7ef62bf0L, IdHash.of(PointId.of(7)));
        assertEquals(0x8050c18b6ac9d15eL, IdHash.of(PointId.of(-1)));
        assertEquals(
                0xf5d0ca21ba34d504L, IdHash.of(PointId.of(UUID.fromString("550e8400-e29b-41d4-a716-446655440000"))));
    }
}
