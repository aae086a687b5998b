package dev.vectorhub.api.control.idempotency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AnswerCipherTest {

    private static final byte[] ANSWER = "{\"secret\":\"vhk_test_1\"}".getBytes(StandardCharsets.UTF_8);

    private final AnswerCipher cipher = cipher(1);

    private static AnswerCipher cipher(int pepper) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) pepper);
        return new AnswerCipher(Base64.getEncoder().encodeToString(bytes), new SecureRandom());
    }

    @Test
    void opensForTheSameCallerAndKeyOnly() {
        byte[] sealed = cipher.seal("KEY:1", "k", ANSWER);
        assertArrayEquals(ANSWER, cipher.open("KEY:1", "k", sealed));
        assertThrows(IllegalStateException.class, () -> cipher.open("KEY:2", "k", sealed));
        assertThrows(IllegalStateException.class, () -> cipher.open("KEY:1", "l", sealed));
        assertThrows(IllegalStateException.class, () -> cipher(2).open("KEY:1", "k", sealed));
    }

    @Test
    void noTwoSealsAreAlikeAndDamageIsNoticed() {
        byte[] sealed = cipher.seal("KEY:1", "k", ANSWER);
        assertFalse(Arrays.equals(sealed, cipher.seal("KEY:1", "k", ANSWER)));
        sealed[sealed.length - 1] ^= 1;
        assertThrows(IllegalStateException.class, () -> cipher.open("KEY:1", "k", sealed));
    }
}
