package dev.vectorhub.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyHasherTest {

    @Test
    void isHmacSha256() {
        // RFC 4231 needs short keys; this value was made with: openssl dgst -sha256 -mac HMAC -macopt hexkey:00…1f
        byte[] pepper = new byte[32];
        for (int i = 0; i < pepper.length; i++) {
            pepper[i] = (byte) i;
        }
        KeyHasher hasher = new KeyHasher(Base64.getEncoder().encodeToString(pepper));
        assertEquals(
                "719bd3712194be710dbd957643648052067a1cb502f0ae911e38519cf232bc9e",
                HexFormat.of().formatHex(hasher.hash("vhk_live_x_y").bytes()));
    }

    @Test
    void anotherPepperOrAnotherKeyGivesAnotherHash() {
        KeyHasher hasher = new KeyHasher(pepper((byte) 1));
        assertTrue(hasher.hash("a").matches(hasher.hash("a")));
        assertFalse(hasher.hash("a").matches(hasher.hash("b")));
        assertFalse(hasher.hash("a").matches(new KeyHasher(pepper((byte) 2)).hash("a")));
    }

    @Test
    void aPepperThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new KeyHasher("not base64!"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new KeyHasher(Base64.getEncoder().encodeToString(new byte[31])));
    }

    private static String pepper(byte value) {
        byte[] pepper = new byte[32];
        pepper[0] = value;
        return Base64.getEncoder().encodeToString(pepper);
    }
}
