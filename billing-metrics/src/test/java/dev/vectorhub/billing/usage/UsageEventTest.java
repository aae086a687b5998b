package dev.vectorhub.billing.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UsageEventTest {
    private static final UUID TENANT = UUID.fromString("01890000-0000-7000-8000-000000000001");

    @Test
    void idNamesWhereItCameFrom() {
        UsageEvent event = event("hub-1", "search");
        assertEquals("01890000-0000-7000-8000-000000000001|requests_search|hub-1|7|42", event.id());
    }

    @Test
    void refusesNamesThatWouldMakeIdsAmbiguous() {
        assertThrows(IllegalArgumentException.class, () -> event("hub|1", "search"));
        assertThrows(IllegalArgumentException.class, () -> event("", "search"));
        assertThrows(IllegalArgumentException.class, () -> event("n".repeat(101), "search"));
        assertThrows(IllegalArgumentException.class, () -> event("hub-1", "se|arch"));
    }

    @Test
    void meterCodesAreStableAndDistinct() {
        Set<String> codes = new HashSet<>();
        for (BillableMeter meter : BillableMeter.values()) {
            assertEquals(meter, BillableMeter.ofCode(meter.code()));
            codes.add(meter.code());
        }
        // Codes are in ledgers: adding one is fine, changing one is not.
        assertEquals(
                Set.of(
                        "requests_read",
                        "requests_write",
                        "requests_search",
                        "requests_manage",
                        "vectors_scanned",
                        "bytes_read",
                        "bytes_written",
                        "ingress_bytes",
                        "egress_bytes",
                        "storage_byte_hours",
                        "vector_hours",
                        "inference_tokens"),
                codes);
        assertThrows(IllegalArgumentException.class, () -> BillableMeter.ofCode("requests"));
    }

    @Test
    void refusesNegativeUsage() {
        assertThrows(IllegalArgumentException.class, () -> RequestUsage.of(TENANT, null, OperationClass.READ, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new StorageSample(TENANT, 1, -1));
    }

    private static UsageEvent event(String node, String operation) {
        return new UsageEvent(TENANT, null, BillableMeter.REQUESTS_SEARCH, operation, 1, 0, node, 7, 42);
    }
}
