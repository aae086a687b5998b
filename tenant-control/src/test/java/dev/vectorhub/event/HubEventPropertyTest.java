package dev.vectorhub.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class HubEventPropertyTest {

    @Property
    void survivesTheTrip(
            @ForAll EventKind kind,
            @ForAll boolean ofATenant,
            @ForAll long id,
            @ForAll @StringLength(max = 255) String detail) {
        HubEvent event = new HubEvent(kind, ofATenant ? new UUID(id, ~id) : null, detail);
        assertEquals(Optional.of(event), HubEvent.decode(event.encode()));
    }

    @Property
    void whatIsNotUnderstoodIsNoEvent(@ForAll @StringLength(max = 50) String payload) {
        HubEvent.decode(payload)
                .ifPresent(event ->
                        assertEquals(event, HubEvent.decode(event.encode()).orElseThrow()));
    }

    @Example
    void aKindOfALaterVersionIsPassedOver() {
        assertTrue(HubEvent.decode("node::n1").isEmpty());
        assertTrue(HubEvent.decode("key:not-a-uuid:x").isEmpty());
        assertTrue(HubEvent.decode("key").isEmpty());
        assertEquals(Optional.of(new HubEvent(EventKind.PLAN, null, "free")), HubEvent.decode("plan::free"));
    }
}
