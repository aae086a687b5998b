package dev.vectorhub.api.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class PresentedKeyTest {

    @Test
    void theHeaderOfQdrantsClientsComesFirst() {
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap().add("Api-Key", "one").add("Authorization", "Bearer two");
        assertEquals("one", PresentedKey.of(headers));
    }

    @Test
    void aBearerTokenServesAsWell() {
        assertEquals("two", PresentedKey.bearer("Bearer two"));
        assertEquals("two", PresentedKey.bearer("bearer   two "));
    }

    @Test
    void otherSchemesAreNoKeys() {
        assertNull(PresentedKey.bearer("Basic dHdv"));
        assertNull(PresentedKey.bearer("Bearer "));
        assertNull(PresentedKey.bearer("Bearertwo"));
        assertNull(PresentedKey.bearer(null));
        assertNull(PresentedKey.of(MultiMap.caseInsensitiveMultiMap()));
    }
}
