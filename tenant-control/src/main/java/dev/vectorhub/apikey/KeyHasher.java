package dev.vectorhub.apikey;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of a key with the server's pepper: who steals the table can neither use the keys nor test guesses. The
 * secret has 190 bits of randomness, so a slow hash would add nothing but delay.
 */
final class KeyHasher {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int PEPPER_BYTES_MIN = 32;

    private final Mac prototype;

    /** @param pepperBase64 {@code hub.key.pepper}: at least 32 random bytes in base64 */
    KeyHasher(String pepperBase64) {
        byte[] pepper;
        try {
            pepper = Base64.getDecoder().decode(pepperBase64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("hub.key.pepper is not base64", e);
        }
        if (pepper.length < PEPPER_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "hub.key.pepper has " + pepper.length + " bytes; it needs at least " + PEPPER_BYTES_MIN);
        }
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(pepper, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    KeyHash hash(String signed) {
        try {
            // A Mac is not thread-safe; a clone starts with the pepper already digested.
            Mac mac = (Mac) prototype.clone();
            return new KeyHash(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's " + ALGORITHM + " is cloneable", e);
        }
    }

    /** 32 bytes for a purpose other than keys; a key never begins like one, so that the two never meet. */
    byte[] derive(String purpose) {
        return hash("purpose: " + purpose).bytes();
    }
}
