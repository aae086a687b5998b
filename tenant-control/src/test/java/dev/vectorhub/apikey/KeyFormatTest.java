package dev.vectorhub.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormatTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void aKeyHasFiveParts() {
        String key = KeyFormat.create("live", UUID.randomUUID(), random);
        assertTrue(key.matches("vhk_live_[0-9A-Za-z]{22}_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}"), key);
    }

    @Test
    void secretsDiffer() {
        Set<String> secrets = new HashSet<>();
        UUID id = UUID.randomUUID();
        for (int i = 0; i < 1000; i++) {
            secrets.add(KeyFormat.create("live", id, random));
        }
        assertEquals(1000, secrets.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vhk",
                "vhk_live_",
                "sk_live_0000000000000000000000_00000000000000000000000000000000_000000",
                "vhk_live_0000000000000000000000_00000000000000000000000000000000_000000",
                "vhk_LIVE_0000000000000000000000_00000000000000000000000000000000_000000",
                "Bearer vhk_live_0000000000000000000000_00000000000000000000000000000000_000000"
            })
    void whatIsNoKeyIsRefused(String presented) {
        assertTrue(KeyFormat.parse(presented).isEmpty());
    }

    @Test
    void anIdAbove128BitsIsRefusedDespiteItsChecksum() {
        String signed = "vhk_live_" + "z".repeat(22) + "_" + "0".repeat(32);
        assertTrue(KeyFormat.parse(signed + "_" + KeyFormat.checksum(signed)).isEmpty());
        String fits = "vhk_live_" + KeyFormat.encode(new UUID(-1, -1)) + "_" + "0".repeat(32);
        assertFalse(KeyFormat.parse(fits + "_" + KeyFormat.checksum(fits)).isEmpty());
    }

    @Test
    void theEnvironmentIsChecked() {
        assertThrows(IllegalArgumentException.class, () -> KeyFormat.create("Live!", UUID.randomUUID(), random));
    }
}
