package dev.vectorhub.identity;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as PBKDF2-HMAC-SHA512 with {@value #ITERATIONS} iterations (OWASP's figure), a form that Keycloak imports and
 * replaces by its own at the first login.
 */
public final class PasswordHash {
    public static final int ITERATIONS = 210_000;
    public static final String ALGORITHM = "pbkdf2-sha512";

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 512;

    private final byte[] salt;
    private final byte[] hash;

    /**
     * A hash that was kept.
     *
     * @param salt 16 bytes
     * @param hash 64 bytes
     */
    public PasswordHash(byte[] salt, byte[] hash) {
        this.salt = salt.clone();
        this.hash = hash.clone();
    }

    /** Takes some hundred milliseconds of a core, as it must. */
    public static PasswordHash of(String password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
            return new PasswordHash(salt, hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }

    public byte[] salt() {
        return salt.clone();
    }

    public byte[] hash() {
        return hash.clone();
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "PasswordHash[hidden]";
    }
}
