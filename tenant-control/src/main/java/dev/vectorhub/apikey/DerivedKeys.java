package dev.vectorhub.apikey;

import jakarta.inject.Singleton;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys for purposes of the hub's own, made of its pepper: nobody has to configure and keep another secret. */
@Singleton
public class DerivedKeys {
    private final KeyHasher hasher;

    public DerivedKeys(KeySettings settings) {
        this.hasher = new KeyHasher(settings.pepper());
    }

    /**
     * The same key for the same purpose, in all processes that share the pepper.
     *
     * @param purpose differs from every other one
     */
    public SecretKey hmacSha256(String purpose) {
        return new SecretKeySpec(hasher.derive(purpose), "HmacSHA256");
    }
}
