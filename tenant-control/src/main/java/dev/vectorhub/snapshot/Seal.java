package dev.vectorhub.snapshot;

import dev.vectorhub.apikey.DerivedKeys;
import dev.vectorhub.tenant.TenantId;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What tells a snapshot of ours from any other file. A sealed file is a backup, as {@code BackupWriter} describes it, and 32
 * bytes: HMAC-SHA-256 over the tenant's id (16 bytes, big-endian) and the backup, under a key that is derived of the hub's
 * pepper. So what a tenant uploads is read by the engine only if this installation wrote it for the same tenant.
 */
@Singleton
class Seal {
    static final int BYTES = 32;

    private final SecretKey key;

    Seal(DerivedKeys keys) {
        this.key = keys.hmacSha256("seal of snapshots, version 1");
    }

    /** Begun with the tenant; takes the backup's bytes. */
    Mac begin(TenantId tenant) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(ByteBuffer.allocate(16)
                    .putLong(tenant.value().getMostSignificantBits())
                    .putLong(tenant.value().getLeastSignificantBits())
                    .flip());
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
