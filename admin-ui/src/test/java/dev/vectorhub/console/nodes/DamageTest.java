package dev.vectorhub.console.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class DamageTest {
    private static final String ID = "01a20a68-57c5-73c7-810b-98d401232486";

    @Test
    void aLineNamesWhatIsDamagedAndWhy() {
        Damage collection = Damage.of("collection " + ID + ": /data/segment-1 fails its checksum");
        assertEquals("collection " + ID, collection.thing());
        assertEquals(UUID.fromString(ID), collection.id());
        assertEquals("/data/segment-1 fails its checksum", collection.why());
        assertEquals(
                UUID.fromString(ID),
                Damage.of("tenant " + ID + ": tenant.json: no JSON").id());
    }

    @Test
    void anythingElseIsShownAsItIs() {
        Damage other = Damage.of("the catalog: cut off");
        assertNull(other.id());
        assertEquals("the catalog: cut off", other.why());
    }
}
