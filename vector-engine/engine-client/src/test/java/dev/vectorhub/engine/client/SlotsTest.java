package dev.vectorhub.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlotsTest {

    /** A change here would lose every tenant that is already placed. */
    @Test
    void theMappingNeverChanges() {
        assertEquals(
                List.of(0, 1119, 534),
                List.of(
                        slot("00000000-0000-0000-0000-000000000000"),
                        slot("0190a5d0-7e5b-7c2f-9d3a-111111111111"),
                        slot("0190a5d0-7e5b-7c2f-9d3a-111111111112")));
    }

    @Test
    void bytesAndHalvesAgree() {
        var id = UUID.fromString("0190a5d0-7e5b-7c2f-9d3a-123456789abc");
        var bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip();
        assertEquals(
                Slots.of(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                Slots.of(ByteString.copyFrom(bytes)));
    }

    @Test
    void neighbouringTimeOrderedIdsSpread() {
        int[] tenants = new int[Slots.COUNT];
        int perSlot = 20;
        for (int i = 0; i < Slots.COUNT * perSlot; i++) {
            tenants[Slots.of(0x0190a5d07e5b7000L + ((long) i << 16), 0x9d3a123456789abcL)]++;
        }
        for (int count : tenants) {
            assertTrue(count > 0 && count < 3 * perSlot, "a slot with " + count + " tenants");
        }
    }

    @Test
    void aTableHasAllSlots() {
        assertThrows(IllegalArgumentException.class, () -> new RoutingTable(1, List.of("a")));
    }

    private static int slot(String id) {
        var uuid = UUID.fromString(id);
        return Slots.of(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
}
