package dev.vectorhub.console.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.KeyView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyWordsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void theStateIsSaidInAWord() {
        assertEquals("Active", word(null, null));
        assertEquals("Active", word(NOW.plus(Duration.ofDays(8)), null));
        assertEquals("Expires soon", word(NOW.plus(Duration.ofDays(6)), null));
        assertEquals("Expired", word(NOW, null));
        assertEquals("Revoked", word(NOW.plus(Duration.ofDays(8)), NOW));
    }

    @Test
    void theMiddleOfALongPrefixIsLeftOut() {
        assertEquals("vhk_live_…D1PwNuN8", KeyWords.shortPrefix("vhk_live_030lmbeiy2bHuZD1PwNuN8"));
        assertEquals("vhk_live_short", KeyWords.shortPrefix("vhk_live_short"));
    }

    private static String word(@Nullable Instant expires, @Nullable Instant revoked) {
        KeyView key = new KeyView(
                UUID.randomUUID(),
                "k",
                "vhk_x",
                Set.of(KeyScope.READ),
                List.of(),
                null,
                NOW,
                "me",
                expires,
                revoked,
                null,
                null);
        return KeyWords.badge(key, NOW).getText();
    }
}
